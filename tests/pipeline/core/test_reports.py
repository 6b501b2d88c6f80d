from __future__ import annotations

from dataclasses import asdict

import pytest

from pipeline.core.reports import UNDESCRIBED, Catalogue, Kpi, Report
from pipeline.core.schema import from_wire, to_wire
from tests.fakes.others import DATA
from tests.pipeline.builders import report

pytestmark = pytest.mark.fast


def test_the_statement_is_the_select_and_a_limit_of_one_row_more_on_its_own_line() -> None:
    assert report(sql="select 1", maximum_rows=400).statement_sql == "select 1\nlimit 401"


def test_a_comment_at_the_end_of_the_select_does_not_swallow_the_limit() -> None:
    assert report(sql="select 1 -- done").statement_sql.splitlines()[-1] == "limit 6"


def test_parameters_and_columns_are_found_by_name() -> None:
    asked = report()
    assert [getattr(asked.parameter(name), "label", None) for name in ("endDate", "no")] == ["To", None]
    assert [getattr(asked.column(name), "label", None) for name in ("trips", "no")] == ["Trips", None]


def test_a_report_is_served_field_for_field() -> None:
    served = to_wire(report())
    assert set(served) == {
        "topicName", "version", "sql", "sqlLine", "title", "question", "maintainer", "usualSeconds",
        "deadlineSeconds", "maximumRows", "groups", "parameters", "columns", "kpis", "notes", "charts",
        "example", "maximumDays", "wholeYear",
    }  # fmt: skip
    assert from_wire(Report, served) == report()


def test_a_report_of_an_older_pipeline_is_read() -> None:
    newer = {"sqlLine", "example", "maximumDays", "wholeYear"}
    served = {name: value for name, value in to_wire(report()).items() if name not in newer}
    assert from_wire(Report, served) == report(sql_line=1)


def test_a_catalogue_survives_the_wire() -> None:
    catalogue = Catalogue((report(kpis=(Kpi("Trips", "trips", "sum"),)),), DATA, ())
    assert from_wire(Catalogue, to_wire(catalogue), refuse_unknown=False) == catalogue


def test_data_that_does_not_say_what_it_is_counts_as_synthetic() -> None:
    assert asdict(UNDESCRIBED)["synthetic"] is True
    assert UNDESCRIBED.source == "The data does not say what it is"
