"""What somebody left out of the real rows, so that it can be left out of ours: times, places, codes, ranges, dirt."""

from __future__ import annotations

import duckdb

from infra.local.data.facts import Facts
from infra.local.data.report.boxes import cut_of_unknown_zones, cut_to_a_box
from infra.local.data.report.choices import chosen_codes, chosen_zones
from infra.local.data.report.cut import ZONE_DEFECTS, Cut, cleaned_away
from infra.local.data.report.defects import defects
from infra.local.data.report.measures import one_row
from infra.local.data.report.ranges import cut_to_ranges
from infra.local.data.report.real_files import RealRows
from infra.local.data.report.times import chosen_times


def find_cut(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts) -> Cut:
    """Compare `real_rows` with `our_rows`: what is missing that chance cannot have left out?"""
    cut = chosen_times(connection, Cut())
    cut = chosen_codes(connection, real.columns, cut)
    for _ in range(2):  # a range hides what places are missing, and places hide a range
        cut = chosen_zones(connection, real.columns, cut)
        cut = cut_to_a_box(connection, real, facts, cut)
        cut = cut_of_unknown_zones(connection, real, cut)
        cut = _cut_of_defects(connection, real, facts, cut)
        cut = cut_to_ranges(connection, real.columns, cut)
    return cut


def _cut_of_defects(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts, cut: Cut) -> Cut:
    stay = cut.stay
    kinds = {
        key: kind
        for key, kind in defects(facts.zones).items()
        if kind.needs <= real.columns and key not in ZONE_DEFECTS
    }
    sums = ", ".join(f"count(*) FILTER (WHERE {kind.condition})" for kind in kinds.values())
    cleaned = []
    if kinds:
        rows, *found = one_row(connection, f"FROM real_rows SELECT count(*), {sums} WHERE {stay}")
        ours, *expected = one_row(connection, f"FROM our_rows SELECT count(*), {sums} WHERE {stay}")
        cleaned = [
            key
            for key, there, share in zip(kinds, found, expected, strict=True)
            if cleaned_away(share / max(ours, 1) * rows, there)
        ]
    if not cleaned:
        return cut
    names = "; ".join(kinds[key].name.lower() for key in cleaned)
    return cut.narrowed(
        tuple(f"NOT coalesce({kinds[key].condition}, false)" for key in cleaned),
        f"The real rows were cleaned, and so are ours: {names}.",
        frozenset(cleaned),
    )
