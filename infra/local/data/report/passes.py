"""What is counted in a table of trips, one pass over the table for each family of figures.

Histograms instead of sorted columns: the full year is read in seconds, and nothing of its size is held.
A pass gives to each row the number of its bin; rows without one are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from infra.local.data.report.links import PAIRS, airport_of_manhattan, pair_of_boroughs

PICKUP, DROPOFF = "tpep_pickup_datetime", "tpep_dropoff_datetime"
SECONDS = f"datediff('second', {PICKUP}, {DROPOFF})"
MOVING = (
    f"trip_distance > 0 AND {SECONDS} > 0 AND {SECONDS} < 43200 AND trip_distance * 3600 <= 65 * {SECONDS}"
)
PUBLISHED_FILTER = "trip_distance BETWEEN 0.1 AND 50 AND fare_amount BETWEEN 2.5 AND 100"
CARD = "payment_type = 1"
EXTRA_DUE = f"""CASE
    WHEN hour({PICKUP}) >= 20 OR hour({PICKUP}) < 6 THEN 0.5
    WHEN isodow({PICKUP}) <= 5 AND hour({PICKUP}) >= 16 THEN 1.0
    ELSE 0 END"""
TARIFF = f"fare_amount >= 2.5 AND fare_amount % 0.5 = 0 AND extra = {EXTRA_DUE} AND mta_tax = 0.5"
ONE_CROSSING = f"(CASE WHEN {PICKUP} < '2015-03-22' THEN 5.33 ELSE 5.54 END)"
"""Dollars that a bridge or a tunnel took."""
TIP_BASE = "(fare_amount + extra + mta_tax + tolls_amount + improvement_surcharge)"

PARTS = "(fare_amount + extra + mta_tax + tip_amount + tolls_amount + improvement_surcharge)"
UNTIPPED = "(total_amount - tip_amount)"
STILL = f"trip_distance = 0 OR {SECONDS} BETWEEN 0 AND 59"

DAYS, HOURS_OF_WEEK, ZONES = 365, 168, 266
LAST_ZONE = 263
"""Two further numbers stand for places that are not known, or outside the city."""
KNOWN_ENDS = f"pulocationid BETWEEN 1 AND {LAST_ZONE} AND dolocationid BETWEEN 1 AND {LAST_ZONE}"
MILES_STEP, MINUTES_STEP, MPH_STEP, DOLLARS_STEP = 0.01, 1 / 6, 1.0, 0.1
FILTER_STEP, FARE_STEP, TIP_STEP, TIP_RATIO_STEP = 0.05, 0.5, 0.05, 0.002
FILTERED_MILES, FILTERED_FARES = 1001, 201
SPEEDS = 66
BUTTON_BINS = 81
RECEIPTS_STEP, RECEIPTS = 0.1, 1501
OTHER_RATE = 7

FIT_STEP, FIT_BINS = 0.01, 201
PAIR_STEP, PAIR_BINS = 0.25, 201
MOST_PASSENGERS = 6

TIMES = frozenset({PICKUP, DROPOFF})
ENDS = frozenset({"pulocationid", "dolocationid"})

FITTED_FARE = f"(2.11 + 1.95 * trip_distance + 0.343 * {SECONDS} / 60)"
"""Dollars at rate 1: a published fit to miles and minutes."""

TIP_COLUMNS = frozenset(
    {
        "tpep_pickup_datetime",
        "vendorid",
        "payment_type",
        "tip_amount",
        "fare_amount",
        "extra",
        "mta_tax",
        "tolls_amount",
        "improvement_surcharge",
    }
)
TIPS_BY_BUTTON = f"{CARD} AND vendorid BETWEEN 1 AND 2 AND {TIP_BASE} > 0 AND {PICKUP} >= '2015-01-22'"
"""Until then most screens of vendor 2 reckoned from another base."""
AT_20 = f"abs(tip_amount - {TIP_BASE} / 5) <= 0.0251"
"""Half a nickel to either side: the screens of vendor 1 write tips in nickels."""


@dataclass(frozen=True, slots=True)
class Pass:
    """`bin` and `condition` are SQL over the columns `needs`; `rows_of` names the weight that the rows get."""

    bin: str
    size: int
    needs: frozenset[str]
    condition: str = "true"
    january: bool = False
    weight: str = "w"


def _needs(*columns: str) -> frozenset[str]:
    return frozenset(columns)


def _capped(expression: str, last: int) -> str:
    """The nearest whole number between 0 and the last, NULL for NULL, which `least` and `greatest` would overlook.

    Rows that the condition leaves out may divide by 0 first.
    """
    value = f"({expression})"
    return f"(CASE WHEN {value} < 0 THEN 0 WHEN {value} > {last} THEN {last} ELSE {value} END)::BIGINT"


def _one_if(condition: str) -> str:
    return f"(CASE WHEN {condition} THEN 1 ELSE 0 END)"


PASSES: dict[str, Pass] = {
    "hours": Pass(
        f"datediff('hour', TIMESTAMP '2015-01-01', {PICKUP})", DAYS * 24, _needs(PICKUP), weight="w_time"
    ),
    "miles": Pass(
        _capped("trip_distance * 100", 2500), 2501, TIMES | {"trip_distance"}, MOVING, january=True
    ),
    "minutes": Pass(_capped(f"{SECONDS} / 10.0", 1080), 1081, TIMES, january=True),
    "total": Pass(
        _capped("total_amount * 10", 1500),
        1501,
        _needs("total_amount", "trip_distance"),
        "trip_distance > 0 AND trip_distance < 23",
        january=True,
    ),
    "speed": Pass(
        f"hour({PICKUP}) * {SPEEDS} + least(floor(trip_distance * 3600 / {SECONDS}), {SPEEDS - 1})::BIGINT",
        24 * SPEEDS,
        TIMES | {"trip_distance"},
        MOVING,
    ),
    "filtered": Pass(
        f"(trip_distance * 20)::BIGINT * {FILTERED_FARES} + (fare_amount * 2)::BIGINT",
        FILTERED_MILES * FILTERED_FARES,
        _needs("trip_distance", "fare_amount"),
        PUBLISHED_FILTER,
    ),
    "tariff": Pass(
        _one_if(TARIFF),
        2,
        _needs(PICKUP, "ratecodeid", "fare_amount", "extra", "mta_tax"),
        "ratecodeid = 1 AND fare_amount > 0",
    ),
    "receipts": Pass(
        f"(month({PICKUP}) - 1) * {RECEIPTS} + {_capped(f'{UNTIPPED} / {RECEIPTS_STEP}', RECEIPTS - 1)}",
        12 * RECEIPTS,
        _needs(PICKUP, "total_amount", "tip_amount"),
        "total_amount BETWEEN 0 AND 1000",
    ),
    "tolls": Pass(_one_if("tolls_amount > 0"), 2, _needs("tolls_amount"), "tolls_amount IS NOT NULL"),
    "one_crossing": Pass(
        _one_if(f"abs(tolls_amount - {ONE_CROSSING}) < 0.005"),
        2,
        _needs(PICKUP, "tolls_amount"),
        "tolls_amount > 0",
    ),
    "tolls_by_route": Pass(
        f"2 * {airport_of_manhattan()} + {_one_if('tolls_amount > 0')}",
        6,
        ENDS | {"tolls_amount"},
        f"tolls_amount IS NOT NULL AND {KNOWN_ENDS}",
    ),
    "fare_fit": Pass(
        f"(month({PICKUP}) - 1) * {FIT_BINS} + {_capped(f'fare_amount / {FITTED_FARE} / {FIT_STEP}', FIT_BINS - 1)}",
        12 * FIT_BINS,
        TIMES | {"ratecodeid", "trip_distance", "fare_amount"},
        f"ratecodeid = 1 AND {PUBLISHED_FILTER} AND {SECONDS} BETWEEN 60 AND 10800 AND {MOVING}",
    ),
    "parts": Pass(
        _one_if(f"abs(total_amount - {PARTS}) < 0.005"),
        2,
        TIP_COLUMNS | {"total_amount"},
        f"{PARTS} IS NOT NULL AND {PICKUP} >= '2015-01-05'",
    ),
    "vendor": Pass("vendorid", 3, _needs("vendorid")),
    "rate": Pass(
        f"(CASE WHEN ratecodeid BETWEEN 1 AND 6 THEN ratecodeid ELSE {OTHER_RATE} END)",
        OTHER_RATE + 1,
        _needs("ratecodeid"),
        "ratecodeid IS NOT NULL",
    ),
    "payment": Pass(_capped("payment_type", 5), 6, _needs("payment_type")),
    "cards_by_month": Pass(
        f"(month({PICKUP}) - 1) * 2 + {_one_if(CARD)}",
        24,
        _needs(PICKUP, "payment_type"),
        "payment_type IS NOT NULL",
    ),
    "passengers_by_vendor": Pass(
        f"(vendorid - 1) * {MOST_PASSENGERS + 1} + passenger_count",
        2 * (MOST_PASSENGERS + 1),
        _needs("vendorid", "passenger_count"),
        f"vendorid BETWEEN 1 AND 2 AND passenger_count BETWEEN 0 AND {MOST_PASSENGERS}",
    ),
    "passengers": Pass(_capped("passenger_count", 9), 10, _needs("passenger_count")),
    "tip": Pass(_capped("tip_amount * 20", 1000), 1001, _needs("tip_amount", "payment_type"), CARD),
    "any_tip": Pass(_capped("tip_amount * 20", 1000), 1001, _needs("tip_amount")),
    "tip_ratio": Pass(
        _capped("tip_amount * 500 / fare_amount", 500),
        501,
        _needs("tip_amount", "fare_amount"),
        "tip_amount > 0 AND fare_amount > 0",
    ),
    "tip_buttons": Pass(
        f"(vendorid - 1) * {2 * BUTTON_BINS} + (CASE WHEN {AT_20} THEN {BUTTON_BINS} ELSE 0 END) "
        f"+ {_capped(f'tip_amount * 200 / {TIP_BASE}', BUTTON_BINS - 1)}",
        4 * BUTTON_BINS,
        TIP_COLUMNS,
        TIPS_BY_BUTTON,
    ),
    "zones": Pass(
        f"pulocationid::INTEGER * {ZONES} + dolocationid",
        ZONES * ZONES,
        _needs("pulocationid", "dolocationid"),
        "pulocationid BETWEEN 1 AND 265 AND dolocationid BETWEEN 1 AND 265",
    ),
    "pair_miles": Pass(
        f"{pair_of_boroughs()} * {PAIR_BINS} + {_capped(f'trip_distance / {PAIR_STEP}', PAIR_BINS - 1)}",
        len(PAIRS) * PAIR_BINS,
        ENDS | {"trip_distance"},
        "trip_distance BETWEEN 0.1 AND 50",
    ),
    "still": Pass(
        _one_if("pulocationid = dolocationid"),
        2,
        TIMES | {"trip_distance", "pulocationid", "dolocationid"},
        f"({STILL}) AND {KNOWN_ENDS}",
    ),
}

DERIVED = {
    "days": "hours",
    "week": "hours",
    "clock": "hours",
    "filtered_miles": "filtered",
    "filtered_fare": "filtered",
    "buttons": "tip_buttons",
    "button_20": "tip_buttons",
    "pickups": "zones",
    "dropoffs": "zones",
    "regions": "zones",
    "boroughs": "zones",
    "own_zone": "zones",
}
"""Families that are read from another family's finer bins."""
