from __future__ import annotations

import pytest

from dashboard.answers import Answer, assemble
from dashboard.charts.notes import chart_note
from dashboard.charts.sentences import chart_sentence
from dashboard.formats import heading
from dashboard.tables import titled_columns
from pipeline.core.result_pages import Cell
from tests.dashboard.samples import pages_of, shipped_report

pytestmark = pytest.mark.fast

ZONES = shipped_report("zone-map")


def zones(asked: dict[str, str], unit: str) -> Answer:
    cells: dict[str, Cell] = {"zone": "JFK Airport", "unit": unit, "longitude": -73.8, "latitude": 40.6}
    row = tuple(cells.get(column.name, 12 if column.type == "integer" else 12.5) for column in ZONES.columns)
    return assemble(pages_of(ZONES, [row]), ZONES, asked, current=True)


@pytest.mark.parametrize(
    ("measure", "unit", "axis", "said"),
    [
        ("trips_per_square_mile", "", "Trips per square mile", "Trips per square mile: 12.5 (JFK Airport)."),
        ("tip", "$", "Tip per card trip ($)", "Tip per card trip: $12.50 (JFK Airport)."),
    ],
)
def test_a_column_of_what_was_chosen_has_the_label_of_the_choice(
    measure: str, unit: str, axis: str, said: str
) -> None:
    answer = zones({"measure": measure}, unit)
    value = answer.column("value")
    assert value is not None
    assert heading(value) == axis
    assert chart_sentence(answer, ZONES.charts[0]) == said
    assert (chart_note(answer, ZONES.charts[0]) or "").startswith(f"The area of a symbol is {value.label};")


@pytest.mark.parametrize("asked", [{}, {"measure": "of another version"}])
def test_without_a_known_choice_the_column_keeps_its_own_label(asked: dict[str, str]) -> None:
    value = zones(asked, "").column("value")
    assert value is not None
    assert value.label == "Chosen measure"


def test_the_table_shows_what_was_chosen_once_and_no_column_of_units() -> None:
    titles = list(titled_columns(zones({"measure": "trips"}, "")))
    assert titles.count("Trips") == 1
    assert not [title for title in titles if title.startswith(("Trips,", "Unit", "Chosen"))]
