"""What holds for the SQL of every report."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from infra.reports.rights import granted

pytestmark = pytest.mark.fast

REPORTS = sorted((Path(__file__).parents[2] / "sql" / "reports").glob("*.sql"))
# What the five rules of the view look at.
JUDGED = {
    "trip_distance",
    "duration_minutes",
    "duration_seconds",
    "fare_amount",
    "total_amount",
    "pulocationid",
    "dolocationid",
}
# The figures of those rules, as prose would write them.
FIGURES = re.compile(
    r"\b100 mi|\b(3|three) hours|\b180 min|\b(1|one) minute\b|above \$0|\$1,000|\b65 (mph|miles)|\bzones? 26[345]"
)
COMPARISONS = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.Between, exp.In)


def query(report: Path) -> exp.Expr:
    _, _, sql = report.read_text(encoding="utf-8").partition("*/")
    return sqlglot.parse_one(re.sub(r"(?<!:):(\w+)", r"'\1'", sql), read="redshift")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_no_report_repeats_a_threshold_of_the_rules(report: Path) -> None:
    repeated = [
        comparison.sql()
        for comparison in query(report).find_all(*COMPARISONS)
        if any(column.name in JUDGED for column in comparison.find_all(exp.Column))
        and any(literal.is_number for literal in comparison.find_all(exp.Literal))
    ]

    assert repeated == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_no_words_of_a_report_repeat_a_figure_of_the_rules(report: Path) -> None:
    declaration, _, _ = report.read_text(encoding="utf-8").partition("*/")
    reasons = [column.get("reason", "") for column in tomllib.loads(declaration.strip()[2:])["columns"]]

    assert [figure[0] for figure in FIGURES.finditer(declaration)] == []
    assert [reason for reason in reasons if re.search(r"\d", reason)] == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_a_report_reads_only_what_reports_may_read(report: Path) -> None:
    tree = query(report)
    own = {common.alias for common in tree.find_all(exp.CTE)}

    read = {table.name for table in tree.find_all(exp.Table)} - own
    assert read <= set(granted())
