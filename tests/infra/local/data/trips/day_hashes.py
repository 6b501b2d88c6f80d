"""Prints a hash of the trips of a few days: run alone, so that the processor's features can be switched off first."""

from __future__ import annotations

import hashlib
from datetime import date

from infra.local.data.fact_tables import read_facts
from infra.local.data.trips.columns import column_names
from infra.local.data.trips.counts import trips_per_day
from infra.local.data.trips.generator import build_generator

DAYS = (date(2015, 1, 26), date(2015, 3, 8), date(2015, 7, 4), date(2015, 11, 1))
TRIPS_PER_DAY = 60_000


def hashes() -> dict[str, str]:
    """By day, the hash of all columns of its trips in order."""
    facts = read_facts()
    generator = build_generator(facts, trips_per_day(facts, 1.0), seed=7)
    return {day.isoformat(): _hash_of(generator.trips_of(day, TRIPS_PER_DAY)) for day in DAYS}


def _hash_of(trips: object) -> str:
    digest = hashlib.sha256()
    for name in column_names():
        digest.update(getattr(trips, name).tobytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    print(hashes())  # noqa: T201 - the answer of this program
