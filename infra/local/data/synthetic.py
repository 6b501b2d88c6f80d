"""The synthetic year, or an even share of it, as a source of trips."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from infra.local.data.fact_tables import read_facts
from infra.local.data.load import insert_trips
from infra.local.data.progress import Progress
from infra.local.data.trips.counts import trips_per_day
from infra.local.data.trips.generator import build_generator
from infra.local.data.version import SEED, data_version


@dataclass(frozen=True, slots=True)
class SyntheticYear:
    """Trips that this project makes; a scale of 1 is as many as the TLC published."""

    scale: float
    seed: int = SEED

    @property
    def version(self) -> str:
        """The name of the data set."""
        return data_version(self.scale, self.seed)

    @property
    def synthetic(self) -> bool:
        """True: the trips are made up."""
        return True

    @property
    def description(self) -> str:
        """What every page says of these trips."""
        return "made by this project to resemble 2015"

    @property
    def trips(self) -> int:
        """How many there will be."""
        return sum(trips_per_day(read_facts(), self.scale).values())

    def insert_trips(self, connection: duckdb.DuckDBPyConnection, progress: Progress) -> tuple[str, ...]:
        """Fill the empty table `checked_trips`; a share of the year says so, and how to get the rest."""
        facts = read_facts()
        counts = trips_per_day(facts, self.scale)
        progress.announce(f"Making {sum(counts.values()):,} synthetic trips of 2015; this happens once")
        insert_trips(connection, build_generator(facts, counts, self.seed), counts, progress)
        return known_defects(self.scale)


def known_defects(scale: float) -> tuple[str, ...]:
    """What readers should know of such trips: nothing is wrong with them, but there may be more."""
    if scale == 1:
        return ()
    share = f"{scale * 100:.3g} %"
    return (
        f"A sample, {share} of the year's trips: make data makes all of them, also while a page is open.",
    )
