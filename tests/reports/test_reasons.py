"""What a report leaves out it leaves out by a rule, and says by which one."""

from __future__ import annotations

import pytest

from tests.reports.shipped import THE_SIXTEEN, report_of

pytestmark = pytest.mark.fast


@pytest.mark.parametrize("name", THE_SIXTEEN)
def test_a_reason_is_a_rule_and_no_opinion(name: str) -> None:
    reasons = [column.reason or "" for column in report_of(name).columns if column.role == "excluded"]
    assert all(reasons)
    assert not [reason for reason in reasons if "believ" in reason]


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        ("without_fare", "fare or total of $0 or less, or a total of $1,000 or more"),
        ("without_distance", "0 or more than 100 miles"),
        ("without_duration", "less than 1 or more than 180 minutes"),
    ],
)
def test_the_same_rule_has_the_same_words_in_every_report(without: str, reason: str) -> None:
    columns = [column for name in THE_SIXTEEN for column in report_of(name).columns]
    assert {column.reason for column in columns if column.name == without} == {reason}
