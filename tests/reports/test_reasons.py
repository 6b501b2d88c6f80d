"""What a report leaves out it leaves out by a rule, and says by which one, with the bounds of the view of the trips."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reports.shipped import THE_SIXTEEN, report_of

pytestmark = pytest.mark.fast

VIEW = (Path(__file__).resolve().parents[2] / "sql" / "setup" / "02-trips-view.sql").read_text()


def bounds(rule: str) -> tuple[str, ...]:
    """Read the bounds of a rule where the view states it."""
    found = re.search(rule, " ".join(VIEW.split()))
    assert found, f"the view has another rule now: {rule}"
    return tuple(f"{int(bound):,}" for bound in found.groups())


(MILES,) = bounds(
    r"when trip_distance > 0 and trip_distance <= (\d+) then true else false end as valid_distance"
)
LEAST_SECONDS, MINUTES = bounds(
    r"when duration_seconds >= (\d+) and duration_seconds <= (\d+) \* 60 then true else false end as valid_duration"
)
(DOLLARS,) = bounds(
    r"when fare_amount > 0 and total_amount > 0 and total_amount < (\d+) then true else false end as valid_fare"
)
(MPH,) = bounds(
    r"when valid_distance and valid_duration and trip_distance \* 3600 <= (\d+) \* duration_seconds then true"
)
LEAST_MINUTES = int(LEAST_SECONDS) // 60

DISTANCE = f"0 or more than {MILES} miles"
DURATION = f"less than {LEAST_MINUTES} or more than {MINUTES} minutes"
FARE = f"fare or total of $0 or less, or a total of ${DOLLARS} or more"
IN_NO_BOROUGH = "their pickup zone is unknown, so they cannot be counted in the chosen borough"
REASONS = {
    "airports": {
        "without_duration": DURATION,
        "without_fare": FARE,
        "without_zone": "pickup or drop-off zone unknown, so whether it was an airport is not known",
    },
    "daily-summary": {
        "without_fare": FARE,
        "without_distance": DISTANCE,
        "without_duration": DURATION,
    },
    "demand-hour-weekday": {"without_zone": IN_NO_BOROUGH},
    "fares-revenue": {"without_fare": FARE, "without_distance": DISTANCE},
    "od-flows": {
        "without_zone": "pickup or drop-off zone unknown or outside the city",
        "without_duration": DURATION,
        "without_fare": FARE,
    },
    "passengers": {"without_fare": FARE, "without_count": "no rider, or more than six"},
    "payment-mix": {"without_zone": IN_NO_BOROUGH},
    "speed-hour": {
        "without_speed": f"faster than {MPH} mph, {DISTANCE}, or {DURATION}",
        "without_zone": IN_NO_BOROUGH,
    },
    "tips": {"without_fare": FARE, "without_zone": IN_NO_BOROUGH},
    "trip-length": {
        "without_rule": f"for miles, {DISTANCE.removesuffix(' miles')}; "
        f"for minutes, {DURATION.removesuffix(' minutes')}"
    },
    "vendors": {"without_vendor": "the trip names neither of the two vendors"},
    "zone-map": {
        "without_zone": "zone unknown or outside the city; shown as the row Unknown",
        "without_fare": FARE,
    },
}
"""Why each column of a report leaves trips out. Zones are unknown by `valid_zone`, 264 and 265 among them."""


@pytest.mark.parametrize("name", THE_SIXTEEN)
def test_a_reason_is_the_rule_of_its_column_with_the_bounds_of_the_view(name: str) -> None:
    told = {column.name: column.reason for column in report_of(name).columns if column.role == "excluded"}
    assert told == REASONS.get(name, {})


def test_a_zone_is_unknown_by_the_number_that_the_city_gives_it() -> None:
    zones = bounds(
        r"when pulocationid between (\d+) and (\d+) then true else false end as valid_zone, "
        r"case when dolocationid between (\d+) and (\d+) then true else false end as valid_dropoff_zone"
    )
    assert zones == ("1", "263", "1", "263")
