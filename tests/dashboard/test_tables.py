from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from dashboard.formats import category_text, cell_text
from dashboard.tables import (
    rounded_frame,
    titled_columns,
    total_sentence,
    typed_frame,
)
from pipeline.core.reports import Chart, Column
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, hourly_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


def test_a_table_has_readable_headings_with_units_and_no_repeated_totals() -> None:
    assert list(titled_columns(small_answer())) == ["Zone", "Hour", "Trips", "Fares ($)"]


def test_the_halves_of_a_ratio_stand_in_the_file_and_not_in_the_table() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    assert list(titled_columns(answer)) == [
        "Day",
        "Trips",
        "Fare per trip ($)",
        "Paid in all ($)",
        "Distance per trip (mi)",
        "Duration per trip (min)",
        "Tip on card payments (% of the fare)",
    ]
    assert {"fares", "fare_trips", "miles", "card_fares"} <= {column.name for column in answer.columns}


def test_the_bands_of_tips_are_named_and_their_order_is_that_of_the_rows() -> None:
    card = ("Card", "No tip", 31, 77.5, "0.00", "390.00", 0.0, 31, 31, 40, 2, 0)
    titles = list(titled_columns(answer_of(shipped_report("tips"), [card])))
    assert titles[:3] == ["Paid by", "Tip, of the fare", "Trips"]


def test_a_ratio_to_a_column_that_is_shown_hides_nothing() -> None:
    assert "Fares ($)" in titled_columns(small_answer())


def test_a_half_that_a_chart_draws_stays_in_the_table() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    report = replace(answer.report, charts=(Chart("line", "Miles", "pickup_date", ("miles",)),))
    assert "Miles (mi)" in titled_columns(replace(answer, report=report))


def test_two_columns_of_one_heading_both_stay() -> None:
    answer = small_answer()
    zone, hour, *others = answer.columns
    twins = replace(answer, columns=(zone, replace(hour, label="Zone"), *others))
    assert list(titled_columns(twins))[:2] == ["Zone, zone", "Zone, hour"]


def test_decimals_stay_exact_and_null_stays_none() -> None:
    fares = list(typed_frame(small_answer())["Fares ($)"])
    assert fares == [Decimal("100.10"), None]


def test_days_are_days() -> None:
    frame = typed_frame(answer_of(shipped_report("daily-summary"), daily_rows()))
    assert frame["Day"].iloc[0] == date(2015, 6, 1)


def test_moments_are_moments_and_are_written_to_the_second() -> None:
    column = Column("at", "timestamp", "Picked up", "dimension", format="date")
    answer = replace(small_answer(), columns=(column,), records=(("2015-06-01T00:03:53.000000",), (None,)))
    moment, missing = typed_frame(answer)["Picked up"]
    assert moment == datetime.fromisoformat("2015-06-01T00:03:53")
    assert cell_text(moment, column.format) == "2015-06-01 00:03:53"
    assert category_text("2015-06-01T00:03:53.000000", column) == "2015-06-01 00:03:53"
    assert missing is None


def test_counts_are_added_up_and_averages_are_not() -> None:
    assert total_sentence(small_answer()) == "All 2 rows. Trips in all: 36."
    assert total_sentence(small_answer([("JFK", 1, 5, "1", 5, 0)])) == ("1 row. Trips in all: 5.")


def test_the_first_of_more_rows_are_not_added_up() -> None:
    assert total_sentence(small_answer(part_of=5)) == "The first 2 of 5 rows."
    assert total_sentence(small_answer(truncated=True)) == "The first 2 rows of more: the report's limit."


def test_rows_that_overlap_are_not_added_up() -> None:
    assert total_sentence(answer_to("data-quality")) == "All 15 rows."


def test_what_is_the_same_in_each_row_and_stands_among_the_figures_is_no_column() -> None:
    assert list(titled_columns(answer_to("trip-length"))) == ["Distance (mi)", "Length", "Trips"]
    assert "Change (points)" not in titled_columns(answer_to("payment-mix"))


def test_a_figure_of_the_first_row_that_differs_in_others_stays_a_column() -> None:
    assert "Trips" in titled_columns(answer_to("od-flows"))


def test_a_number_that_only_orders_names_is_said_by_the_names() -> None:
    answer = answer_of(shipped_report("demand-hour-weekday"), hourly_rows())
    titles = list(typed_frame(answer))
    assert "Weekday" in titles
    assert "Hour of day" in titles
    assert "Weekday (1 = Monday)" not in titles


def test_whole_numbers_by_declaration_are_shown_whole_and_kept_exact_in_the_file() -> None:
    answer = answer_of(shipped_report("demand-hour-weekday"), hourly_rows())
    exact, shown = typed_frame(answer)["Trips per such hour"], rounded_frame(answer)["Trips per such hour"]
    assert any(value != round(value) for value in exact)
    assert list(shown) == [round(value) for value in exact]
