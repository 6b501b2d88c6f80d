"""What must not be found in a history: one name for each promise that can be broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# docs/promises.md says the same for users; each name here stands beside its promise there.
NAMES: Mapping[str, str] = {
    "lost": "an accepted query of which an open page never shows an outcome",
    "unended": "a query that was recorded and has no outcome",
    "doubled": "a query that was executed twice, or whose page showed two outcomes",
    "unexpected": "a record or a statement for which nobody asked",
    "unrecorded": "a statement that started before its query was recorded",
    "backward": "a record that moved back, or whose end changed",
    "untrue": "a record that says of its statement what the warehouse does not say",
    "contradicted": "a page that shows another outcome than the record has",
    "leaked": "an owner who was told of another's query",
    "crossed": "a page that got rows which are not its query's, or not all of them",
    "unreadable": "an owner who was told that there is no result of his own statement",
    "residue": "an attachment that outlives its connection, or a watching connection without one",
    "detached": "an attachment that was taken from a connection which lives",
    "slot": "a place that a query still holds though whoever ended it was not interrupted",
    "blocked": "an owner who cannot ask though none of his queries runs",
    "untold": "a connection that was answered `accepted` or watched a query, and was not posted its end",
    "dropped": "an outcome that reached a page and was not shown at once",
    "unasked": "a query about which a page did not ask when its connection opened",
    "overdue": "a query that a reader found past its deadline and left as it was",
    "runaway": "a cancelled query whose submit left its statement running",
    "crashed": "a handler that failed by itself",
}


class Violation(NamedTuple):
    """A broken promise: its name, the query or connection that it befell, and what was found."""

    name: str
    subject: str
    detail: str
