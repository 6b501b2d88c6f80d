"""The messages of the WebSocket, one dataclass each: the whole vocabulary between a client and the pipeline.

docs/protocol.md shows them as JSON. Fields are named as on the wire, in Python's spelling: `query_id` is
`queryId`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pipeline.core.errors import Refusal, shown
from pipeline.core.identifiers import is_query_id, is_topic_name
from pipeline.core.schema import SchemaError, from_wire, to_wire

# AWS: API Gateway, quotas of WebSocket APIs: a frame holds at most 32 KB.
MAXIMUM_MESSAGE_BYTES = 32_768
MAXIMUM_RESUMED = 20
_ACTION_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Run:
    """Client: run this report for me, and tell this connection when it has ended."""

    query_id: str
    topic_name: str
    parameters: Mapping[str, Any]
    action: Literal["run"] = "run"


@dataclass(frozen=True, slots=True)
class Resume:
    """Client: this connection watches these queries now; say where each stands."""

    query_ids: tuple[str, ...]
    action: Literal["resume"] = "resume"


@dataclass(frozen=True, slots=True)
class Cancel:
    """Client: stop this query."""

    query_id: str
    action: Literal["cancel"] = "cancel"


@dataclass(frozen=True, slots=True)
class Ping:
    """Client: keep this connection open (API Gateway closes one that is silent for ten minutes)."""

    action: Literal["ping"] = "ping"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Pipeline: the query is recorded. `statement_id` is None only inside `Resumed`."""

    query_id: str
    topic_name: str
    statement_id: str | None
    submitted_at: datetime
    deadline: datetime
    type: Literal["accepted"] = "accepted"


@dataclass(frozen=True, slots=True)
class Finished:
    """Pipeline: the rows are there. `rows` is the statement's own count, None where it gave none."""

    query_id: str
    topic_name: str
    statement_id: str
    rows: int | None
    finished_at: datetime
    result_expires_at: datetime
    type: Literal["finished"] = "finished"


@dataclass(frozen=True, slots=True)
class Failed:
    """Pipeline: the query ended without rows; `message` is a sentence for a person."""

    query_id: str
    topic_name: str
    statement_id: str | None
    code: str
    message: str
    retryable: bool
    type: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Pipeline: the query was stopped, by its user or by the warehouse."""

    query_id: str
    topic_name: str
    statement_id: str | None
    by: Literal["user", "warehouse"]
    type: Literal["cancelled"] = "cancelled"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Pipeline, inside `Resumed`: there is no such query of yours."""

    query_id: str
    type: Literal["unknown"] = "unknown"


@dataclass(frozen=True, slots=True)
class Resumed:
    """Pipeline: where each query asked for stands, in the order asked."""

    queries: tuple[Any, ...]
    type: Literal["resumed"] = "resumed"


@dataclass(frozen=True, slots=True)
class Error:
    """Pipeline: a message was refused. `action` and `query_id` are None where they could not be read."""

    action: str | None
    query_id: str | None
    code: str
    field: str | None
    message: str
    retryable: bool
    type: Literal["error"] = "error"


@dataclass(frozen=True, slots=True)
class Pong:
    """Pipeline: answer to `Ping`."""

    type: Literal["pong"] = "pong"


ClientMessage = Run | Resume | Cancel | Ping
Outcome = Finished | Failed | Cancelled
Standing = Accepted | Outcome | Unknown
ServerMessage = Standing | Resumed | Error | Pong

_CLIENT: Mapping[str, type[Any]] = {"run": Run, "resume": Resume, "cancel": Cancel, "ping": Ping}
_SERVER: Mapping[str, type[Any]] = {
    "accepted": Accepted,
    "finished": Finished,
    "failed": Failed,
    "cancelled": Cancelled,
    "unknown": Unknown,
    "resumed": Resumed,
    "error": Error,
    "pong": Pong,
}


def encode(message: ClientMessage | ServerMessage) -> str:
    """Write a message as one line of JSON."""
    return _ENCODER.encode(to_wire(message))


@dataclass(frozen=True, slots=True)
class Envelope:
    """What can be said of a client's message before it is judged: enough to address an answer to it.

    `content` is None where the frame is no JSON object.
    """

    action: str | None = None
    query_id: str | None = None
    content: Mapping[str, Any] | None = None


def open_envelope(body: str | None) -> Envelope:
    """Read a frame as far as it can be read; never raises."""
    try:
        content = _STRICT_DECODER.decode(body or "")
    except (ValueError, RecursionError):
        return Envelope()
    if not isinstance(content, dict):
        return Envelope()
    action, query_id = content.get("action"), content.get("queryId")
    return Envelope(
        action=action if isinstance(action, str) and _is_word(action) else None,
        query_id=query_id if isinstance(query_id, str) and is_query_id(query_id) else None,
        content=content,
    )


def parse_client_message(envelope: Envelope) -> ClientMessage:
    """Read a client's message.

    Raises:
        Refusal: `invalid_message`, `unknown_action`, or `duplicate_parameter`.
    """
    if envelope.content is None:
        raise Refusal("invalid_message", "The message is not a JSON object in one text frame.")
    if envelope.action is None or envelope.action not in _CLIENT:
        known = ", ".join(_CLIENT)
        raise Refusal("unknown_action", f"The action must be one of {known}.", "action")
    _refuse_repeats(envelope.content)
    try:
        message: ClientMessage = from_wire(_CLIENT[envelope.action], envelope.content)
    except SchemaError as error:
        field_name = shown(error.field)
        raise Refusal("invalid_message", f"{field_name} {error.message}.", field_name) from error
    _check(message)
    return message


def parse_server_message(body: str) -> ServerMessage | None:
    """Read a message of the pipeline; None for one that this version does not know (it is to be ignored)."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return _server_message(content)


def _server_message(content: Any) -> ServerMessage | None:
    kind = _SERVER.get(str(content.get("type"))) if isinstance(content, dict) else None
    if kind is None:
        return None
    try:
        message: ServerMessage = from_wire(kind, content, refuse_unknown=False)
    except SchemaError:
        return None
    if isinstance(message, Resumed):
        return Resumed(queries=tuple(q for q in map(_server_message, message.queries) if q is not None))
    return message


def _check(message: ClientMessage) -> None:
    if isinstance(message, Run | Cancel) and not is_query_id(message.query_id):
        raise Refusal("invalid_message", "queryId must be a UUID in lower case.", "queryId")
    if isinstance(message, Run):
        _check_run(message)
    if isinstance(message, Resume):
        _check_resume(message)


def _check_run(message: Run) -> None:
    if not is_topic_name(message.topic_name):
        raise Refusal("unknown_report", "There is no report of that name.", "topicName")


def _check_resume(message: Resume) -> None:
    if not 1 <= len(message.query_ids) <= MAXIMUM_RESUMED:
        raise Refusal("invalid_message", f"queryIds must hold 1 to {MAXIMUM_RESUMED} ids.", "queryIds")
    if not all(is_query_id(query_id) for query_id in message.query_ids):
        raise Refusal("invalid_message", "Each of queryIds must be a UUID in lower case.", "queryIds")


def _is_word(action: str) -> bool:
    """Say whether an action can be repeated to its sender (anything else could not even be encoded)."""
    return action.isascii() and action.isprintable() and len(action) <= _ACTION_LENGTH


def _refuse_repeats(content: Mapping[str, Any]) -> None:
    if isinstance(content, _Repeated):
        name = shown(content.repeated)
        raise Refusal("invalid_message", f"{name} is given more than once.", name)
    parameters = content.get("parameters")
    if isinstance(parameters, _Repeated):
        name = shown(parameters.repeated)
        raise Refusal("duplicate_parameter", f"{name} is given more than once.", name)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON, though Python would read it")


class _Repeated(dict[str, Any]):
    """A JSON object in which a name stood twice; `repeated` is that name."""

    repeated: str = ""


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) == len(pairs):
        return content
    marked = _Repeated(content)
    marked.repeated = Counter(name for name, _ in pairs).most_common(1)[0][0]
    return marked


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
_STRICT_DECODER = json.JSONDecoder(object_pairs_hook=_object_without_repeats, parse_constant=_refuse_constant)
