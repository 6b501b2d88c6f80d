"""Real rows that keep to a range of distances, durations or amounts."""

from __future__ import annotations

import duckdb

from infra.local.data.report.cut import ENOUGH_ROWS, VISIBLE_CUT, Cut
from infra.local.data.report.measures import one_row
from infra.local.data.report.passes import SECONDS, TIMES

_RANGES = {
    "distance, in miles,": ("trip_distance", frozenset({"trip_distance"})),
    "duration, in seconds,": (SECONDS, TIMES),
    "fare, in dollars,": ("fare_amount", frozenset({"fare_amount"})),
    "tip, in dollars,": ("tip_amount", frozenset({"tip_amount"})),
    "toll, in dollars,": ("tolls_amount", frozenset({"tolls_amount"})),
    "total, in dollars,": ("total_amount", frozenset({"total_amount"})),
}


def cut_to_ranges(connection: duckdb.DuckDBPyConnection, columns: frozenset[str], cut: Cut) -> Cut:
    """The cut, narrowed to the least and the greatest of the real values wherever ours go visibly beyond."""
    for name, (value, needs) in _RANGES.items():
        if not needs <= columns:
            continue
        rows, low, high = one_row(
            connection, f"FROM real_rows SELECT count({value}), min({value}), max({value}) WHERE {cut.stay}"
        )
        inside = f"coalesce({value} BETWEEN {low} AND {high}, true)"
        (outside,) = one_row(
            connection,
            f"FROM our_rows SELECT count(*) FILTER (WHERE NOT {inside}) / count(*) WHERE {cut.stay}",
        )
        if outside >= VISIBLE_CUT and outside * rows >= 2 * ENOUGH_ROWS:
            note = (
                f"The real rows have a {name} of {low:g} to {high:g}, which {outside:.1%} of ours do not: "
                "only such trips are compared."
            )
            cut = cut.narrowed((inside,), note)
    return cut
