"""Reads the Data API's requests and refuses what the service refuses, in its words.

Source: AWS, Redshift Data API reference and guide. What the stand-in does not imitate is refused by name, never
ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.redshift.dialect import placeholders
from infra.local.redshift.errors import ApiError, invalid

MAXIMUM_SQL_BYTES = 100 * 1024
MAXIMUM_NAME_LENGTH = 500
MAXIMUM_TOKEN_LENGTH = 64

Payload = Mapping[str, Any]
Names = Callable[[str], frozenset[str]]

_ID = re.compile(r"[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?")
_WORKGROUP = re.compile(
    r"[a-z0-9-]{3,64}|arn:aws[a-z-]*:redshift-serverless:[a-z0-9-]+:\d{12}:workgroup/[a-z0-9-]+"
)
_PARAMETER = re.compile(r"[0-9a-zA-Z_]+")
_SUBMIT_KEYS = frozenset(
    {
        "Sql",
        "Parameters",
        "StatementName",
        "ClientToken",
        "WithEvent",
        "WorkgroupName",
        "Database",
        "ResultFormat",
    }
)


@dataclass(frozen=True, slots=True)
class Submission:
    """A checked ExecuteStatement request; `token` is None without ClientToken."""

    sql: str
    parameters: Sequence[tuple[str, str]]
    name: str
    token: str | None
    with_event: bool
    workgroup: str
    database: str


def read_submission(payload: Payload, placeholders: Names = placeholders) -> Submission:
    """The request of ExecuteStatement; `placeholders` finds the names of a text's parameters.

    Raises:
        ApiError: the request is not valid, or asks for what the stand-in does not imitate.
    """
    check_keys("ExecuteStatement", payload, _SUBMIT_KEYS)
    workgroup = _required(payload, "WorkgroupName")
    if not _WORKGROUP.fullmatch(workgroup):
        raise invalid(
            f"WorkgroupName must be 3 to 64 lower-case letters, digits and dashes, or an ARN: {workgroup}"
        )
    if payload.get("ResultFormat", "JSON") != "JSON":
        raise not_imitated("ExecuteStatement", "ResultFormat CSV")
    sql = _required(payload, "Sql")
    if len(sql.encode()) > MAXIMUM_SQL_BYTES:
        raise invalid("Cannot parse the request: the SQL statement is larger than 100 KB.")
    return Submission(
        sql=sql,
        parameters=_parameters(payload, sql, placeholders),
        name=_short(payload, "StatementName", MAXIMUM_NAME_LENGTH) or "",
        token=_short(payload, "ClientToken", MAXIMUM_TOKEN_LENGTH),
        with_event=_boolean(payload, "WithEvent"),
        workgroup=workgroup,
        database=_required(payload, "Database"),
    )


def read_id(operation: str, payload: Payload, also: Collection[str] = ()) -> str:
    """The statement id of a request that may carry the keys `also` besides.

    Raises:
        ApiError: there is none, or it is not formed like one.
    """
    check_keys(operation, payload, {"Id", *also})
    identifier = _required(payload, "Id")
    if not _ID.fullmatch(identifier):
        raise invalid(r"id must satisfy regex pattern: ^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}(:\d+)?$")
    return identifier


def check_keys(operation: str, payload: Payload, known: Collection[str]) -> None:
    """Refuse a request with keys that nothing here looks at.

    Raises:
        ApiError: there is one.
    """
    for key in payload:
        if key not in known:
            raise not_imitated(operation, key)


def not_imitated(operation: str, what: str) -> ApiError:
    """The refusal of something that AWS has and the stand-in has not."""
    return invalid(f"The local stand-in does not imitate {what} of {operation}; on AWS it may work.")


def _required(payload: Payload, key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str) or not value:
        raise invalid(f"{key} is required: a text that is not empty.")
    return value


def text_of(payload: Payload, key: str) -> str | None:
    """A text of the request that may be left out.

    Raises:
        ApiError: it is there and no text.
    """
    value = payload.get(key)
    if not isinstance(value, str | None):
        raise invalid(f"{key} must be a text.")
    return value


def _short(payload: Payload, key: str, longest: int) -> str | None:
    value = text_of(payload, key)
    if value is not None and not 1 <= len(value) <= longest:
        raise invalid(f"{key} must be a text of 1 to {longest} characters.")
    return value


def _boolean(payload: Payload, key: str) -> bool:
    value = payload.get(key, False)
    if not isinstance(value, bool):
        raise invalid(f"{key} must be true or false.")
    return value


def _parameters(payload: Payload, sql: str, placeholders: Names) -> Sequence[tuple[str, str]]:
    given = payload.get("Parameters")
    if given is None:
        return ()
    if not isinstance(given, list) or not given:
        raise invalid("Parameters must be a list of at least one parameter; leave it out when there is none.")
    pairs = tuple(_parameter(item) for item in given)
    if len({name for name, _ in pairs}) < len(pairs):
        raise invalid("Parameters list contains duplicate parameters.")
    used = placeholders(sql)
    unused = [name for name, _ in pairs if name not in used]
    if unused:
        raise invalid(f"Parameters list contains unused parameters. Unused parameters: [{', '.join(unused)}]")
    return pairs


def _parameter(item: Any) -> tuple[str, str]:
    if not isinstance(item, dict) or set(item) != {"name", "value"}:
        raise invalid("Each parameter needs exactly name and value.")
    name, value = item["name"], item["value"]
    if not isinstance(name, str) or not _PARAMETER.fullmatch(name):
        raise invalid(f"The parameter name {name!r} must match [0-9a-zA-Z_]+.")
    if not isinstance(value, str) or not value:
        raise invalid(f"The value of the parameter {name} must be a text of at least one character.")
    return name, value
