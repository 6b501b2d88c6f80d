"""When trips begin, and what the clock says when they end."""

from __future__ import annotations

from datetime import date

import numpy as np

from infra.local.data.trips.columns import Flags, Integers, Numbers

HOUR = 3600
CLOCK_CHANGES_AT = 2 * HOUR
CLOCKS_FORWARD = date(2015, 3, 8)
CLOCKS_BACK = date(2015, 11, 1)


def hour_weights(day: date, usual: Numbers) -> Numbers:
    """The weights of the day's 24 hours; `usual` are those of its weekday.

    When clocks go forward there is no hour from 2:00; when they go back the hour from 1:00 comes twice.
    """
    weights = usual.copy()
    if day == CLOCKS_FORWARD:
        weights[2] = 0
    if day == CLOCKS_BACK:
        weights[1] *= 2
    return weights


def draw_pickups(rng: np.random.Generator, count: int, weights: Numbers) -> Integers:
    """Pickup times in seconds after midnight, in order."""
    edges = np.concatenate(([0.0], np.cumsum(weights)))
    hours = np.interp(rng.random(count) * edges[-1], edges, np.arange(25.0))
    seconds: Integers = np.minimum(hours * HOUR, 24 * HOUR - 1).astype(np.int64)
    seconds.sort()
    return seconds


def dropoff_times(day: date, pickups: Integers, seconds: Integers, second_pass: Flags) -> Integers:
    """What the clock shows, in seconds after the day's midnight, `seconds` after each pickup.

    `second_pass` marks pickups of 1 November that fall, if between 1:00 and 2:00, into that hour's second time.
    A trip over the end of its first time shows a drop-off an hour too early, even before its pickup: the TLC's
    times have no offset either.
    """
    ends = pickups + seconds
    crosses = (pickups < CLOCK_CHANGES_AT) & (ends >= CLOCK_CHANGES_AT)
    if day == CLOCKS_FORWARD:
        return ends + HOUR * crosses
    if day == CLOCKS_BACK:
        first_pass = ~second_pass | (pickups < HOUR)
        return ends - HOUR * (crosses & first_pass)
    return ends
