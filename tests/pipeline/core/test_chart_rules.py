"""Each kind of chart takes its own axes."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.core.chart_rules import AXES, chart_faults
from pipeline.core.declarations import parse_report
from pipeline.core.reports import Chart, ChartKind, Column, Declaration
from tests.pipeline.core.analyst_file import changed, line_of, problem

pytestmark = pytest.mark.fast

COLUMNS = (
    Column("zone", "text", "Zone", "dimension"),
    Column("longitude", "double", "Longitude", "dimension"),
    Column("latitude", "double", "Latitude", "dimension"),
    Column("trips", "integer", "Trips", "measure"),
    Column("fares", "decimal", "Fares", "measure"),
)
FITTING: dict[ChartKind, Chart] = {
    "bar": Chart("bar", "", "zone", ("trips", "fares")),
    "line": Chart("line", "", "zone", ("trips",)),
    "ranked": Chart("ranked", "", "zone", ("trips",), label="zone"),
    "histogram": Chart("histogram", "", "zone", ("trips",)),
    "heatmap": Chart("heatmap", "", "zone", ("longitude",), value="trips"),
    "dumbbell": Chart("dumbbell", "", "zone", ("trips", "fares")),
    "map": Chart("map", "", "longitude", ("latitude",), value="trips", label="zone"),
}


def faults(chart: Chart) -> list[tuple[str, str]]:
    declaration = Declaration("", "", "", 1, 1, 1, (), COLUMNS, charts=(chart,))
    return list(chart_faults(declaration))


def test_every_kind_has_its_axes() -> None:
    assert set(AXES) == set(FITTING) == set(get_args(ChartKind))


@pytest.mark.parametrize("kind", FITTING)
def test_a_chart_with_the_axes_of_its_kind_is_taken(kind: ChartKind) -> None:
    assert faults(FITTING[kind]) == []


@pytest.mark.parametrize(
    "chart",
    [
        Chart("line", "", "longitude", ("trips",), series="zone", panels="zone", label="zone"),
        Chart("bar", "", "longitude", ("trips",), series="zone", panels="zone", label="zone"),
        Chart("ranked", "", "zone", ("trips", "fares")),
        Chart("histogram", "", "longitude", ("trips",), marks=("fares", "trips"), label="zone"),
        Chart("dumbbell", "", "zone", ("trips", "fares"), label="zone"),
    ],
)
def test_a_chart_may_have_more_than_it_needs(chart: Chart) -> None:
    assert faults(chart) == []


@pytest.mark.parametrize(
    ("chart", "fault"),
    [
        (Chart("line", "", "zone", ("trips", "trips")), ("charts[0].y", "Column trips stands in y twice.")),
        (Chart("bar", "", "trips", ("trips",)), ("charts[0].x", "Column trips stands in x and in y.")),
        (
            Chart("heatmap", "", "zone", ("zone",), value="trips"),
            ("charts[0].x", "Column zone stands in x and in y."),
        ),
        (
            Chart("ranked", "", "zone", ("longitude",)),
            ("charts[0].y", "Column longitude is a dimension; a measure is needed here."),
        ),
        (Chart("bar", "", "zone", ()), ("charts[0].y", "A bar chart has at least one column in y.")),
        (
            Chart("map", "", "longitude", (), value="trips"),
            ("charts[0].y", "A map chart has one column in y."),
        ),
        (
            Chart("dumbbell", "", "zone", ("trips",)),
            ("charts[0].y", "A dumbbell chart has two columns in y."),
        ),
        (
            Chart("heatmap", "", "zone", ("longitude",)),
            ("charts[0]", "A heatmap chart needs value, the column that it shows."),
        ),
        (
            Chart("line", "", "zone", ("trips",), value="fares"),
            ("charts[0].value", "A line chart takes no value: its measure stands in y."),
        ),
        (
            Chart("heatmap", "", "zone", ("longitude",), value="trips", label="zone"),
            ("charts[0].label", "A heatmap chart takes no label."),
        ),
        (
            Chart("ranked", "", "zone", ("trips",), series="zone"),
            ("charts[0].series", "A ranked chart takes no series."),
        ),
        (
            Chart("map", "", "longitude", ("latitude",), value="trips", panels="zone"),
            ("charts[0].panels", "A map chart takes no panels."),
        ),
        (
            Chart("line", "", "longitude", ("trips",), marks=("fares",)),
            ("charts[0].marks", "A line chart takes no marks."),
        ),
        (
            Chart("line", "", "zone", ("trips",), series="way"),
            ("charts[0].series", "There is no column way."),
        ),
        (Chart("bar", "", "zone", ("trips",), panels="way"), ("charts[0].panels", "There is no column way.")),
        (
            Chart("line", "", "zone", ("trips", "fares"), series="zone"),
            ("charts[0].series", "With series, y names one column, whose lines are the values of series."),
        ),
        (
            Chart("line", "", "zone", ("trips",), series="fares"),
            ("charts[0].series", "Column fares is a measure; a dimension is needed here."),
        ),
        (
            Chart("line", "", "zone", ("trips",), panels="fares"),
            ("charts[0].panels", "Column fares is a measure; a dimension is needed here."),
        ),
        (
            Chart("ranked", "", "zone", ("trips", "fares"), label="zone"),
            ("charts[0].label", "A ranking of several columns is named by them: it takes no label."),
        ),
        (
            Chart("histogram", "", "longitude", ("trips",), marks=("zone",)),
            ("charts[0].marks", "Column zone is text; a number is needed here."),
        ),
        (
            Chart("histogram", "", "zone", ("trips",), marks=("fares",)),
            ("charts[0].marks", "marks stand on an axis of numbers, and zone is text."),
        ),
        (
            Chart("line", "", "trips", ("zone",)),
            ("charts[0].y", "Column zone is text; a number is needed here."),
        ),
        (
            Chart("map", "", "zone", ("latitude",), value="trips"),
            ("charts[0].x", "Column zone is text; a number is needed here."),
        ),
        (
            Chart("map", "", "longitude", ("latitude",), value="trips", label="name"),
            ("charts[0].label", "There is no column name."),
        ),
    ],
)
def test_a_chart_with_other_axes_is_named_with_its_place(chart: Chart, fault: tuple[str, str]) -> None:
    assert faults(chart) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('column = "trips"', 'column = "rides"', "column"),
        ('aggregate = "sum"', 'aggregate = "sum"\nper = "rides"', "per"),
        ('aggregate = "sum"', 'aggregate = "minimum"\nat = ["rides"]', "at ="),
        ('x = "day"', 'x = "rides"', "x ="),
        ('y = ["trips"]', 'y = ["rides"]', "y ="),
    ],
)
def test_a_figure_or_chart_of_a_column_that_is_not_there_is_named(old: str, new: str, at: str) -> None:
    text = changed(old, new)
    beginning = text[: text.index("[[kpis]]")]
    assert problem(text) == (
        beginning.count("\n") + line_of(text.removeprefix(beginning), at),
        "There is no column rides.",
    )


def test_a_figure_adds_up_numbers_only() -> None:
    assert problem(changed('column = "trips"', 'column = "day"'))[1] == (
        "Column day is date; a number is needed here."
    )


@pytest.mark.parametrize("aggregate", ["sum", "first"])
def test_only_extremes_stand_somewhere(aggregate: str) -> None:
    text = changed('aggregate = "sum"', f'aggregate = "{aggregate}"\nat = ["day"]')
    assert problem(text)[1] == "at says where a minimum or a maximum stands; this figure is neither."


@pytest.mark.parametrize("aggregate", ["sum", "mean", "minimum", "maximum", "first", "last"])
def test_each_aggregate_may_be_declared(aggregate: str) -> None:
    text = changed('aggregate = "sum"', f'aggregate = "{aggregate}"')
    assert parse_report("trips", text.encode(), {}).kpis[0].aggregate == aggregate
