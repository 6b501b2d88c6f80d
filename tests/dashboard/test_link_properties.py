from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.links import read_link
from pipeline.core.parameters import validate_parameters
from tests.dashboard.samples import shipped_report
from tests.pipeline.properties import PROPERTY, any_text, hostile_text

pytestmark = pytest.mark.fast

REPORTS = {name: shipped_report(name) for name in ("daily-summary", "demand-hour-weekday", "trip-list")}
names = st.sampled_from(["topicName", "queryId", "startDate", "endDate", "borough"]) | any_text
values = st.sampled_from([*REPORTS, "2015-02-28", "2015-12-31", "Queens"]) | any_text | hostile_text


@given(st.sampled_from([*REPORTS]), st.dictionaries(names, values, max_size=5), st.lists(names, max_size=2))
@PROPERTY
def test_any_link_to_a_report_is_a_question_that_can_be_asked(
    topic_name: str, given_: dict[str, str], twice: list[str]
) -> None:
    address = {**given_, "topicName": topic_name}
    link = read_link(address, [*REPORTS.values()], [name for name in twice if name in address])
    assert link.question is not None
    parameters = link.question.parameters
    assert validate_parameters(REPORTS[topic_name], parameters) == parameters
    assert all(complaint.endswith(".") and complaint.isprintable() for complaint in link.complaints)


@given(st.dictionaries(names, values, max_size=5))
@PROPERTY
def test_any_link_at_all_is_read(given_: dict[str, str]) -> None:
    link = read_link(given_, [*REPORTS.values()])
    assert link.question is not None or link.query_id is None
