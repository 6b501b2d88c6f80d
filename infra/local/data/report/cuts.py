"""What somebody left out of the real rows, so that it can be left out of ours: places outside a box, and dirt."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from infra.local.data.facts import Facts
from infra.local.data.report.defects import defects
from infra.local.data.report.measures import one_row
from infra.local.data.report.places import UNKNOWN
from infra.local.data.report.real_files import PLACES, RealRows

ENOUGH_ROWS = 10
"""Where chance would bring ten rows and none is there, somebody left them out."""
VISIBLE_CUT = 0.003
"""A box that takes away fewer of ours than this is no box, but the edge of a sample."""
HARDLY_ANY = 0.25
"""Fewer than this share of what is to be expected is what a box leaves of a zone that it cuts through."""
KNOWN_ENDS = f"pulocationid < {UNKNOWN} AND dolocationid < {UNKNOWN}"
ZONE_DEFECTS = frozenset({"zone_unknown_at_pickup", "both_zones_unknown", "end_outside_the_box"})


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left out on both sides: `cleaned` are the keys of defects; the conditions are true of rows that stay."""

    conditions: tuple[str, ...]
    cleaned: frozenset[str]
    notes: tuple[str, ...]

    @property
    def stay(self) -> str:
        """SQL that is true of the rows that stay."""
        return " AND ".join(f"({condition})" for condition in self.conditions) or "true"


def find_cut(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts) -> Cut:
    """Compare `real_rows` with `our_rows`: what is missing that chance cannot have left out?"""
    return _cut_of_defects(connection, real, facts, _cut_of_places(connection, real, facts))


def _cut_of_places(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts) -> Cut:
    if not {"pulocationid", "dolocationid"} <= real.columns:
        return Cut((), frozenset(), ())
    kept = _zones_in_the_box(connection, real, facts)
    if kept:
        listed = ", ".join(map(str, sorted(kept)))
        inside = f"pulocationid IN ({listed}) AND dolocationid IN ({listed})"
        ours, theirs = (_share_outside(connection, table, inside) for table in ("our_rows", "real_rows"))
        visible = ours >= VISIBLE_CUT and ours * real.rows >= 2 * ENOUGH_ROWS
        if visible and (real.has_places or theirs < HARDLY_ANY * ours):
            note = (
                f"The real rows are cut to a box, which {ours:.1%} of ours leave: on both sides only trips between "
                f"the {len(kept)} zones that lie in it are compared."
            )
            return Cut((inside,), ZONE_DEFECTS, (note,))
    return _cut_of_unknown_zones(connection, real)


def _share_outside(connection: duckdb.DuckDBPyConnection, table: str, inside: str) -> float:
    (share,) = one_row(
        connection,
        f"FROM {table} SELECT count(*) FILTER (WHERE NOT ({inside})) / count(*) WHERE {KNOWN_ENDS}",
    )
    return share


def _cut_of_unknown_zones(connection: duckdb.DuckDBPyConnection, real: RealRows) -> Cut:
    (share,) = one_row(
        connection, f"FROM our_rows SELECT count(*) FILTER (WHERE NOT ({KNOWN_ENDS})) / count(*)"
    )
    (lost,) = one_row(
        connection, f"FROM real_rows SELECT count(*) WHERE {UNKNOWN} IN (pulocationid, dolocationid)"
    )
    if lost or share * real.rows < ENOUGH_ROWS:
        return Cut((), frozenset(), ())
    note = "The real rows were cleaned of trips without a place: such trips are left out on both sides."
    return Cut((KNOWN_ENDS,), ZONE_DEFECTS, (note,))


def _zones_in_the_box(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts) -> frozenset[int]:
    """The zones in the smallest box around the real rows; none when some rows have no place, so that none is cut."""
    if real.has_places:
        west, south, east, north = PLACES
        box = one_row(
            connection,
            f"FROM real_rows SELECT least(min({west}), min({east})), greatest(max({west}), max({east})), "
            f"least(min({south}), min({north})), greatest(max({south}), max({north}))",
        )
        return frozenset() if 0 in box else _zones_within(facts, box, whole=True)
    filled = _filled_zones(connection)
    middles = [
        (z.longitude, z.latitude) for z in facts.zones if z.id in filled and z.longitude and z.latitude
    ]
    if not middles or UNKNOWN in filled:
        return frozenset()
    longitudes, latitudes = zip(*middles, strict=True)
    box = (min(longitudes), max(longitudes), min(latitudes), max(latitudes))
    return _zones_within(facts, box, whole=False)


def _filled_zones(connection: duckdb.DuckDBPyConnection) -> frozenset[int]:
    """The zones that have about as many ends of real trips as ours let expect."""
    ends = "(FROM {} SELECT unnest([pulocationid, dolocationid]) AS zone)"
    counted = "(FROM {} SELECT zone, count(*) / sum(count(*)) OVER () AS share, count(*) AS n GROUP BY zone)"
    theirs, ours = (counted.format(ends.format(table)) for table in ("real_rows", "our_rows"))
    rows = connection.execute(
        f"FROM {theirs} AS theirs LEFT JOIN {ours} AS ours USING (zone) SELECT zone "
        f"WHERE theirs.n >= {ENOUGH_ROWS} / 2 AND theirs.share >= {HARDLY_ANY} * coalesce(ours.share, 0)"
    ).fetchall()
    return frozenset(int(zone) for (zone,) in rows if zone is not None)


def _zones_within(facts: Facts, box: tuple[float, ...], *, whole: bool) -> frozenset[int]:
    """Zones whose middle lies in the box; as far inside as they reach themselves, when they must lie in it `whole`."""
    west, east, south, north = box
    kept = set()
    for zone in facts.zones:
        if zone.longitude is None or zone.latitude is None or zone.square_miles is None:
            continue
        reach = zone.square_miles**0.5 / 2 if whole else 0.0
        wide, high = reach / 52.4, reach / 69.0
        if west + wide <= zone.longitude <= east - wide and south + high <= zone.latitude <= north - high:
            kept.add(zone.id)
    return frozenset(kept)


def _cut_of_defects(connection: duckdb.DuckDBPyConnection, real: RealRows, facts: Facts, places: Cut) -> Cut:
    stay = places.stay
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
            if not there and share / max(ours, 1) * rows >= ENOUGH_ROWS
        ]
    names = "; ".join(kinds[key].name.lower() for key in cleaned)
    note = f"The real rows were cleaned, and so are ours: {names}."
    return Cut(
        (*places.conditions, *(f"NOT coalesce({kinds[key].condition}, false)" for key in cleaned)),
        places.cleaned | set(cleaned),
        (*places.notes, note) if cleaned else places.notes,
    )
