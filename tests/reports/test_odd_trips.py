"""The rows that both sides read hold what the cases rely on."""

from __future__ import annotations

import pandas as pd

from tests.reports.odd_trips import DAY_OF_ODD_TRIPS, DAY_WITHOUT_TRIPS
from tests.reports.twins.common.rows import Export


def test_the_export_has_the_odd_trips_and_a_day_without(export: Export) -> None:
    trips = export.trips
    odd = trips[trips["day"] == pd.Timestamp(DAY_OF_ODD_TRIPS)]
    assert odd[["vendor", "passengers", "rate", "payment", "dropoff", "miles", "tip"]].isna().any().all()
    assert {3, 4} <= set(odd["vendor"])
    assert {0, 264, 265, 266} <= set(odd["pickup_zone"]) & set(odd["dropoff_zone"])
    assert not (trips["day"] == pd.Timestamp(DAY_WITHOUT_TRIPS)).any()
    assert set(trips["day"].dt.year) == {2014, 2015, 2016}
