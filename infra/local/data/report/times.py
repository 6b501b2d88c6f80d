"""Rows that somebody chose by their time: by the hour of the day, the day of the week, or the date."""

from __future__ import annotations

from calendar import day_abbr
from collections.abc import Callable, Sequence
from datetime import timedelta

import duckdb

from infra.local.data.report.choices import due, missing_of
from infra.local.data.report.cut import Cut
from infra.local.data.report.figures import FIRST_DAY
from infra.local.data.report.passes import PICKUP

_Naming = Callable[[Sequence[int]], str]


def chosen_times(connection: duckdb.DuckDBPyConnection, cut: Cut) -> Cut:
    """The cut, narrowed to the hours, weekdays and dates at which the real rows begin."""
    for value, named in _TIMES.items():
        missing = missing_of(due(connection, value, cut.stay))
        if missing:
            listed = ", ".join(map(str, missing))
            note = f"The real rows have no trips {named(missing)}: such trips are left out of ours too."
            cut = cut.narrowed((f"{value} NOT IN ({listed})",), note)
    return cut


def _hours(missing: Sequence[int]) -> str:
    return "that begin at " + ", ".join(f"{hour}:00–{hour}:59" for hour in missing)


def _weekdays(missing: Sequence[int]) -> str:
    return "of " + ", ".join(day_abbr[day - 1] for day in missing)


def _dates(missing: Sequence[int]) -> str:
    first, last = (FIRST_DAY + timedelta(days=missing[place] - 1) for place in (0, -1))
    return f"of {len(missing)} days from {first:%-d %B} to {last:%-d %B}"


_TIMES: dict[str, _Naming] = {
    f"hour({PICKUP})": _hours,
    f"isodow({PICKUP})": _weekdays,
    f"dayofyear({PICKUP})": _dates,
}
