"""What visitors saw is judged as what pages heard: a killed dashboard makes new pages, and a press may go unlearned."""

from __future__ import annotations

import pytest

from dashboard.links import read_link
from tests.dashboard.samples import shipped_report
from tests.fakes.ports import JUNE
from tests.simulation.facts import Executed, Left, Pressed, Showed, Struck
from tests.simulation.messages import TOPIC
from tests.soak.browser import asked_before, told_apart, without_unlearned
from tests.soak.dashboard import OWNER
from tests.soak.tab import UNLEARNED, Look, question_link

pytestmark = pytest.mark.fast

PRESSED = Pressed(1, "tab-1", OWNER, "q1")
SHOWN = Showed(9, "tab-1", OWNER, "q1", None, "finished")
PRESSED_IN_VAIN = Struck(2, UNLEARNED, "tab-1", (0, 0))


def executed(query_id: str, owner: str = OWNER) -> Executed:
    return Executed(3, 0, (owner, query_id), f"statement of {query_id}", JUNE)


def look(
    word: str | None = None, *, query_id: str = "q1", is_calm: bool = True, has_answer: bool = False
) -> Look:
    return Look(query_id, is_calm, word, has_answer)


class TestLook:
    def test_an_answer_without_a_card_is_the_end_of_its_query(self) -> None:
        assert look(has_answer=True).end == "finished"

    def test_an_earlier_answer_beside_a_card_that_runs_is_no_end(self) -> None:
        assert look("Running", has_answer=True).end is None

    def test_a_page_that_is_being_drawn_says_nothing(self) -> None:
        assert look("Failed", is_calm=False).end is None

    def test_an_answer_of_no_query_is_no_end(self) -> None:
        assert look(query_id="", has_answer=True).end is None

    def test_neither_card_nor_answer_is_no_end(self) -> None:
        assert look().end is None

    @pytest.mark.parametrize(
        ("word", "phase"),
        [
            ("Failed", "failed"),
            ("Cancelled", "cancelled"),
            ("Not accepted", "refused"),
            ("Forgotten", "unknown"),
        ],
    )
    def test_a_card_says_how_it_ended(self, word: str, phase: str) -> None:
        assert look(word).end == phase


@pytest.mark.parametrize("month", [1, 2, 12])
def test_what_a_page_asks_is_a_question_that_the_dashboard_understands(month: int) -> None:
    link = read_link(question_link(month), [shipped_report(TOPIC)], [])
    assert link.complaints == ()
    assert link.question is not None
    assert link.question.topic_name == TOPIC


def test_a_page_has_another_name_after_each_kill_and_left_before_it() -> None:
    assert list(told_apart([PRESSED, SHOWN], kills=[5, 20])) == [
        PRESSED._replace(who="tab-1.0"),
        SHOWN._replace(who="tab-1.1"),
        Left(5, "tab-1.0"),
        Left(20, "tab-1.1"),
    ]


def test_what_comes_from_a_press_that_nobody_learned_of_is_left_out() -> None:
    statements = [executed("q1"), executed("q2"), executed("q2")]
    assert list(without_unlearned(statements, [PRESSED, PRESSED_IN_VAIN])) == [executed("q1")]


def test_no_more_is_left_out_than_there_were_such_presses() -> None:
    statements = [executed("q2"), executed("q3")]
    assert list(without_unlearned(statements, [PRESSED, PRESSED_IN_VAIN])) == [executed("q3")]


def test_what_others_ask_for_is_never_left_out() -> None:
    assert list(without_unlearned([executed("q2", "ada")], [PRESSED_IN_VAIN])) == [executed("q2", "ada")]


def test_only_presses_of_the_browser_before_the_calm_are_counted() -> None:
    others = Pressed(1, "ada.0", "ada", "q7")
    assert asked_before(5, [PRESSED, others, PRESSED._replace(at=6, query_id="q2"), SHOWN]) == 1
