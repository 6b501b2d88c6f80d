"""Counts a table of trips by every pass whose columns it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report.coarser import derived
from infra.local.data.report.defects import REPEATED, defects
from infra.local.data.report.histograms import Histogram, Measured, Numbers
from infra.local.data.report.links import borough_macros
from infra.local.data.report.passes import PASSES, PICKUP, Pass

COLUMNS = (
    "vendorid",
    "tpep_pickup_datetime",
    "tpep_dropoff_datetime",
    "passenger_count",
    "trip_distance",
    "ratecodeid",
    "store_and_fwd_flag",
    "pulocationid",
    "dolocationid",
    "payment_type",
    "fare_amount",
    "extra",
    "mta_tax",
    "tip_amount",
    "tolls_amount",
    "improvement_surcharge",
    "total_amount",
)
_FOR_REAL_ROWS = frozenset({"any_tip"})
"""Families that nobody published anything about."""
_JANUARY = f"{PICKUP} < '2015-02-01'"


@dataclass(frozen=True, slots=True)
class Table:
    """Where trips lie: SQL for a FROM, the columns that hold something, and the columns with the rows' weights.

    Without weights (None) every row counts once.
    """

    name: str
    columns: frozenset[str]
    weighted: bool = False

    def sums(self, weight: str) -> str:
        """SQL for the sum of the weights of rows and the sum of their squares."""
        return f"sum({weight}), sum({weight} * {weight})" if self.weighted else "count(*), count(*)"

    def sum_where(self, condition: str) -> str:
        """SQL for the sum of the weights of the rows that meet a condition."""
        return f"{'sum(w)' if self.weighted else 'count(*)'} FILTER (WHERE {condition})"


def measure(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    facts: Facts,
    reached: Callable[[str], None],
    *,
    january: bool,
) -> Measured:
    """Histograms of all families that the table's columns allow, the dirt included, by name.

    With `january`, families that are published for January alone are counted in January alone.
    """
    for macro in borough_macros(facts):
        connection.execute(macro)
    measured: dict[str, Histogram] = {}
    for name, counted in PASSES.items():
        if counted.needs <= table.columns and not (january and name in _FOR_REAL_ROWS):
            measured[name] = _histogram(connection, table, counted, january=january and counted.january)
            reached(f"counted {name.replace('_', ' ')}")
    measured |= derived(measured, facts)
    for period in ("year", "january") if january else ("year",):
        condition = _JANUARY if period == "january" else "true"
        measured |= _defects(connection, table, facts, period, condition)
        reached(f"counted the defects of the {period}")
    return measured | _repeated(connection, table, _JANUARY if january else "true")


def one_row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[float, ...]:
    """The only row of a query as numbers; what is NULL is 0."""
    row = connection.execute(query).fetchall()[0]
    return tuple(float(value or 0) for value in row)


def _histogram(
    connection: duckdb.DuckDBPyConnection, table: Table, counted: Pass, *, january: bool
) -> Histogram:
    condition = f"({counted.condition}) AND {_JANUARY}" if january else counted.condition
    rows = connection.execute(
        f"FROM {table.name} "
        f"SELECT ({counted.bin})::BIGINT AS bin, {table.sums(counted.weight)} "
        f"WHERE {condition} GROUP BY bin HAVING bin BETWEEN 0 AND {counted.size - 1}"
    ).fetchall()
    counts = np.zeros(counted.size)
    squares = 0.0
    for place, found, square in rows:
        counts[place] = float(found)
        squares += float(square)
    return Histogram(counts, _independent(float(counts.sum()), squares))


def _independent(weights: float, squares: float) -> int:
    """How many rows of equal weight would scatter as these do (Kish)."""
    return round(weights * weights / squares) if squares else 0


def _defects(
    connection: duckdb.DuckDBPyConnection, table: Table, facts: Facts, period: str, condition: str
) -> dict[str, Histogram]:
    kinds = {key: kind for key, kind in defects(facts.zones).items() if kind.needs <= table.columns}
    sums = [table.sum_where(kind.condition) for kind in kinds.values()]
    selected = ", ".join([table.sums("w"), *sums])
    everything, squares, *found = one_row(
        connection, f"FROM {table.name} SELECT {selected} WHERE {condition}"
    )
    rows = _independent(everything, squares)
    return {
        f"{key} {period}": Histogram(_two_bins(everything, count), rows)
        for key, count in zip(kinds, found, strict=True)
    }


def _repeated(connection: duckdb.DuckDBPyConnection, table: Table, condition: str) -> dict[str, Histogram]:
    """Rows that are there twice. A row's weight says nothing about that, so here each counts once."""
    if not set(COLUMNS) - {"store_and_fwd_flag"} <= table.columns:
        return {}
    row_hash = f"hash({', '.join(_present(table.columns))})"
    rows, different = one_row(
        connection, f"FROM {table.name} SELECT count(*), count(DISTINCT {row_hash}) WHERE {condition}"
    )
    return {f"{REPEATED} january": Histogram(_two_bins(rows, rows - different), int(rows))}


def _present(columns: Iterable[str]) -> list[str]:
    return [column for column in COLUMNS if column in set(columns)]


def _two_bins(everything: float, found: float) -> Numbers:
    return np.array([max(everything - found, 0), found])
