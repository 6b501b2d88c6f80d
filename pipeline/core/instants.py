"""Instants on the wire: ISO 8601 in UTC, with milliseconds and a Z."""

from __future__ import annotations

from datetime import UTC, datetime


def instant_text(moment: datetime) -> str:
    """Write an instant, for example `2026-11-24T15:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """Read an instant.

    Raises:
        ValueError: the text is no ISO 8601 instant, or has no time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is outside the calendar in UTC") from error


def to_milliseconds(moment: datetime) -> datetime:
    """Cut an instant to what the wire can carry, so that it survives being written and read."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
