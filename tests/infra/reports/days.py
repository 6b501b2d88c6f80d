"""A report in which nothing is wrong, and how a specification damages it. Its data: an hourly trip in June 2015."""

from __future__ import annotations

from pathlib import Path

import duckdb

from infra.reports.check import Bench, Verdict, check

DAYS = """/*
title = "Days"
question = "How many trips began on each day?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 40

[[parameters]]
name = "startDate"
label = "From"
type = "date"
default = "2015-06-01"
minimum = "2015-06-01"
maximum = "2015-06-30"

[[parameters]]
name = "endDate"
label = "To"
type = "date"
default = "2015-06-03"
minimum = "2015-06-01"
maximum = "2015-06-30"

[[columns]]
name = "day"
type = "date"
label = "Day"
role = "dimension"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"

[[columns]]
name = "paid"
type = "decimal"
label = "Paid"
role = "measure"

[[columns]]
name = "miles"
type = "double"
label = "Miles"
role = "measure"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"

[[example]]
parameters = { startDate = "2015-06-02", endDate = "2015-06-04" }
rows = 3
value = { column = "paid", where = { day = "2015-06-03" }, equals = 300.00 }
total = { column = "miles", equals = 72.6 }
*/
select
    tpep_pickup_datetime::date as day,
    count(*) as trips,
    sum(total_amount)::decimal(18, 2) as paid,
    sum(trip_distance)::float8 as miles,
    (sum(count(*)) over ())::bigint as control_trips
from trips
where tpep_pickup_datetime >= :startDate::date
    and tpep_pickup_datetime < :endDate::date + 1
group by 1
order by 1
"""

_WAREHOUSE = """
CREATE TABLE trips AS SELECT
    TIMESTAMP '2015-06-01 00:30:00' + to_hours(i) AS tpep_pickup_datetime,
    TIMESTAMP '2015-06-01 00:40:00' + to_hours(i) AS tpep_dropoff_datetime,
    (i % 2 + 1)::SMALLINT AS vendorid,
    12.50::DECIMAL(9, 2) AS total_amount,
    1.0 + (i % 24 = 0)::INTEGER * 0.2 AS trip_distance
FROM range(720) AS numbers(i);
ALTER TABLE trips ALTER trip_distance TYPE DOUBLE;
CREATE TABLE checked_trips AS SELECT * FROM trips;
CREATE TABLE trips_by_hour_zone AS SELECT
    tpep_pickup_datetime::DATE AS pickup_day, count(*) AS trips FROM trips GROUP BY 1;
CREATE TABLE calendar AS SELECT DISTINCT pickup_day AS day FROM trips_by_hour_zone;
"""


def make_database(path: Path) -> None:
    """Write the warehouse."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(_WAREHOUSE)


def damaged(old: str, new: str) -> str:
    assert old in DAYS
    return DAYS.replace(old, new, 1)


def checked(text: str, bench: Bench) -> Verdict:
    return check("days", text.encode(), {}, bench)


def complaints(text: str, bench: Bench) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in checked(text, bench).problems]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
