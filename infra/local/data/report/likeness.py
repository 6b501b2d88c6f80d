"""Makes ours like the real rows: the same times and places, and free of what those were cleaned of.

It leaves two tables, `real_like` and `ours_like`; rows of the latter carry the weights `w` (by hour of the day or of
the week, as the real rows lie in time) and `w_time` (coarser, for figures of time).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from infra.local.data.facts import Facts
from infra.local.data.report.cut import Cut
from infra.local.data.report.cuts import find_cut
from infra.local.data.report.measures import COLUMNS, one_row
from infra.local.data.report.passes import PICKUP
from infra.local.data.report.real_files import RealRows
from infra.local.data.report.spread import Spread

OURS_AT_MOST = 1_000_000
ENOUGH_OF_THE_SAME_DAYS = 2_000
"""Where ours have so many trips in the very hours of the real rows, other days need not stand in for these."""
_SAME_DAYS = "Ours are of the very same days."
_LIKE_DAYS = "Ours are of the same months and weekdays: they have too few trips of the very same days."


@dataclass(frozen=True, slots=True)
class Cells:
    """SQL for the stretch of time by which rows are weighed: `hour`, and `day`, which is coarser."""

    hour: str
    day: str
    note: str = ""


VERY_SAME = Cells(
    f"datediff('hour', TIMESTAMP '2015-01-01', {PICKUP})",
    f"datediff('day', TIMESTAMP '2015-01-01', {PICKUP})",
    _SAME_DAYS,
)
_HOUR_OF_WEEK = f"(month({PICKUP}) * 168 + (isodow({PICKUP}) - 1) * 24 + hour({PICKUP}))"
LIKE_DAYS = Cells(_HOUR_OF_WEEK, f"(month({PICKUP}) * 7 + isodow({PICKUP}))", _LIKE_DAYS)
WHOLE_MONTHS = Cells(_HOUR_OF_WEEK, f"month({PICKUP})")


def make_alike(
    connection: duckdb.DuckDBPyConnection, ours: str, real: RealRows, spread: Spread, facts: Facts
) -> Cut:
    """Make the tables `real_like` and `ours_like` from the table `ours` and from `real_rows`."""
    cells = _cells(connection, ours, spread)
    _take_ours(connection, ours, spread, cells)
    cut = find_cut(connection, real, facts)
    _weigh(connection, cut, cells)
    return Cut(cut.conditions, cut.cleaned, (cells.note, *cut.notes) if cells.note else cut.notes)


def _cells(connection: duckdb.DuckDBPyConnection, ours: str, spread: Spread) -> Cells:
    if spread.days_can_be_compared:
        return WHOLE_MONTHS
    (rows,) = one_row(
        connection, f"FROM {ours} SELECT count(*) WHERE {_months(spread)} AND {_among(VERY_SAME.hour)}"
    )
    return VERY_SAME if rows >= ENOUGH_OF_THE_SAME_DAYS else LIKE_DAYS


def _take_ours(connection: duckdb.DuckDBPyConnection, ours: str, spread: Spread, cells: Cells) -> None:
    within = _months(spread)
    if not spread.days_can_be_compared:
        within += f" AND {_among(cells.hour if spread.few_hours else cells.day)}"
    (rows,) = one_row(connection, f"FROM {ours} SELECT count(*) WHERE {within}")
    one_in = max(-(-int(rows) // OURS_AT_MOST), 1)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE our_rows AS FROM {ours} SELECT {', '.join(COLUMNS)} "
        f"WHERE {within} AND rowid % {one_in} = 0"
    )


def _months(spread: Spread) -> str:
    """SQL that is true in the months of the real rows; the range lets the other months stay unread."""
    first, last = spread.months[0], spread.months[-1]
    return (
        f"{PICKUP} >= make_date(2015, {first}, 1) AND {PICKUP} < make_date(2015, {last}, 1) + INTERVAL 1 MONTH "
        f"AND month({PICKUP}) IN ({', '.join(map(str, spread.months))})"
    )


def _among(cell: str) -> str:
    return f"{cell} IN (FROM real_rows SELECT DISTINCT {cell})"


def _weigh(connection: duckdb.DuckDBPyConnection, cut: Cut, cells: Cells) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE real_like AS FROM real_rows "
        f"WHERE {cut.stay} AND {cells.hour} IN (FROM our_rows SELECT DISTINCT {cells.hour} WHERE {cut.stay})"
    )
    for name, cell in (("weights", cells.hour), ("time_weights", cells.day)):
        connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE {name} AS
            FROM (FROM real_like SELECT {cell} AS cell, count(*) AS n GROUP BY cell) AS theirs
            JOIN (FROM our_rows SELECT {cell} AS cell, count(*) AS n WHERE {cut.stay} GROUP BY cell) AS ours
            USING (cell)
            SELECT cell, theirs.n / ours.n AS weight
        """)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE ours_like AS
        FROM our_rows
        LEFT JOIN weights ON weights.cell = {cells.hour}
        LEFT JOIN time_weights ON time_weights.cell = {cells.day}
        SELECT our_rows.*, coalesce(weights.weight, 0) AS w, coalesce(time_weights.weight, 0) AS w_time
        WHERE {cut.stay}
    """)
