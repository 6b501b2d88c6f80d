"""SQL for what a trip links: boroughs, and airports with Manhattan."""

from __future__ import annotations

from infra.local.data.facts import Facts

BOROUGHS = ("Manhattan", "Queens", "Brooklyn")
"""Those that trips are told apart by; `borough_macros` makes a macro of each, named in small letters."""
PAIRS = (
    ("Manhattan", "Manhattan"),
    ("Manhattan", "Queens"),
    ("Queens", "Manhattan"),
    ("Manhattan", "Brooklyn"),
)
"""Where most trips begin and end."""
JFK, LAGUARDIA = 132, 138


def borough_macros(facts: Facts) -> list[str]:
    """Statements that teach a connection which zones lie in which of `BOROUGHS`."""
    zones = {
        borough: ", ".join(str(zone.id) for zone in facts.zones if zone.borough == borough)
        for borough in BOROUGHS
    }
    return [
        f"CREATE OR REPLACE TEMP MACRO {borough.lower()}(zone) AS zone IN ({listed})"
        for borough, listed in zones.items()
    ]


def pair_of_boroughs() -> str:
    """The place of a trip's two boroughs among `PAIRS`, NULL where it is none of them."""
    whens = " ".join(
        f"WHEN {begin.lower()}(pulocationid) AND {end.lower()}(dolocationid) THEN {place}"
        for place, (begin, end) in enumerate(PAIRS)
    )
    return f"(CASE {whens} END)"


def airport_of_manhattan() -> str:
    """0 between JFK and Manhattan, 1 between LaGuardia and Manhattan, 2 elsewhere."""
    return f"(CASE WHEN {_to_manhattan(JFK)} THEN 0 WHEN {_to_manhattan(LAGUARDIA)} THEN 1 ELSE 2 END)"


def _to_manhattan(airport: int) -> str:
    there = f"pulocationid = {airport} AND manhattan(dolocationid)"
    return f"({there} OR manhattan(pulocationid) AND dolocationid = {airport})"
