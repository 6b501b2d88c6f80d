"""Real rows that were cut to a box around both ends of a trip, or cleaned of trips without a place."""

from __future__ import annotations

import duckdb

from infra.local.data.facts import Facts
from infra.local.data.report.cut import ENOUGH_ROWS, VISIBLE_CUT, ZONE_DEFECTS, Cut, cleaned_away
from infra.local.data.report.measures import one_row
from infra.local.data.report.passes import ENDS, KNOWN_ENDS
from infra.local.data.report.real_files import PLACES, RealRows


def cut_to_a_box(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts, cut: Cut) -> Cut:
    """The cut, narrowed to the zones that lie whole in the smallest box around the real rows."""
    kept = _zones_in_the_box(connection, real, facts)
    if not kept:
        return cut
    listed = ", ".join(map(str, sorted(kept)))
    inside = f"pulocationid IN ({listed}) AND dolocationid IN ({listed})"
    (outside,) = one_row(
        connection,
        f"FROM our_rows SELECT count(*) FILTER (WHERE NOT ({inside})) / count(*) WHERE {cut.stay} AND {KNOWN_ENDS}",
    )
    if outside < VISIBLE_CUT or outside * real.rows < 2 * ENOUGH_ROWS:
        return cut
    note = (
        f"The real rows are cut to a box, which {outside:.1%} of ours leave: on both sides only trips between "
        f"the {len(kept)} zones that lie in it are compared."
    )
    return cut.narrowed((inside,), note, ZONE_DEFECTS)


def cut_of_unknown_zones(connection: duckdb.DuckDBPyConnection, real: RealRows, cut: Cut) -> Cut:
    """The cut, narrowed to trips between known zones where the real rows have hardly any others."""
    if not real.columns >= ENDS:
        return cut
    known = f"FILTER (WHERE NOT ({KNOWN_ENDS})), count(*)"
    lost, rows = one_row(connection, f"FROM real_rows SELECT count(*) {known} WHERE {cut.stay}")
    ours, our_rows = one_row(connection, f"FROM our_rows SELECT count(*) {known} WHERE {cut.stay}")
    if not cleaned_away(ours / max(our_rows, 1) * rows, lost):
        return cut
    note = "The real rows were cleaned of trips without a place: such trips are left out on both sides."
    return cut.narrowed((KNOWN_ENDS,), note, ZONE_DEFECTS)


def _zones_in_the_box(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts) -> frozenset[int]:
    """None where the rows have no coordinates; an end at (0, 0) has no place and says nothing about the box."""
    if not real.has_places:
        return frozenset()
    west, south, east, north = (f"nullif({place}, 0)" for place in PLACES)
    box = one_row(
        connection,
        f"FROM real_rows SELECT least(min({west}), min({east})), greatest(max({west}), max({east})), "
        f"least(min({south}), min({north})), greatest(max({south}), max({north}))",
    )
    return _zones_within(facts, box)


def _zones_within(facts: Facts, box: tuple[float, ...]) -> frozenset[int]:
    """Zones whose middle lies in the box, as far inside as they reach themselves."""
    west, east, south, north = box
    kept = set()
    for zone in facts.zones:
        if zone.longitude is None or zone.latitude is None or zone.square_miles is None:
            continue
        reach = zone.square_miles**0.5 / 2
        wide, high = reach / 52.4, reach / 69.0
        if west + wide <= zone.longitude <= east - wide and south + high <= zone.latitude <= north - high:
            kept.add(zone.id)
    return frozenset(kept)
