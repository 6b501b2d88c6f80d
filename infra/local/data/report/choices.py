"""Rows that somebody chose: by the zones where they begin or end, by payment, vendor or rate."""

from __future__ import annotations

from math import exp

import duckdb

from infra.local.data.report.cut import ENOUGH_ROWS, HARDLY_ANY, ZONE_DEFECTS, Cut
from infra.local.data.report.places import UNKNOWN

_ENDS = {"pulocationid": "begin", "dolocationid": "end"}
_CODES = {"payment_type": "way of paying", "vendorid": "vendor", "ratecodeid": "rate code"}
_VISIBLE = 0.02
"""In rare zones ours and the real rows differ, chosen or not: such zones hold fewer of ours than this."""
_ALIKE = 0.4
"""Total variation: where the kept zones are no more alike than this, ours are wrong, and nobody chose anything."""
Due = dict[int, tuple[float, int]]
"""By value: how many real rows our share lets expect, and how many there are."""


def chosen_zones(connection: duckdb.DuckDBPyConnection, columns: frozenset[str]) -> Cut:
    """The cut to the zones of pickup, and to those of drop-off, to which the real rows keep."""
    cut = Cut()
    for column, verb in _ENDS.items():
        if column not in columns:
            continue
        due = _due(connection, column, f"{cut.stay} AND {column} < {UNKNOWN}")
        kept = [zone for zone, (expected, there) in due.items() if there > HARDLY_ANY * expected]
        left_out = sum(expected for zone, (expected, _) in due.items() if zone not in kept)
        by_chance = sum(expected * exp(-expected) for expected, _ in due.values())
        rows = sum(there for _, there in due.values())
        if left_out < max(2 * (by_chance + ENOUGH_ROWS), _VISIBLE * rows):
            continue
        if _apart(due, kept) > _ALIKE:
            continue
        note = (
            f"The real rows {verb} in {len(kept)} zones alone, where {left_out / rows:.1%} of ours do not: on both "
            f"sides only trips that {verb} in these are compared."
        )
        cut = cut.narrowed((f"{column} IN ({_listed(kept)})",), note, ZONE_DEFECTS)
    return cut


def _apart(due: Due, kept: list[int]) -> float:
    """The total variation between ours and the real rows within these values; 1 where ours have none of them."""
    expected, there = (sum(due[value][side] for value in kept) for side in (0, 1))
    if not expected:
        return 1.0
    return sum(abs(due[value][0] / expected - due[value][1] / there) for value in kept) / 2


def chosen_codes(connection: duckdb.DuckDBPyConnection, columns: frozenset[str], cut: Cut) -> Cut:
    """The cut, narrowed to the ways of paying, vendors and rates that the real rows have."""
    for column, name in _CODES.items():
        if column not in columns:
            continue
        due = _due(connection, column, cut.stay)
        missing = [code for code, (expected, there) in due.items() if not there and expected >= ENOUGH_ROWS]
        if missing:
            note = f"The real rows have no {name} {_listed(missing)}: such trips are left out of ours too."
            cut = cut.narrowed((f"coalesce({column} NOT IN ({_listed(missing)}), true)",), note)
    return cut


def _due(connection: duckdb.DuckDBPyConnection, column: str, condition: str) -> Due:
    """Of the rows that meet the condition, by value of a column."""
    theirs, ours = (
        f"(FROM {table} SELECT {column} AS value, count(*) AS n "
        f"WHERE {condition} AND {column} IS NOT NULL GROUP BY value)"
        for table in ("real_rows", "our_rows")
    )
    rows = connection.execute(
        f"FROM {theirs} AS theirs FULL JOIN {ours} AS ours USING (value) SELECT value::INTEGER, "
        "coalesce(ours.n, 0) / sum(ours.n) OVER () * sum(theirs.n) OVER (), coalesce(theirs.n, 0)"
    ).fetchall()
    return {int(value): (float(expected or 0), int(there)) for value, expected, there in rows}


def _listed(values: list[int]) -> str:
    return ", ".join(map(str, sorted(values)))
