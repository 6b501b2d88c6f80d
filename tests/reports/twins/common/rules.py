"""Which trips can be believed in what: the rules of the reports, from their wording.

DIST 0 < mi <= 100 · DUR 1 <= min <= 180 · FARE fare > $0 and $0 < total < $1,000 · SPEED DIST, DUR and at most 65 mph ·
ZONE one of the zones 1 to 263. What is missing fulfils no rule.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

_MILLIONTHS = 1_000_000  # miles become whole numbers, so that the limit of speed is compared exactly


def with_rules(trips: pd.DataFrame) -> pd.DataFrame:
    """Add a column of true and false for each rule."""
    distance = ((trips["miles"] > 0) & (trips["miles"] <= 100)).to_numpy()
    duration = _holds(trips["seconds"].between(60, 180 * 60))
    return trips.assign(
        has_distance=distance,
        has_duration=duration,
        has_fare=_holds((trips["fare"] > 0) & (trips["total"] > 0) & (trips["total"] < 1000_00)),
        has_speed=distance & duration & _slow_enough(trips),
        has_zone=_holds(trips["pickup_zone"].between(1, 263)),
        has_dropoff_zone=_holds(trips["dropoff_zone"].between(1, 263)),
    )


def parts_miss(trips: pd.DataFrame) -> pd.Series:
    """Say which totals are not the sum of their six parts, and which cannot be because an amount is missing."""
    parts = trips[["fare", "extra", "mta_tax", "tip", "tolls", "surcharge"]].sum(axis=1, skipna=False)
    return (parts != trips["total"]).fillna(True)


def _slow_enough(trips: pd.DataFrame) -> np.ndarray:
    believable = trips["miles"].where(trips["miles"].between(0, 100), 0.0)
    millionths = (believable * _MILLIONTHS).round().astype("int64").to_numpy()
    seconds = trips["seconds"].fillna(0).to_numpy(dtype="int64")
    return np.asarray(millionths * 3600 <= 65 * seconds * _MILLIONTHS)


def _holds(condition: pd.Series) -> np.ndarray:
    return condition.fillna(False).to_numpy(dtype=bool)
