"""Which of the days that were asked for have data, and which of them are not like others. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.formats import counted, day_text
from dashboard.periods import Days
from pipeline.core.reports import DataDescription

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Peculiarity:
    """Days of 2015 that make a range unlike others, and a sentence about them."""

    days: Days
    sentence: str


# Clock changes: US Energy Policy Act of 2005, second Sunday of March and first of November. Surcharge: NYC TLC, rate
# rules of 2015; what vendor 1 recorded: the trips themselves. Blizzard: NYC travel ban of 26 and 27 January 2015.
PECULIARITIES = (
    Peculiarity(
        Days(date(2015, 1, 1), date(2015, 1, 4)),
        "1–4 January: a surcharge of $0.30 began, which vendor 1 charged but did not record, so parts miss totals.",
    ),
    Peculiarity(
        Days(date(2015, 1, 26), date(2015, 1, 27)), "26–27 January: a blizzard, and a travel ban at night."
    ),
    Peculiarity(Days(date(2015, 3, 8), date(2015, 3, 8)), "8 March has 23 hours: the clocks went forward."),
    Peculiarity(
        Days(date(2015, 11, 1), date(2015, 11, 1)),
        "1 November has 25 hours, 1:00 twice: the clocks went back.",
    ),
)


def coverage(asked: Days, data: DataDescription | None) -> str:
    """Count the days asked and those with data, name the missing ones, and say what is peculiar among them.

    `data` describes the data of the answer; None where that is not known (any more).
    """
    return " ".join([_counted(asked, data), *peculiarities(asked)])


def peculiarities(asked: Days) -> tuple[str, ...]:
    """Give a sentence for each peculiar day or days inside a range."""
    return tuple(
        one.sentence for one in PECULIARITIES if one.days.start <= asked.end and asked.start <= one.days.end
    )


def missing_days(asked: Days, data: DataDescription) -> tuple[date, ...]:
    """List the days of a range of which no trip is loaded."""
    held = Days(date.fromisoformat(data.first_day), date.fromisoformat(data.last_day))
    absent = {date.fromisoformat(day) for day in data.missing_days}
    days = (asked.start + timedelta(days=n) for n in range(asked.count))
    return tuple(day for day in days if day in absent or not held.start <= day <= held.end)


def _counted(asked: Days, data: DataDescription | None) -> str:
    days = f"{counted(asked.count, 'day')} asked"
    if data is None:
        return f"{days}."
    missing = missing_days(asked, data)
    if not missing:
        return f"{days}, with data." if asked.count == 1 else f"{days}, all with data."
    return f"{days}, {asked.count - len(missing)} with data. Without: {_listed(missing)}."


def _listed(days: Sequence[date]) -> str:
    named = ", ".join(day_text(day) for day in days[:_NAMED])
    return named if len(days) <= _NAMED else f"{named} and {len(days) - _NAMED} more"
