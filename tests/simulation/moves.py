"""How records, pages and links may move: the moves that come in many schedules, and those that come seldom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STATE_ORDER = {"accepted": 0, "running": 1, "finished": 2, "failed": 2, "cancelled": 2}
OUTCOMES = frozenset({"finished", "failed", "cancelled"})
SHOWN_ENDS = OUTCOMES | {"refused", "unknown"}


def _moves(table: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(f"{before} -> {after}" for before, afters in table.items() for after in afters)


RECORD_MOVES = _moves(
    {
        "nothing": ("accepted",),
        "accepted": ("running", "finished", "failed", "cancelled"),
        "running": ("finished", "failed", "cancelled"),
    }
)
PAGE_MOVES = _moves(
    {
        "sending": ("running", "cancelling", "finished", "failed", "cancelled", "refused"),
        "running": ("cancelling", "finished", "failed", "cancelled", "unknown"),
        "cancelling": ("finished", "failed", "cancelled"),
    }
)
# Cancel was pressed for a query that another page had asked for and that was never recorded; or for a question
# whose refusal was on its way. Or a page had ended a query by its own guess, and then heard of it.
SELDOM_PAGE_MOVES = _moves(
    {
        "cancelling": ("unknown", "refused"),
        "refused": ("running", "cancelling", "finished", "failed", "cancelled"),
        "failed": ("running", "finished", "cancelled"),
        "cancelled": ("cancelling", "finished", "failed"),
        "unknown": ("running", "cancelling", "finished", "failed", "cancelled"),
    }
)
LINK_MOVES = _moves(
    {
        "connecting": ("live", "reconnecting"),
        "live": ("reconnecting",),
        "reconnecting": ("live", "offline", "signed_out"),
        "offline": ("live",),
        "signed_out": ("live",),
    }
)
# The sign-in ran out while the connection could not be opened for other reasons; or the first attempt alone took as
# long as it takes to be called offline: ten seconds for a token, and ten for a handshake.
SELDOM_LINK_MOVES = _moves({"offline": ("signed_out",), "connecting": ("offline",)})
