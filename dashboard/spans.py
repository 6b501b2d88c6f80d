"""Where the seconds of an answer went, as this machine's clock saw it. Pure."""

from __future__ import annotations

from dashboard.client.model import QueryView
from dashboard.formats import duration_text


def spans_text(query: QueryView) -> str | None:
    """Say how long it took until the question was accepted, and from there until its notice came.

    None where this page did not see it pressed, accepted and ended, and where the notice came first: then there is
    nothing to tell apart.
    """
    if not query.asked_here or query.accepted_at is None or query.ended_at is None:
        return None
    if query.ended_at < query.accepted_at:
        return None
    accepted = (query.accepted_at - query.pressed_at).total_seconds()
    noticed = (query.ended_at - query.accepted_at).total_seconds()
    return f"Accepted in {duration_text(accepted)}, warehouse and way back {duration_text(noticed)}"
