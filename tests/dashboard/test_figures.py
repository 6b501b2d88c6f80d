from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.answers import Answer
from dashboard.figures import controls, figures, kpi_value, left_out
from pipeline.core.reports import Kpi
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        (Kpi("", "trips", "sum"), Decimal(36)),
        (Kpi("", "trips", "mean"), Decimal(18)),
        (Kpi("", "trips", "minimum"), Decimal(10)),
        (Kpi("", "trips", "maximum"), Decimal(26)),
        (Kpi("", "fares", "mean"), Decimal("100.10")),
        (Kpi("", "fares", "sum", per="trips"), Decimal("100.10") / 36),
        (Kpi("", "fares", "sum", per="trips", format="percent"), Decimal("100.10") / 36 * 100),
        (Kpi("", "zone", "sum"), None),
        (Kpi("", "absent", "sum"), None),
    ],
)
def test_a_figure_is_exact_and_leaves_null_out(kpi: Kpi, value: Decimal | None) -> None:
    assert kpi_value(small_answer(), kpi) == value


def test_nothing_divided_by_nothing_is_not_available() -> None:
    answer = small_answer([("JFK", 7, 0, "5.00", 0, 0)])
    assert kpi_value(answer, Kpi("", "fares", "sum", per="trips")) is None


def test_figures_are_written_with_their_unit_and_the_place_of_an_extreme() -> None:
    shown = {figure.label: (figure.text, figure.detail) for figure in figures(small_answer())}
    assert shown == {
        "Trips": ("36", None),
        "Fare per trip": ("$2.78", None),
        "Card tips": ("278.1%", None),
        "Busiest": ("26", "=Midtown*, 19:00"),
    }


@pytest.mark.parametrize(
    ("topic", "label", "text", "detail"),
    [
        ("fares-revenue", "Per trip", "$15.60", None),
        ("tips", "Without a tip", "4.6%", None),
        ("payment-mix", "Change", "+1.9 points", None),
        ("airports", "Share", "9.3%", None),
        ("od-flows", "Commonest", "40,000", None),
        ("trip-length", "90% below", "6.20 mi", None),
        ("speed-hour", "Slowest hour", "6.0 mph", "Monday, 16:00"),
        ("speed-hour", "Speed", "11.5 mph", None),
        ("passengers", "Riders per trip", "1.68", None),
        ("passengers", "Alone", "70.5%", None),
        ("vendors", "Largest gap", "2,000%", "Longer than three hours"),
        ("unusual-days", "Days that stood out", "4", None),
        ("unusual-days", "Lowest", "−71.3%", "Tue 27 Jan 2015"),
        ("data-quality", "Worst check", "2.8%", "Check number 14"),
    ],
)
def test_the_figures_of_the_reports_have_their_units_and_places(
    topic: str, label: str, text: str, detail: str | None
) -> None:
    shown = {figure.label: (figure.text, figure.detail) for figure in figures(answer_to(topic))}
    assert shown[label] == (text, detail)


def test_first_and_last_are_the_first_and_the_last_known_values() -> None:
    rows = [("A", 7, None, "1.00", 0, 0), ("B", 7, 5, "1.00", 0, 0), ("C", 7, 9, "1.00", 0, 0)]
    assert kpi_value(small_answer(rows), Kpi("", "trips", "first")) == 5
    assert kpi_value(small_answer(rows), Kpi("", "trips", "last")) == 9


def test_a_small_mean_of_counts_keeps_its_fraction_and_a_large_one_does_not() -> None:
    answer = small_answer([("A", 7, 1, None, 0, 0), ("B", 7, 2, None, 0, 0)])
    report = replace(answer.report, kpis=(Kpi("Mean", "trips", "mean"),))
    assert figures(replace(answer, report=report))[0].text == "1.50"
    large = small_answer([("A", 7, 1000, None, 0, 0), ("B", 7, 2001, None, 0, 0)], report=report)
    assert figures(large)[0].text == "1,500"


def test_a_figure_without_a_value_says_so() -> None:
    only_null: Answer = small_answer([("JFK", 7, None, None, 0, 0)])
    assert {figure.text for figure in figures(only_null)} == {"n/a"}
    assert figures(only_null)[0].detail == "no row has a value"


def test_the_seed_reports_figures_are_ratios_of_sums_not_means_of_ratios() -> None:
    report = shipped_report("daily-summary")
    rows = daily_rows(days=2)
    shown = {figure.label: figure.text for figure in figures(answer_of(report, rows))}
    fares = sum(Decimal(str(row[7])) for row in rows)
    assert shown["Fare per trip"] == f"${fares / sum(int(row[8] or 0) for row in rows):.2f}"
    assert shown["Distance per trip"].endswith(" mi")


def test_what_was_left_out_is_said_with_its_reason() -> None:
    assert left_out(small_answer()) == "Left out: 2 (fare not above $0). Counted here: 36 trips."


def test_overlapping_reasons_are_never_added_up() -> None:
    said = left_out(answer_of(shipped_report("daily-summary"), daily_rows())) or ""
    assert said.count("Left out of ") == 3
    assert "A trip can be left out more than once." in said


def test_a_report_without_rules_leaves_nothing_out() -> None:
    answer = small_answer()
    without = replace(answer, columns=answer.columns[:5], records=tuple(row[:5] for row in answer.records))
    assert left_out(without) is None
    assert left_out(small_answer([])) is None


def test_an_independent_total_that_agrees_is_shown() -> None:
    (control,) = controls(small_answer())
    assert control.agrees
    assert "36" in control.sentence


def test_an_independent_total_that_differs_warns() -> None:
    (control,) = controls(small_answer([("JFK", 7, 10, "1.00", 11, 0)]))
    assert not control.agrees
    assert "11, but the rows add up to 10" in control.sentence


@pytest.mark.parametrize("cut", [{"truncated": True}, {"part_of": 2}], ids=["by its limit", "by the user"])
def test_a_cut_answer_is_not_called_wrong(cut: dict[str, int]) -> None:
    (control,) = controls(small_answer([("JFK", 7, 10, "1.00", 11, 0)], **cut))
    assert control.agrees
    assert "first of more" in control.sentence
