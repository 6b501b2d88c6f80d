"""How well do riders tip?"""

from __future__ import annotations

import pandas as pd

from tests.reports.twins.common.exact import dollars, percent
from tests.reports.twins.common.question import (
    Kind,
    Parameters,
    Row,
    in_borough,
    in_range,
    without_zone,
)
from tests.reports.twins.common.rows import Export
from tests.reports.twins.common.sums import Sums, sums

COLUMNS: dict[str, Kind] = {
    "payment": "text",
    "tip_band": "text",
    "trips": "integer",
    "share_percent": "double",
    "tips": "decimal",
    "fares": "decimal",
    "tip_percent": "double",
    "card_trips": "integer",
    "no_tip_trips": "integer",
    "control_trips": "integer",
    "without_fare": "integer",
    "without_zone": "integer",
}
NO_TIP, LAST_BAND, NOT_RECORDED = 0, 11, 99


def answer(export: Export, parameters: Parameters) -> list[Row]:
    """One row per band for cards, one row for each other way of paying: Card, Cash, Other."""
    ranged = in_range(export.trips, parameters)
    chosen = in_borough(ranged, parameters)
    trips = chosen[chosen["has_fare"]]
    trips = trips.assign(band=band_of(trips))
    of_method = trips["method"].value_counts()
    same: Row = {
        "control_trips": len(trips),
        "without_fare": len(chosen) - len(trips),
        "without_zone": without_zone(ranged, parameters),
    }
    rows: list[Row] = []
    for (method, band), group in sums(trips, ["method", "band"]):
        rows.append(
            {
                "payment": method,
                "tip_band": band_name(band),
                "trips": group["trips"],
                "share_percent": percent(group["trips"], int(of_method[method])),
                **(_money(group, band) if method == "Card" else _NO_MONEY),
                **same,
            }
        )
    return rows


_NO_MONEY: Row = dict.fromkeys(("tips", "fares", "tip_percent", "card_trips", "no_tip_trips"))


def _money(group: Sums, band: int) -> Row:
    return {
        "tips": dollars(group["tips"]),
        "fares": dollars(group["fares"]),
        "tip_percent": percent(group["tips"], group["fares"]),
        "card_trips": group["trips"],
        "no_tip_trips": group["trips"] if band == NO_TIP else 0,
    }


def band_of(trips: pd.DataFrame) -> pd.Series:
    """Number the bands: no tip is 0, each five percent of the fare is one more, from 50 % on it is 11."""
    tip = trips["tip"].fillna(0)
    five_percents = (tip * 20) // trips["fare"]
    band = (five_percents + 1).clip(upper=LAST_BAND).where(tip > 0, NO_TIP)
    return band.where(trips["method"] == "Card", NOT_RECORDED)


def band_name(band: int) -> str:
    """Name a band."""
    names = {NO_TIP: "No tip", LAST_BAND: "50 % and more", NOT_RECORDED: "Not recorded"}
    return names.get(band, f"{5 * (band - 1)} to {5 * band} %")
