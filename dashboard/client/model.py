"""What a page can know: values that the client hands out and the views draw. No behaviour, no streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.core.history import HistoryItem
from pipeline.core.messages import Cancelled, Error, Failed, Finished

__all__ = ["HistoryItem", "Link", "LinkState", "Phase", "QueryView", "Snapshot"]

LinkState = Literal["connecting", "live", "reconnecting", "offline", "signed_out", "unavailable"]
Phase = Literal["sending", "running", "cancelling", "finished", "failed", "cancelled", "refused", "unknown"]


@dataclass(frozen=True, slots=True)
class Link:
    """The connection to the pipeline, as the badge tells it.

    `reconnecting` becomes `offline` when the link has been away for a while; both go on trying. `signed_out`
    and `unavailable` have a sentence for a person in `detail`. `next_try` is None while a try is under way,
    and where none is planned. `came_back`: it is not the first time that the link is live.
    """

    state: LinkState
    since: datetime
    next_try: datetime | None = None
    detail: str | None = None
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class QueryView:
    """One query as the page shows it.

    `outcome` is set exactly in the phases `finished`, `failed`, `cancelled` and `refused` (an `Error`), and in
    `sending` where the last try was refused for the moment and will be repeated. `unknown`: the pipeline has
    no such query (any more). `pressed_at` and `ended_at` are this machine's clock, `deadline` the pipeline's. A
    query that was not `asked_here` has been found: its `pressed_at` is when the pipeline took it, by its own clock,
    once that is known.
    """

    query_id: str
    topic_name: str
    parameters: Mapping[str, str]
    phase: Phase
    pressed_at: datetime
    accepted_at: datetime | None = None
    deadline: datetime | None = None
    statement_id: str | None = None
    outcome: Finished | Failed | Cancelled | Error | None = None
    ended_at: datetime | None = None
    asked_here: bool = True


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything at one moment; `queries` has the newest first."""

    link: Link
    queries: tuple[QueryView, ...]
