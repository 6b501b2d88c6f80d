"""Every report gives the answer that its twin gives, through the Data API, over the same rows."""

from __future__ import annotations

import pytest

from pipeline.core.parameters import validate_parameters
from tests.reports.cases import Case, cases_of
from tests.reports.comparison import differences
from tests.reports.shipped import TOPICS, report_of, twin_file, twin_of
from tests.reports.twins.common.rows import Export
from tests.reports.warehouse import Warehouse

CASES = [case for topic in TOPICS if twin_file(topic).exists() for case in cases_of(topic)]


THE_SIXTEEN = (
    "about-the-data",
    "airports",
    "daily-summary",
    "data-quality",
    "demand-hour-weekday",
    "fares-revenue",
    "od-flows",
    "passengers",
    "payment-mix",
    "speed-hour",
    "tips",
    "trip-length",
    "trip-list",
    "unusual-days",
    "vendors",
    "zone-map",
)


def test_the_sixteen_reports_are_shipped() -> None:
    assert TOPICS == THE_SIXTEEN


@pytest.mark.parametrize("topic", TOPICS)
def test_every_report_has_a_twin(topic: str) -> None:
    assert twin_file(topic).exists(), f"write {twin_file(topic)} from the question, the columns and the rules"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.topic}: {case.words}")
def test_a_report_answers_as_its_twin_does(case: Case, warehouse: Warehouse, export: Export) -> None:
    report, twin = report_of(case.topic), twin_of(case.topic)
    parameters = validate_parameters(report, case.parameters)
    assert parameters == case.parameters, "a case names every parameter of its report"

    answer = warehouse.answer(report.statement_sql, parameters)

    found = differences(answer, twin.COLUMNS, twin.answer(export, parameters))
    assert not found, "\n".join(found)
    assert answer.columns == {column.name: column.type for column in report.columns}
    assert list(answer.columns) == [column.name for column in report.columns]
