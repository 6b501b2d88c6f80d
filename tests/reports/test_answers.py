"""Every report gives the answer that its twin gives, through the Data API, over the same rows."""

from __future__ import annotations

import pytest

from pipeline.core.parameters import validate_parameters
from tests.reports.cases import Case, cases_of
from tests.reports.comparison import differences
from tests.reports.shipped import THE_SIXTEEN, report_file, report_of, twin_of
from tests.reports.twins.common.rows import Export
from tests.reports.warehouse import Warehouse

CASES = [case for topic in THE_SIXTEEN for case in cases_of(topic)]


def test_the_sixteen_reports_are_shipped() -> None:
    assert [topic for topic in THE_SIXTEEN if not report_file(topic).exists()] == []


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
