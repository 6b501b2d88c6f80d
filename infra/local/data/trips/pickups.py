"""When in their hour trips begin, and what the clock says when they end."""

from __future__ import annotations

from datetime import date

import numpy as np

from infra.local.data.trips.columns import Flags, Numbers, Reals, Whole
from infra.local.data.trips.hours import CLOCKS_BACK, CLOCKS_FORWARD

HOUR = 3600
CLOCK_CHANGES_AT = 2 * HOUR
STEEPEST, LEAST = 0.9, 1e-9


def slopes(shares: Numbers) -> Reals:
    """How trips rise or fall within each of the day's hours, between -1 and 1, so that hours join without a step."""
    around = np.pad(shares, 1, mode="edge")
    steepness = (around[2:] - around[:-2]) / (4 * np.maximum(shares, LEAST))
    limited: Numbers = np.clip(np.round(steepness, 6), -STEEPEST, STEEPEST)
    return limited.astype(np.float32)


def draw_seconds(even: Reals, counts: Whole, rises: Reals) -> Whole:
    """Seconds in which trips begin, in order, counted from the first hour; `counts` and `rises` are by hour.

    `even` are chances for each trip, from 0 up to 1.
    """
    rise = np.repeat(rises, counts)
    low = 1 - rise
    # The inverse of a density that is a straight line: a root, which is the same on every machine.
    sloped = 2 * even / (low + np.sqrt(low * low + 4 * rise * even))
    within = np.minimum((sloped * np.float32(HOUR)).astype(np.intp), HOUR - 1)
    firsts = np.repeat(np.arange(len(counts)) * HOUR, counts)
    seconds = np.arange(len(counts) * HOUR, dtype=np.int32)
    return np.repeat(seconds, np.bincount(firsts + within, minlength=len(seconds)))


def dropoff_times(day: date, pickups: Whole, seconds: Whole, second_pass: Flags) -> Whole:
    """What the clock shows, in seconds after the day's midnight, `seconds` after each pickup.

    `second_pass` marks pickups of 1 November that fall, if between 1:00 and 2:00, into that hour's second time.
    A trip over the end of its first time shows a drop-off an hour too early, even before its pickup: the TLC's
    times have no offset either.
    """
    ends = pickups + seconds
    crosses = (pickups < CLOCK_CHANGES_AT) & (ends >= CLOCK_CHANGES_AT)
    if day == CLOCKS_FORWARD:
        return ends + np.int32(HOUR) * crosses
    if day == CLOCKS_BACK:
        first_pass = ~second_pass | (pickups < HOUR)
        return ends - np.int32(HOUR) * (crosses & first_pass)
    return ends
