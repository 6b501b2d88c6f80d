"""A report reads the days that are asked for, the last one included, and no others."""

from __future__ import annotations

import pytest

from infra.reports.check import Bench
from tests.infra.reports.days import DAYS, complaints, damaged, line_of

SENTENCES = {
    "trips is read without both dates",
    "trips_by_hour_zone is read without both dates",
    "This leaves out the last day, which is asked for too",
    "This leaves out the first day, which is asked for too",
    "This leaves out the first moment of the first day, which is asked for too",
    "This takes in the first moment of the day after the last, which is not asked for",
    "This takes in the day after the last, which is not asked for",
}

BOUNDS = "where tpep_pickup_datetime >= :startDate::date\n    and tpep_pickup_datetime < :endDate::date + 1"
SMALL = """select
    c.day, {trips} as trips, 1::decimal(18, 2) as paid, 1::float8 as miles, 1::bigint as control_trips
from {source}
where c.day >= :startDate::date and c.day < :endDate::date + 1 {more}
"""


def scans(text: str, bench: Bench) -> list[tuple[int, str]]:
    said = [(line, message.partition(":")[0]) for line, message in complaints(text, bench)]
    return [(line, message) for line, message in said if message in SENTENCES]


def with_sql(source: str, more: str = "", trips: str = "1::bigint") -> str:
    return DAYS.partition("*/")[0] + "*/\n" + SMALL.format(source=source, more=more, trips=trips)


@pytest.mark.parametrize(
    "where",
    [
        "where tpep_pickup_datetime >= :startDate::date and :endDate::date is not null",
        "where tpep_pickup_datetime < :endDate::date + 1 and :startDate::date is not null",
        "where (vendorid = 1 or tpep_pickup_datetime < :endDate::date + 1) and tpep_pickup_datetime > :startDate::date",
        "where :startDate::date < :endDate::date",
        "where tpep_dropoff_datetime >= :startDate::date and tpep_dropoff_datetime < :endDate::date + 1",
    ],
)
def test_trips_without_both_bounds_are_named_with_their_line(where: str, bench: Bench) -> None:
    text = damaged(BOUNDS, where)
    assert (line_of(text, "from trips"), "trips is read without both dates") in scans(text, bench)


@pytest.mark.parametrize(
    "where",
    [
        BOUNDS,
        "where :startDate::date <= tpep_pickup_datetime and (:endDate::date + 1 > tpep_pickup_datetime)",
        "where tpep_pickup_datetime::date between :startDate::date and :endDate::date",
        "where tpep_pickup_datetime >= :startDate::date - 28 and tpep_pickup_datetime < :endDate::date + 29",
        "where tpep_pickup_datetime > :startDate::date - 1 and tpep_pickup_datetime <= :endDate::date + 2",
        "where Trips.tpep_pickup_datetime >= :startDate::date and TRIPS.tpep_pickup_datetime < :endDate::date + 1",
    ],
)
def test_trips_between_both_dates_are_taken_however_it_is_written(where: str, bench: Bench) -> None:
    said = " ".join(message for _, message in complaints(damaged(BOUNDS, where), bench))
    assert "read without" not in said
    assert "asked for" not in said


def test_a_roll_up_is_bounded_where_it_is_read(bench: Bench) -> None:
    part = "select * from trips_by_hour_zone where pickup_day >= :startDate::date"
    inside = f"calendar c join ({part}) r on r.pickup_day = c.day"
    assert scans(with_sql(inside), bench) == [
        (line_of(with_sql(inside), "from calendar"), "trips_by_hour_zone is read without both dates")
    ]


@pytest.mark.parametrize(
    "more",
    ["", "and r.pickup_day >= :startDate::date", "and c.day <> r.pickup_day"],
)
def test_the_bounds_of_one_source_do_not_count_for_another(more: str, bench: Bench) -> None:
    text = with_sql("calendar c cross join trips_by_hour_zone r", more)
    assert [said for _, said in scans(text, bench)] == ["trips_by_hour_zone is read without both dates"]


def test_small_tables_and_parts_of_the_statement_need_no_bounds(bench: Bench) -> None:
    assert scans(with_sql("calendar c cross join calendar d"), bench) == []
    text = damaged("select\n", "with june as (select * from trips " + BOUNDS + ")\nselect\n")
    text = text[: text.rindex("from trips")] + "from june\ngroup by 1\norder by 1\n"
    assert complaints(text, bench) == []


def test_a_part_named_like_trips_hides_nothing(bench: Bench) -> None:
    text = damaged("select\n", "with trips as (select * from trips)\nselect\n")
    assert scans(text, bench) == [(line_of(text, "with trips"), "trips is read without both dates")]


def test_a_report_may_read_the_whole_year_for_a_reason(bench: Bench) -> None:
    text = damaged("maximumRows = 40", 'maximumRows = 40\nwholeYear = "It describes the data."')
    text = text.replace(BOUNDS, "where :startDate::date <= :endDate::date")
    assert scans(text, bench) == []


@pytest.mark.parametrize(
    "where",
    [
        "where tpep_pickup_datetime >= :startDate::date and tpep_pickup_datetime < :endDate::date",
        "where tpep_pickup_datetime >= :startDate::date and tpep_pickup_datetime <= :endDate::date",
        "where tpep_pickup_datetime between :startDate::date and :endDate::date",
        "where tpep_pickup_datetime::date >= :startDate::date and tpep_pickup_datetime::date < :endDate::date",
    ],
)
def test_a_range_that_loses_its_last_day_is_named(where: str, bench: Bench) -> None:
    text = damaged(BOUNDS, where)
    assert scans(text, bench) == [
        (line_of(text, "where tpep"), "This leaves out the last day, which is asked for too")
    ]


@pytest.mark.parametrize(
    ("column", "lost"),
    [
        ("tpep_pickup_datetime", "the first moment of the first day"),
        ("tpep_pickup_datetime::date", "the first day"),
    ],
)
def test_a_range_that_loses_its_first_day_or_a_moment_of_it_is_named(
    column: str, lost: str, bench: Bench
) -> None:
    text = damaged(BOUNDS, f"where {column} > :startDate::date and {column} < :endDate::date + 1")
    assert scans(text, bench) == [
        (line_of(text, "where tpep"), f"This leaves out {lost}, which is asked for too")
    ]


@pytest.mark.parametrize(
    ("column", "more"),
    [
        ("tpep_pickup_datetime", "the first moment of the day after the last"),
        ("tpep_pickup_datetime::date", "the day after the last"),
    ],
)
@pytest.mark.parametrize("end", ["<= :endDate::date + 1", "<= (:endDate::date + 1)"])
def test_a_range_that_takes_in_what_comes_after_its_last_day_is_named(
    column: str, more: str, end: str, bench: Bench
) -> None:
    text = damaged(BOUNDS, f"where {column} >= :startDate::date and {column} {end}")
    assert scans(text, bench) == [
        (line_of(text, "where tpep"), f"This takes in {more}, which is not asked for")
    ]


RECURSIVE = """*/
with recursive d(day) as (
    select :startDate::date as day
    union all
    select {column} + 1 as day
    from d{more}
    where {column} < :endDate::date
)

select
    d.day, count(r.trips) as trips, 1::decimal(18, 2) as paid, 1::float8 as miles, 1::bigint as control_trips
from d
left join trips_by_hour_zone r on r.pickup_day = d.day
    and r.pickup_day >= :startDate::date
    and r.pickup_day < :endDate::date + 1
group by 1
"""


@pytest.mark.parametrize("column", ["day", "d.day"])
def test_a_part_that_counts_the_days_up_is_no_table(column: str, bench: Bench) -> None:
    text = DAYS.partition("*/")[0] + RECURSIVE.format(column=column, more="")
    assert scans(text, bench) == []


def test_a_table_beside_a_part_that_counts_up_keeps_its_rules(bench: Bench) -> None:
    more = " join calendar c on c.day = d.day and c.day < :endDate::date"
    text = DAYS.partition("*/")[0] + RECURSIVE.format(column="d.day", more=more)
    assert scans(text, bench) == [
        (line_of(text, "from d join"), "This leaves out the last day, which is asked for too")
    ]
