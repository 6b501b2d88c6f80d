from __future__ import annotations

import pytest

from dashboard.questions import (
    Question,
    conditions,
    day_of,
    default_question,
    has_period,
    other_parameters,
    sentence,
)
from dashboard.starters import STARTERS
from pipeline.core.parameters import validate_parameters
from tests.dashboard.samples import shipped_report, small_report

pytestmark = pytest.mark.fast


def test_a_question_is_said_with_the_forms_own_words() -> None:
    report = shipped_report("demand-hour-weekday")
    question = Question(
        report.topic_name, {"startDate": "2015-06-01", "endDate": "2015-06-30", "borough": "Queens"}
    )
    assert sentence(report, question) == "Demand by hour and weekday, 1–30 June 2015, Picked up in: Queens"
    assert conditions(report, question) == "1–30 June 2015, Picked up in: Queens"


def test_each_type_of_parameter_is_said_in_words() -> None:
    report = small_report()
    said = sentence(report, default_question(report))
    assert said == (
        "Small report, How many: 25, Airport: All airports, Share: 2.5, Word: yellow, Nights only: no, "
        "Day: Fri 5 Jun 2015"
    )


def test_a_question_whose_report_has_gone_can_still_be_said() -> None:
    assert sentence(None, Question("gone", {"top": "5"})) == "gone, top 5"


def test_the_period_takes_the_two_days_out_of_the_other_parameters() -> None:
    report = shipped_report("demand-hour-weekday")
    assert has_period(report)
    assert [parameter.name for parameter in other_parameters(report)] == ["borough"]
    assert not has_period(small_report())


def test_what_is_no_day_is_none() -> None:
    assert day_of("2015-02-30") is None
    assert day_of(None) is None


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.label)
def test_every_starter_asks_something_that_its_report_accepts(starter: object) -> None:
    question = starter.question  # type: ignore[attr-defined]  # parametrized by STARTERS
    validate_parameters(shipped_report(question.topic_name), question.parameters)
