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

SQL = Path(__file__).parents[2] / "sql"
REPORTS = sorted((SQL / "reports").glob("*.sql"))
VIEW = SQL / "setup" / "02-trips-view.sql"
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


def figures_of_the_rules() -> set[str]:
    """Read the figures from the view, and write them as reasons do."""
    view = VIEW.read_text(encoding="utf-8")
    found = re.search(
        r"<= (\d+) \* duration_seconds.*trip_distance > (0) and trip_distance <= (\d+) .*"
        r"duration_seconds >= (\d+) and duration_seconds <= (\d+) \* 60 .*total_amount < (\d+) ",
        view,
        re.DOTALL,
    )
    assert found is not None
    speed, nothing, miles, shortest_seconds, longest, total = map(int, found.groups())
    return {f"{figure:,}" for figure in (speed, nothing, miles, shortest_seconds // 60, longest, total)}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_only_reasons_name_figures_of_the_rules_and_they_are_those_of_the_view(report: Path) -> None:
    declaration, _, _ = report.read_text(encoding="utf-8").partition("*/")
    reasons = [column.get("reason", "") for column in tomllib.loads(declaration.strip()[2:])["columns"]]
    others = re.sub(r"^reason = .*$", "", declaration, flags=re.MULTILINE)

    assert [figure[0] for figure in FIGURES.finditer(others)] == []
    named = {figure for reason in reasons for figure in re.findall(r"\d[\d,]*\d|\d", reason)}
    assert named <= figures_of_the_rules()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.stem)
def test_a_report_reads_only_what_reports_may_read(report: Path) -> None:
    tree = query(report)
    own = {common.alias for common in tree.find_all(exp.CTE)}

    read = {table.name for table in tree.find_all(exp.Table)} - own
    assert read <= set(granted())
