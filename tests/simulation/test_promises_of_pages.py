"""One id, two questions: who may be told of the answer."""

from __future__ import annotations

import pytest

from tests.pipeline.builders import QUERY_ID
from tests.simulation.broken import ENDED, OTHER_DATES, SCRIPT, STARTED, heard, history, sent, violated
from tests.simulation.facts import Fact
from tests.simulation.messages import run_message

pytestmark = pytest.mark.fast

OTHER = sent(2, run_message(QUERY_ID, OTHER_DATES), SCRIPT)
ANSWER = heard(type="finished")._replace(who=SCRIPT)


@pytest.mark.parametrize(
    "also",
    [
        sent(3, run_message(QUERY_ID), SCRIPT),
        sent(3, {"action": "cancel", "queryId": QUERY_ID}, SCRIPT),
        sent(3, {"action": "resume", "queryIds": [QUERY_ID]}, SCRIPT),
    ],
)
def test_who_also_asked_for_the_query_itself_may_be_told_of_it(also: Fact) -> None:
    assert violated(history(*STARTED, *ENDED, OTHER, ANSWER)) == ["mistaken"]
    assert violated(history(*STARTED, *ENDED, OTHER, also, ANSWER)) == []


def test_a_refusal_is_no_answer() -> None:
    refusal = heard(type="error", code="query_conflict")._replace(who=SCRIPT)
    assert violated(history(*STARTED, *ENDED, OTHER, refusal)) == []
