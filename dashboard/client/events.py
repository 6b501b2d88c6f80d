"""What happens to the client core, and what it wants done: plain values, so that a day of faults needs no socket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant on two clocks: `ticks` (monotonic seconds) moves the timers, `wall` is shown to people."""

    ticks: float
    wall: datetime


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a report takes, as its declaration says, in seconds."""

    usual_seconds: float = 3
    deadline_seconds: float = 900


@dataclass(frozen=True, slots=True)
class Submitted:
    """The user pressed Submit. `query_id` was made for this press, before anything was sent."""

    query_id: str
    topic_name: str
    parameters: Mapping[str, Any]
    pace: Pace


@dataclass(frozen=True, slots=True)
class Watched:
    """A query that was pressed elsewhere (an address, the history) is to be followed here."""

    query_id: str
    topic_name: str
    parameters: Mapping[str, str]
    pace: Pace


@dataclass(frozen=True, slots=True)
class CancelPressed:
    """The user pressed Cancel."""

    query_id: str


@dataclass(frozen=True, slots=True)
class TryNow:
    """The user does not want to wait for the next try, or has signed in again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The handshake succeeded."""


@dataclass(frozen=True, slots=True)
class NotOpened:
    """The handshake failed. `status` is the HTTP status, None where no answer came."""

    detail: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class NotReady:
    """There is no address to connect to: the pipeline is `starting`, or it is not coming."""

    detail: str
    starting: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """The open connection ended without our wish."""

    detail: str


@dataclass(frozen=True, slots=True)
class Received:
    """A text frame came."""

    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A control frame came: the other side lives."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The time that `ClientCore.due` named has come (or some other time: it does no harm)."""


Event = (
    Submitted
    | Watched
    | CancelPressed
    | TryNow
    | Opened
    | NotOpened
    | NotReady
    | Lost
    | Received
    | Heard
    | TimerFired
)


@dataclass(frozen=True, slots=True)
class Connect:
    """Open a connection. `renew_token`: the last token was refused, get another one."""

    renew_token: bool = False


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Close the connection; no `Lost` follows."""


@dataclass(frozen=True, slots=True)
class SendText:
    """Send one text frame. Where no connection is open it is dropped: the core sends again after `Opened`."""

    text: str


@dataclass(frozen=True, slots=True)
class SendPing:
    """Send a ping frame."""


@dataclass(frozen=True, slots=True)
class Wake:
    """There is something that the page should show."""


Effect = Connect | Disconnect | SendText | SendPing | Wake
