"""Rows that somebody chose: by the zones where they begin or end, by payment, vendor, rate or passengers."""

from __future__ import annotations

from math import exp

import duckdb

from infra.local.data.report.cut import ENOUGH_ROWS, HARDLY_ANY, ZONE_DEFECTS, Cut, cleaned_away
from infra.local.data.report.places import UNKNOWN

_ENDS = {"pulocationid": "begin", "dolocationid": "end"}
_CODES = {
    "payment_type": "way of paying",
    "vendorid": "vendor",
    "ratecodeid": "rate code",
    "passenger_count": "passenger count",
}
_VISIBLE = 0.02
"""In rare zones ours and the real rows differ, chosen or not: such zones hold fewer of ours than this."""
_BUSY = 0.005
"""A zone with this share of the trips is missed at once."""
_ALIKE = 0.4
"""Total variation: where the kept zones are no more alike than this, ours are wrong, and nobody chose anything."""
Due = dict[int, tuple[float, int]]
"""By value: how many real rows our share lets expect, and how many there are."""


def chosen_zones(connection: duckdb.DuckDBPyConnection, columns: frozenset[str], cut: Cut) -> Cut:
    """The cut, narrowed to the zones of pickup, and to those of drop-off, to which the real rows keep."""
    for column, verb in _ENDS.items():
        if column not in columns:
            continue
        zones = due(connection, column, f"{cut.stay} AND {column} < {UNKNOWN}")
        kept = [zone for zone, (expected, there) in zones.items() if there > HARDLY_ANY * expected]
        rows = sum(there for _, there in zones.values())
        left_out = sum(expected for zone, (expected, _) in zones.items() if zone not in kept)
        is_visible = _misses_a_busy_zone(zones, rows) or _misses_many(zones, rows, left_out)
        if not is_visible or _apart(zones, kept) > _ALIKE:
            continue
        note = (
            f"The real rows {verb} in {len(kept)} zones alone, where {left_out / rows:.1%} of ours do not: on "
            f"both sides only trips that {verb} in these are compared."
        )
        cut = cut.narrowed((f"{column} IN ({_listed(kept)})",), note, ZONE_DEFECTS)
    return cut


def _misses_a_busy_zone(zones: Due, rows: int) -> bool:
    return any(
        expected >= _BUSY * rows and cleaned_away(expected, there) for expected, there in zones.values()
    )


def _misses_many(zones: Due, rows: int, left_out: float) -> bool:
    """Whether so many are left out as neither chance nor rare zones explain."""
    by_chance = sum(expected * exp(-expected) for expected, _ in zones.values())
    return left_out >= max(2 * (by_chance + ENOUGH_ROWS), _VISIBLE * rows)


def _apart(zones: Due, kept: list[int]) -> float:
    """The total variation between ours and the real rows within these values; 1 where ours have none of them."""
    expected, there = (sum(zones[zone][side] for zone in kept) for side in (0, 1))
    if not expected:
        return 1.0
    return sum(abs(zones[zone][0] / expected - zones[zone][1] / there) for zone in kept) / 2


def chosen_codes(connection: duckdb.DuckDBPyConnection, columns: frozenset[str], cut: Cut) -> Cut:
    """The cut, narrowed to the ways of paying, vendors, rates and passengers that the real rows have."""
    for column, name in _CODES.items():
        if column not in columns:
            continue
        missing = missing_of(due(connection, column, cut.stay))
        if missing:
            note = f"The real rows have no {name} {_listed(missing)}: such trips are left out of ours too."
            cut = cut.narrowed((f"coalesce({column} NOT IN ({_listed(missing)}), true)",), note)
    return cut


def missing_of(values: Due) -> list[int]:
    """The values of which ours have enough and the real rows have none."""
    return sorted(
        value for value, (expected, there) in values.items() if not there and expected >= ENOUGH_ROWS
    )


def due(connection: duckdb.DuckDBPyConnection, value: str, condition: str) -> Due:
    """Of the rows that meet the condition, by a whole number, which is a column or SQL over columns."""
    theirs, ours = (
        f"(FROM {table} SELECT {value} AS value, count(*) AS n "
        f"WHERE {condition} AND {value} IS NOT NULL GROUP BY ALL)"
        for table in ("real_rows", "our_rows")
    )
    rows = connection.execute(
        f"FROM {theirs} AS theirs FULL JOIN {ours} AS ours USING (value) SELECT value::INTEGER, "
        "coalesce(ours.n, 0) / sum(ours.n) OVER () * sum(theirs.n) OVER (), coalesce(theirs.n, 0)"
    ).fetchall()
    return {int(found): (float(expected or 0), int(there)) for found, expected, there in rows}


def _listed(values: list[int]) -> str:
    return ", ".join(map(str, sorted(values)))
