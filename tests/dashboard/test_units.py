from __future__ import annotations

import pytest

from dashboard.answers import assemble
from dashboard.charts.histogram import histogram, marks_of
from dashboard.figures import figures
from dashboard.formats import measured
from dashboard.units import with_units
from pipeline.core.reports import Column
from pipeline.core.result_pages import Cell
from tests.dashboard.samples import pages_of, shipped_report

pytestmark = pytest.mark.fast

UNIT = Column("unit", "text", "Unit", "dimension")
MEDIAN = Column("median", "double", "Median", "measure", unit_from="unit")


@pytest.mark.parametrize(
    ("units", "unit"),
    [(["mi"], "mi"), (["mi", "mi"], "mi"), (["mi", "min"], None), ([None], None), ([], None)],
)
def test_a_unit_is_the_one_that_every_row_names(units: list[Cell], unit: str | None) -> None:
    columns = with_units([MEDIAN, UNIT], [(1.0, cell) for cell in units])
    assert [column.unit for column in columns] == [unit, None]


def test_a_column_whose_unit_did_not_come_has_none() -> None:
    assert with_units([MEDIAN], [(1.0,)]) == (MEDIAN,)


@pytest.mark.parametrize(
    ("unit", "told"), [("$", "$12.50"), ("mi", "12.50 mi"), ("min", "12.5 min"), ("trips", "12.5 trips")]
)
def test_a_number_is_written_as_numbers_of_its_unit_are(unit: str, told: str) -> None:
    column, _ = with_units([MEDIAN, UNIT], [(12.5, unit)])
    assert measured(12.5, column) == told


@pytest.mark.parametrize(
    ("unit", "bin_width", "median", "p90"), [("mi", 0.5, "1.70", "6.50"), ("min", 1.0, "1.7", "6.5")]
)
def test_the_length_of_trips_is_told_in_what_was_asked_for(
    unit: str, bin_width: float, median: str, p90: str
) -> None:
    report = shipped_report("trip-length")
    chart = report.charts[0]
    values: dict[str, Cell] = {
        "bin_width": bin_width,
        "bin": f"0 to {bin_width} {unit}",
        "unit": unit,
        "median": 1.7,
        "p90": 6.5,
    }
    rows = [
        tuple(
            values.get(column.name, start * bin_width if column.name == "bin_from" else 2)
            for column in report.columns
        )
        for start in range(2)
    ]
    answer = assemble(pages_of(report, rows), report, {}, current=True)
    assert [figure.text for figure in figures(answer)][:2] == [f"{median} {unit}", f"{p90} {unit}"]
    assert [words for _, words in marks_of(answer, chart)] == [
        f"Median {median} {unit}",
        f"90 % are below {p90} {unit}",
    ]
    assert histogram(answer, chart).layout.xaxis.title.text == f"Length from ({unit})"
