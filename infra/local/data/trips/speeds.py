"""How fast the streets are in each hour of a day: a profile of the week, the month, and a pace of the day's own.

Traffic differs between days more than between months: the days after New Year were a tenth faster than other days of
January, those after the blizzard a tenth slower. At night all streets are free, whatever the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.trips.columns import Numbers, Reals
from infra.local.data.trips.hours import HOURS_OF_PART, PART_OF_HOUR
from infra.local.data.trips.pairs import Pairs
from infra.local.data.trips.roads import OWN_PACE, Roads

DAYS_DIFFER = 0.075
"""Up to so much longer or shorter a mile takes on days that nothing is known of: ordinary days of January differ so."""
EVERY = 128
"""One in so many of the pairs that are laid out for a kind of trip stands for its neighbours."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """Middle speeds by weekday and hour; how much longer a mile takes by month and hour, and on days that are known."""

    mph: Numbers
    months: Mapping[int, Numbers]
    days: Mapping[date, float]

    def on(self, day: date, weekday: int, chance: float) -> Reals:
        """The middle speeds of the day's hours, which are those of this weekday.

        `chance`, from 0 to 1, decides between slow and fast where the day's pace is not known.
        """
        pace = self.days.get(day, 1 + DAYS_DIFFER * (2 * chance - 1))
        by_hour = 1 + (pace - 1) * np.array(OWN_PACE)[list(PART_OF_HOUR)]
        speeds: Numbers = self.mph[weekday] / (by_hour * self.months[day.month])
        return speeds.astype(np.float32)


def build_speeds(facts: Facts, pairs: Pairs, roads: Roads) -> Speeds:
    """Speeds with which the trips of each hour have the published geometric mean.

    Longer trips are faster: by night, when they are common, a trip of usual length must be slower than the mean.
    """
    of_kinds = np.array([_paces(pairs, roads, part) for part in range(len(HOURS_OF_PART))])
    paces = (pairs.kinds * of_kinds[list(PART_OF_HOUR)]).sum(axis=2)
    published = np.array([[facts.hours[weekday, hour].mph for hour in range(24)] for weekday in range(7)])
    months = {number: np.array(month.pace)[list(PART_OF_HOUR)] for number, month in facts.months.items()}
    return Speeds(np.round(published * np.exp(paces), 6), months, facts.paces)


def _paces(pairs: Pairs, roads: Roads, part: int) -> Numbers:
    """By kind of trip, the mean logarithm of the time for a mile, where it is 0 at the middle speed."""
    drawn = pairs.tables[part][:, ::EVERY]
    paces: Numbers = roads.mean_log_paces(part, drawn.ravel()).reshape(drawn.shape).mean(axis=1)
    return paces
