"""How numbers, dates and times are written for people, everywhere on the page. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.core.reports import Column, Format
from pipeline.core.result_pages import Cell

MISSING = "n/a"
UNCHANGED = "unchanged"
POINTS = "points"
"""The unit in which a share changes."""
_MINUS = "−"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FINE_BELOW = 1000
_PLACES = 3
_UNNOTICED = "under 0.1 s"
# What is left below is the noise of doubles that were divided.
_CHANGE_PLACES = 6
_TENTH, _THOUSANDTH = Decimal("0.1"), Decimal("0.001")
HOUR, MONTH = "hour", "month"
"""Columns of these names hold hours of the day, and the first days of months."""
_NUMBERS = frozenset({"integer", "decimal", "double"})
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\$*_`[]<>~#|:"})


def number(cell: Cell) -> Decimal | None:
    """Read a cell as an exact number; None for NULL, text, truth values, and what is no finite number."""
    if cell is None or isinstance(cell, bool):
        return None
    try:
        value = Decimal(str(cell))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def value_text(value: Any, form: Format | None) -> str:
    """Write one value with its unit: `$12.85`, `2.97 mi`, `20.1%`; NULL is `n/a`."""
    text = cell_text(value, form)
    if text == MISSING:
        return text
    if form == "usd":
        return with_unit(text, "$")
    return text + _UNITS.get(form or "text", "")


def cell_text(value: Any, form: Format | None) -> str:
    """Write one value without its unit, for a table whose heading names the unit."""
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    exact = number(value)
    writer = _WRITERS.get(form or "text")
    if exact is None or writer is None:
        return MISSING if isinstance(value, float) and exact is None else str(value)
    return writer(exact).replace("-", _MINUS)


def measured(value: Any, column: Column) -> str:
    """Write a value of a column with the unit that its format or, failing that, the column names."""
    exact = number(value)
    if column.format is None and exact is not None and column.type in _NUMBERS:
        text = _fine(exact, _PLACES)
        text = (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", _MINUS)
    else:
        text = value_text(value, column.format)
    has_unit = column.format == "usd" or column.format in _UNITS
    return text if has_unit or column.unit is None else with_unit(text, column.unit)


def with_unit(text: str, unit: str) -> str:
    """Put a unit to a number: `$12.85`, `20.1%`, `33 per 10,000`; a missing number has none.

    Points are a change of a share, so they have a sign: `+1.9 points`.
    """
    if text == MISSING or not unit:
        return text
    if unit == "$":
        return f"{_MINUS}${text[1:]}" if text.startswith(_MINUS) else f"${text}"
    if unit == POINTS:
        text = _signed(text)
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def change_text(change: Decimal, unit: str) -> str:
    """Write a change with its sign, to one decimal or, of a smaller one, its first digit: `+5.6%`, `−0.03 points`."""
    exact = round(change, _CHANGE_PLACES)
    if not exact:
        return UNCHANGED
    rounded = round(exact, 1)
    text = f"{rounded:,.1f}" if rounded else f"{exact:.1g}"
    return with_unit(_signed(text.replace("-", _MINUS)), unit)


def _signed(text: str) -> str:
    """Put a plus before a number that is above zero and has none."""
    return text if text[0] in f"+{_MINUS}" or not text.strip("0.") else f"+{text}"


def category_text(cell: Any, column: Column) -> str:
    """Write what a row stands for: `Fri 5 Jun 2015`, `19:00`, `JFK`; NULL is `n/a`."""
    if cell is None:
        return MISSING
    if column.name == HOUR:
        return f"{cell}:00"
    if column.type == "date":
        day = date.fromisoformat(str(cell))
        return f"{_MONTHS[day.month - 1]} {day.year}" if column.name == MONTH else day_text(day)
    if column.type == "timestamp":
        return cell_text(datetime.fromisoformat(str(cell)), None)
    return cell_text(cell, column.format)


def heading(column: Column) -> str:
    """Give a column's label with its unit: `Fare per trip ($)`."""
    return f"{column.label} ({column.unit})" if column.unit else column.label


def counted(count: int, noun: str) -> str:
    """Write how many there are: `1 row`, `1,234 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def day_text(day: date) -> str:
    """Write a day of the data: `Fri 5 Jun 2015`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def span_text(start: date, end: date) -> str:
    """Write a range of days, both included: `1–30 June 2015`."""
    if start == end:
        return f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    if start.year != end.year:
        return f"{span_text(start, start)} – {span_text(end, end)}"
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start.month == end.month:
        return f"{start.day}–{last}"
    return f"{start.day} {_MONTHS[start.month - 1]} – {last}"


def bounds_text(first: date | None, last: date | None) -> str | None:
    """Write the days that may be chosen: `1 January – 31 December 2015`, `from 1 January 2015`; None for all."""
    if first and last:
        return span_text(first, last)
    if first:
        return f"from {span_text(first, first)}"
    return f"until {span_text(last, last)}" if last else None


def duration_text(seconds: float) -> str:
    """Write a time taken: `2.1 s`, `34 s`, `3 min 5 s`; one that a person does not notice is `under 0.1 s`."""
    if round(seconds, 1) <= 0:
        return _UNNOTICED
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def durations_text(shortest: float, longest: float) -> str:
    """Write between which two times something took: `1.2 s to 8.0 s`, `up to 0.5 s`; once where they are alike."""
    first, last = duration_text(shortest), duration_text(longest)
    if first == last:
        return last
    return f"up to {last}" if first == _UNNOTICED else f"{first} to {last}"


def clock_text(instant: datetime, zone: ZoneInfo) -> str:
    """Write a time of day where the viewer is: `14:05`."""
    return f"{instant.astimezone(zone):%H:%M}"


def moment_text(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Write a time of day with its day, where that is not today: `14:05`, `14:05 yesterday`, `14:05 on 3 June 2015`."""
    day, today = instant.astimezone(zone).date(), now.astimezone(zone).date()
    near = {0: "", 1: " tomorrow", -1: " yesterday"}.get((day - today).days, f" on {day_text(day)}")
    return f"{clock_text(instant, zone)}{near}"


def clock_seconds_text(instant: datetime, zone: ZoneInfo) -> str:
    """Write a time of day to the second: `14:05:09`."""
    return f"{instant.astimezone(zone):%H:%M:%S}"


def plain(text: str) -> str:
    """Make a text that others wrote safe to stand in Markdown: `$` is no formula, `*` no emphasis."""
    return text.translate(_MARKDOWN)


def _fine(value: Decimal, places: int) -> str:
    """Write a number to so many places, and a large one whole: its fraction says nothing."""
    return f"{value:,.{places if abs(value) < _FINE_BELOW else 0}f}"


def _percent(value: Decimal) -> str:
    """Write one decimal; a share below a tenth of a percent gets three, because it is not nothing."""
    if 0 < abs(value) < _TENTH:
        return f"{value:.1g}" if abs(value) < _THOUSANDTH else f"{value:.{_PLACES}f}".rstrip("0")
    return _fine(value, 1)


_WRITERS: Mapping[str, Callable[[Decimal], str]] = MappingProxyType(
    {
        "integer": lambda value: f"{value:,.0f}",
        "usd": lambda value: _fine(value, 2),
        "miles": lambda value: _fine(value, 2),
        "minutes": lambda value: _fine(value, 1),
        "mph": lambda value: _fine(value, 1),
        "percent": _percent,
    }
)
_UNITS: Mapping[str, str] = MappingProxyType(
    {"miles": " mi", "minutes": " min", "mph": " mph", "percent": "%"}
)
