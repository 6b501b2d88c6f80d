"""Families that are read from the finer bins of another: one pass over the trips serves several figures."""

from __future__ import annotations

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report.histograms import Bins, Histogram
from infra.local.data.report.passes import (
    BUTTON_BINS,
    DAYS,
    DERIVED,
    FILTERED_FARES,
    FILTERED_MILES,
    HOURS_OF_WEEK,
    LAST_ZONE,
    ZONES,
)

REGIONS = ("manhattan", "airports", "other_boroughs", "unknown")
CLOCK_CHANGES = ((66, 2), (304, 1))
"""Days counted from 1 January as 0, and their hours: 8 March has none at two o'clock, 1 November two at one."""
CLOCK_BINS = 1 + 2 * len(CLOCK_CHANGES)
_FIRST_WEEKDAY = 3
"""1 January 2015 was a Thursday."""


def derived(measured: dict[str, Histogram], facts: Facts) -> dict[str, Histogram]:
    """The families that can be read from what was counted, by name."""
    groups = {**_times(), **_amounts(), **_places(facts)}
    return {
        family: measured[finer].merged(*groups[family])
        for family, finer in DERIVED.items()
        if finer in measured
    }


def borough_numbers(facts: Facts) -> tuple[list[str], Bins]:
    """The boroughs, and by zone id the place of its borough among them."""
    names = list(dict.fromkeys(zone.borough for zone in facts.zones))
    numbers = np.full(ZONES, names.index("Unknown"), dtype=np.int64)
    numbers[[zone.id for zone in facts.zones]] = [names.index(zone.borough) for zone in facts.zones]
    return names, numbers


def _times() -> dict[str, tuple[Bins, int]]:
    hours = np.arange(DAYS * 24)
    return {
        "days": (hours // 24, DAYS),
        "clock": (_clock_changes(hours), CLOCK_BINS),
        "week": ((hours + _FIRST_WEEKDAY * 24) % HOURS_OF_WEEK, HOURS_OF_WEEK),
    }


def _clock_changes(hours: Bins) -> Bins:
    """The two hours beside a changing hour, and that hour: 1 and 2 in spring, 3 and 4 in autumn; 0 is the rest."""
    groups = np.zeros_like(hours)
    for place, (day, changing) in enumerate(CLOCK_CHANGES):
        changed = day * 24 + changing
        groups[[changed - 1, changed + 1]] = 1 + 2 * place
        groups[changed] = 2 + 2 * place
    return groups


def _amounts() -> dict[str, tuple[Bins, int]]:
    miles, fares = np.divmod(np.arange(FILTERED_MILES * FILTERED_FARES), FILTERED_FARES)
    vendor, button = np.divmod(np.arange(4 * BUTTON_BINS), 2 * BUTTON_BINS)
    pressed, percent = np.divmod(button, BUTTON_BINS)
    return {
        "filtered_miles": (miles, FILTERED_MILES),
        "filtered_fare": (fares, FILTERED_FARES),
        "buttons": (vendor * BUTTON_BINS + percent, 2 * BUTTON_BINS),
        "button_20": (vendor * 2 + pressed, 4),
    }


def _places(facts: Facts) -> dict[str, tuple[Bins, int]]:
    begin, end = np.divmod(np.arange(ZONES * ZONES), ZONES)
    names, borough = borough_numbers(facts)
    return {
        "pickups": (begin, ZONES),
        "dropoffs": (end, ZONES),
        "regions": (_region_numbers(facts)[begin], len(REGIONS)),
        "own_zone": (
            np.where((begin > LAST_ZONE) | (end > LAST_ZONE), 2, (begin == end).astype(np.int64)),
            3,
        ),
        "boroughs": (borough[begin] * len(names) + borough[end], len(names) ** 2),
    }


def _region_numbers(facts: Facts) -> Bins:
    """By zone id, the place of its part of the city among `REGIONS`; Newark Airport counts as unknown."""
    numbers = np.full(ZONES, REGIONS.index("unknown"), dtype=np.int64)
    for zone in facts.zones:
        if zone.service_zone == "Airports":
            numbers[zone.id] = REGIONS.index("airports")
        elif zone.borough == "Manhattan":
            numbers[zone.id] = REGIONS.index("manhattan")
        elif zone.service_zone == "Boro Zone":
            numbers[zone.id] = REGIONS.index("other_boroughs")
    return numbers
