"""A report that is broken in one place gives another answer than its twin: the comparison is not blind."""

from __future__ import annotations

import pytest

from pipeline.core.parameters import validate_parameters
from tests.reports.breaks import BREAKS, Break
from tests.reports.cases import cases_of
from tests.reports.comparison import differences
from tests.reports.shipped import THE_SIXTEEN, report_of, twin_of
from tests.reports.twins.common.rows import Export
from tests.reports.warehouse import Warehouse

BROKEN = [(topic, broken) for topic in BREAKS for broken in BREAKS[topic]]


def test_every_shipped_report_is_broken_in_three_ways_at_least() -> None:
    assert sorted(BREAKS) == list(THE_SIXTEEN)
    assert all(len(breaks) >= 3 for breaks in BREAKS.values())


@pytest.mark.parametrize(
    ("topic", "broken"), BROKEN, ids=[f"{topic}: {broken.words}" for topic, broken in BROKEN]
)
def test_the_twin_notices(topic: str, broken: Break, warehouse: Warehouse, export: Export) -> None:
    report, twin = report_of(topic), twin_of(topic)
    first = next(iter(cases_of(topic)))
    parameters = validate_parameters(report, {**first.parameters, **broken.question})

    answer = warehouse.answer(broken.broken(report.statement_sql), parameters)

    assert set(answer.columns.items()) == set(twin.COLUMNS.items()), "it is the values that must differ"
    assert differences(answer, twin.COLUMNS, twin.answer(export, parameters))
