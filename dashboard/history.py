"""One line of "My queries" in words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dashboard.client.model import HistoryItem
from dashboard.formats import counted, duration_text, moment_text
from dashboard.questions import Question
from pipeline.core.records import State

RUNNING: frozenset[State] = frozenset({"accepted", "running"})


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What a line says, and what can be done with it."""

    icon: str
    word: str
    detail: str
    can_open: bool
    can_cancel: bool


_WORDS: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        "accepted": ("schedule", "Waiting"),
        "running": ("progress_activity", "Running"),
        "finished": ("check_circle", "Ready"),
        "failed": ("error", "Failed"),
        "cancelled": ("cancel", "Cancelled"),
    }
)


def history_line(item: HistoryItem, now: datetime, zone: ZoneInfo) -> HistoryLine:
    """Say where a query of the last day stands."""
    icon, word = _WORDS[item.state]
    expired = item.result_expires_at is not None and item.result_expires_at <= now
    if item.state == "finished" and expired:
        icon, word = "hourglass_empty", "Expired"
    return HistoryLine(
        icon=icon,
        word=word,
        detail=", ".join(_details(item, now, zone, expired=expired)),
        can_open=item.state == "finished" and not expired,
        can_cancel=item.state in RUNNING,
    )


def failures(items: Iterable[HistoryItem]) -> Counter[str]:
    """Count the queries that failed, by topic."""
    return Counter(item.topic_name for item in items if item.state == "failed")


def question_of(item: HistoryItem) -> Question:
    """Give the question that a query asked."""
    return Question(item.topic_name, item.parameters)


def _details(item: HistoryItem, now: datetime, zone: ZoneInfo, *, expired: bool) -> list[str]:
    details = [f"asked {moment_text(item.submitted_at, now, zone)}"]
    if item.rows is not None:
        details.append(counted(item.rows, "row"))
    if item.finished_at is not None:
        details.append(duration_text((item.finished_at - item.submitted_at).total_seconds()))
    if item.result_expires_at is not None and item.state == "finished" and not expired:
        details.append(f"kept until {moment_text(item.result_expires_at, now, zone)}")
    if item.error is not None:
        details.append(f"code {item.error.code}")
    return details
