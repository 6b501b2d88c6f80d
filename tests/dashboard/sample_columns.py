"""The columns, figures and charts of the fourteen later reports, as the tests of charts and figures need them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.reports import Chart, Column, ColumnType, Format, Kpi, Role


def _column(
    name: str,
    kind: ColumnType,
    label: str,
    role: Role = "measure",
    form: Format | None = None,
    unit: str | None = None,
) -> Column:
    return Column(name, kind, label, role, unit, form)


_COLUMNS = {
    column.name: column
    for column in (
        _column("period_start", "date", "Period from", "dimension", "date"),
        _column("week_start", "date", "Week from", "dimension", "date"),
        _column("pickup_date", "date", "Day", "dimension", "date"),
        _column("month", "date", "Month", "dimension", "date"),
        *(
            _column(name, "text", label, "dimension")
            for name, label in {
                "payment": "Paid by",
                "tip_band": "Tip",
                "method": "Paid by",
                "airport": "Airport",
                "direction": "Direction",
                "zone": "Zone",
                "borough": "Borough",
                "journey": "Journey",
                "bin": "Length",
                "weekday_name": "Weekday",
                "measure": "Measure",
                "unit": "Unit",
                "event": "Event",
                "note": "Remark",
                "check_name": "Check",
                "affects": "Affects",
            }.items()
        ),
        *(
            _column(name, "integer", label, "dimension", "integer")
            for name, label in {
                "hour": "Hour",
                "zone_id": "Zone id",
                "rank": "Rank by trips",
                "weekday": "Weekday (1 = Monday)",
                "passengers": "Passengers",
            }.items()
        ),
        *(
            _column(name, "integer", label, form="integer")
            for name, label in {
                "days": "Days",
                "trips": "Trips",
                "card_trips": "Card trips",
                "no_tip_trips": "Card trips without a tip",
                "fare_trips": "Trips with a fare",
                "riders": "Riders",
                "rider_trips": "Trips with riders",
                "solo_trips": "Trips alone",
                "flagged": "Stood out",
                "published_trips": "Published trips",
            }.items()
        ),
        *(
            _column(name, "decimal", label, form="usd", unit="$")
            for name, label in {
                "fares": "Fares",
                "extras": "Extras",
                "mta_tax": "MTA tax",
                "tips": "Tips",
                "tolls": "Tolls",
                "surcharges": "Surcharges",
                "total": "Paid in all",
                "revenue_per_day": "Revenue per day",
                "mean_fare": "Fare per trip",
            }.items()
        ),
        *(
            _column(name, "double", label, form="percent", unit="%")
            for name, label in {
                "share_percent": "Share",
                "tip_percent": "Tip rate",
                "share_of_all": "Share of all trips",
                "manhattan_percent": "In Manhattan",
                "difference_percent": "Difference",
                "gap_percent": "Gap",
            }.items()
        ),
        _column("change_points", "double", "Change", unit="points"),
        _column("longitude", "double", "Longitude", "dimension", unit="°"),
        _column("latitude", "double", "Latitude", "dimension", unit="°"),
        _column("value", "double", "Trips per square mile", form="integer"),
        _column("bin_from", "double", "Distance", "dimension", unit="mi"),
        _column("median", "double", "Median", form="miles", unit="mi"),
        _column("p90", "double", "90% are below", form="miles", unit="mi"),
        _column("mph", "double", "Speed", form="mph", unit="mph"),
        _column("miles", "double", "Miles", form="miles", unit="mi"),
        _column("hours", "double", "Hours"),
        _column("weekdays_mph", "double", "Monday to Friday", form="mph", unit="mph"),
        _column("weekend_mph", "double", "Saturday and Sunday", form="mph", unit="mph"),
        _column("vendor_1", "double", "Vendor 1"),
        _column("vendor_2", "double", "Vendor 2"),
        _column("normal", "double", "Usual trips", form="integer"),
        _column("control_trips", "integer", "Trips, counted a second time", "control", "integer"),
        replace(_column("without_zone", "integer", "No zone", "excluded", "integer"), reason="zone unknown"),
    )
}


def columns(names: str) -> tuple[Column, ...]:
    """Give columns by their names, written in one text."""
    return tuple(_COLUMNS[name] for name in names.split())


KPIS: dict[str, tuple[Kpi, ...]] = {
    "fares-revenue": (
        Kpi("Revenue", "total", "sum"),
        Kpi("Per trip", "total", "sum", per="fare_trips", format="usd"),
    ),
    "tips": (
        Kpi("Tip rate", "tips", "sum", per="fares", format="percent"),
        Kpi("Mean tip", "tips", "sum", per="card_trips", format="usd"),
        Kpi("Without a tip", "no_tip_trips", "sum", per="card_trips", format="percent"),
    ),
    "payment-mix": (
        Kpi("Card share", "card_trips", "sum", per="trips", format="percent"),
        Kpi("Change", "change_points", "first"),
    ),
    "airports": (Kpi("Share", "share_of_all", "first"),),
    "zone-map": (Kpi("In Manhattan", "manhattan_percent", "first"),),
    "od-flows": (Kpi("Commonest", "trips", "first"),),
    "trip-length": (Kpi("Median", "median", "first"), Kpi("90% below", "p90", "last")),
    "speed-hour": (
        Kpi("Slowest hour", "mph", "minimum", at=("weekday_name", "hour")),
        Kpi("Speed", "miles", "sum", per="hours", format="mph"),
    ),
    "passengers": (
        Kpi("Riders per trip", "riders", "sum", per="rider_trips"),
        Kpi("Alone", "solo_trips", "sum", per="trips", format="percent"),
    ),
    "vendors": (Kpi("Largest gap", "gap_percent", "maximum", at=("measure",)),),
    "unusual-days": (
        Kpi("Days that stood out", "flagged", "sum"),
        Kpi("Lowest", "difference_percent", "minimum", at=("pickup_date",)),
    ),
    "data-quality": (Kpi("Worst check", "share_percent", "maximum", at=("check_name",)),),
    "trip-list": (Kpi("Paid", "total", "sum"),),
    "about-the-data": (Kpi("Trips", "trips", "sum"),),
}
_PARTS = ("fares", "tips", "tolls", "extras", "mta_tax", "surcharges")
CHARTS: dict[str, tuple[Chart, ...]] = {
    "fares-revenue": (
        Chart("line", "Revenue per day", "period_start", ("revenue_per_day",)),
        Chart("ranked", "What is paid", "period_start", _PARTS),
    ),
    "tips": (Chart("bar", "Card trips by tip", "tip_band", ("card_trips",)),),
    "payment-mix": (Chart("line", "Share of trips", "week_start", ("share_percent",), series="method"),),
    "airports": (Chart("line", "Trips by hour", "hour", ("trips",), series="direction", panels="airport"),),
    "zone-map": (
        Chart("map", "Where trips start", "longitude", ("latitude",), value="value", label="zone"),
        Chart("ranked", "Zones", "zone", ("value",)),
    ),
    "od-flows": (Chart("ranked", "Journeys", "rank", ("trips",), label="journey"),),
    "trip-length": (
        Chart("histogram", "Trips by distance", "bin_from", ("trips",), label="bin", marks=("median", "p90")),
    ),
    "speed-hour": (
        Chart("heatmap", "Speed", "hour", ("weekday_name",), value="mph"),
        Chart("line", "Speed by hour", "hour", ("weekdays_mph", "weekend_mph")),
    ),
    "passengers": (Chart("ranked", "Trips by passengers", "passengers", ("trips",)),),
    "vendors": (Chart("dumbbell", "Side by side", "measure", ("vendor_1", "vendor_2"), label="unit"),),
    "unusual-days": (
        Chart("bar", "Above or below the usual", "pickup_date", ("difference_percent",), label="note"),
    ),
    "data-quality": (Chart("ranked", "Trips that fail", "check_name", ("share_percent",)),),
    "trip-list": (),
    "about-the-data": (Chart("bar", "Trips by month", "month", ("trips", "published_trips")),),
}
