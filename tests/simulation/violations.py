"""What must not be found in a history: one name for each promise that can be broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# docs/promises.md says the same for users; each name here stands beside its promise there.
NAMES: Mapping[str, str] = {
    "lost": "an accepted query of which an open page never shows an outcome",
    "unended": "a query that was recorded and has no outcome",
    "doubled": "a query that was executed twice, or whose page showed two outcomes",
    "unexpected": "a record or a statement for which nobody asked, or with other values",
    "unwanted": "a query that was cancelled though its owner never asked for that",
    "mistaken": "an owner who got the answer of one question for another one with the same id",
    "unstarted": "a query that was answered `accepted` and had no statement",
    "unrecorded": "a statement that started before its query was recorded",
    "backward": "a record that moved back, or whose end changed",
    "untrue": "a record that says of its statement what the warehouse does not say",
    "contradicted": "a page that shows another outcome than the record has",
    "leaked": "an owner who was told of another's query",
    "crossed": "a page that got rows which are not its query's, or not all of them",
    "unread": "a page that shows a query as finished and never got its rows",
    "unlisted": "a query that its owner's history left out, or showed in a state of the past",
    "unreadable": "an owner who was told that there is no result of his own statement, or of one that leads nowhere",
    "residue": "an attachment that outlives its connection, or a watching connection without one",
    "detached": "an attachment that was taken from a connection which lives",
    "slot": "a place that a query still holds though whoever ended it was not interrupted",
    "blocked": "an owner who cannot ask though none of his queries runs, or not again what he has asked",
    "crowded": "an owner who had more queries at once than he may",
    "untold": "a connection that was answered `accepted` or watched a query, and was not posted its end",
    "dropped": "an outcome that reached a page and was not shown at once",
    "unasked": "a query about which a page did not ask when its connection opened, after a silence or at its deadline",
    "unrepeated": "a page that asked, or should have asked, and heard nothing, and did not ask again",
    "restless": "a page that asked again and again before it had waited for the answer",
    "impatient": "a page that gave a query up before its deadline",
    "astray": "a page or a badge that went from one state to another though there is no such way",
    "overdue": "a query that a reader found past its deadline and left as it was",
    "unhealed": "a query whose statement had ended, that a reader found silent and left as it was",
    "hasty": "a query that was ended as overdue before its deadline",
    "runaway": "a query that was cancelled, overdue or given up, whose statement was left running",
    "crashed": "a handler that failed by itself",
}


class Violation(NamedTuple):
    """A broken promise: its name, the query or connection that it befell, and what was found."""

    name: str
    subject: str
    detail: str
