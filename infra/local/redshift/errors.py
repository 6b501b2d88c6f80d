"""What goes wrong, in two kinds that must not be mixed up.

A bad SQL text is no error of the call: the statement ends as FAILED and carries the engine's text (`SqlError`).
A bad request is refused by the call itself (`ApiError`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from sqlglot import exp

from infra.local.redshift.positions import position


class SqlError(Exception):
    """A statement fails; `str()` is the text that DescribeStatement shows as `Error`."""

    def __init__(self, message: str) -> None:
        super().__init__(f"ERROR: {message}")


class Cancelled(Exception):
    """The statement was cancelled while it ran."""


@dataclass(frozen=True, slots=True)
class ApiError(Exception):
    """A call is refused: `kind` is the error's name on the wire, `extra` joins the body."""

    kind: str
    message: str
    status: int = 400
    extra: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, str]:
        """The JSON 1.1 body of this error."""
        return {"__type": self.kind, "message": self.message, **self.extra}


def invalid(message: str) -> ApiError:
    """A ValidationException with this text."""
    return ApiError("ValidationException", message)


def refuse(node: exp.Expr, redshift_says: str, instead: str = "") -> NoReturn:
    """Fail the statement at `node`: what Redshift says there, and what to write instead.

    Raises:
        SqlError: always.
    """
    raise SqlError(" ".join(part for part in (redshift_says + position(node) + ".", instead) if part))
