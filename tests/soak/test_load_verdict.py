"""The last lines of a load: what was lost, who was away for too long, and what the stand-in holds more of."""

from __future__ import annotations

import pytest

from tests.simulation.facts import Fact, LinkShowed, Pressed, Showed
from tests.soak.load_verdict import judge_load
from tests.soak.meter import Reading
from tests.soak.verdict import Verdict, history_of

pytestmark = pytest.mark.fast

OWNER, PAGE = "ada", "ada.0"
BEFORE = [Reading(0, 300, 90, 2000), Reading(60, 301, 100, 2100)]
CUT = LinkShowed(10, PAGE, "live", "reconnecting")


def asked(query_id: str, phase: str = "finished") -> list[Fact]:
    return [
        Pressed(1, PAGE, OWNER, query_id),
        Showed(1, PAGE, OWNER, query_id, None, "sending"),
        Showed(1.5, PAGE, OWNER, query_id, "sending", phase),
    ]


def back(at: float) -> LinkShowed:
    return LinkShowed(at, PAGE, "reconnecting", "live")


def said_of(facts: list[Fact], last: Reading = BEFORE[-1]) -> Verdict:
    return judge_load(history_of(facts, calm_from=500), [], [BEFORE, [*BEFORE, last]], {"links cut": 1}, [])


def test_answers_and_a_socket_that_is_soon_back_are_good() -> None:
    verdict = said_of([*asked("q1"), *asked("q2"), CUT, back(12)])
    assert verdict.is_good, verdict.lines
    assert verdict.lines[:5] == [
        "press to answer: 500 ms median, 0.5 s at most",
        "1 times away, 2.0 s at most",
        "megabytes: 300 at first, 301 at last",
        "threads: 90 at first, 100 at last",
        "descriptors: 2000 at first, 2100 at last",
    ]


def test_a_query_that_failed_is_lost() -> None:
    verdict = said_of([*asked("q1"), *asked("q2"), *asked("q3", "failed"), CUT, back(12)])
    assert not verdict.is_good
    assert "Lost: {'failed': 1}." in verdict.lines


@pytest.mark.parametrize("later", [back(41), LinkShowed(41, PAGE, "reconnecting", "offline")])
def test_a_socket_that_is_not_back_after_half_a_minute_is_late(later: LinkShowed) -> None:
    verdict = said_of([*asked("q1"), CUT, later])
    assert not verdict.is_good
    assert "1 sockets were away for more than 30 s." in verdict.lines


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (Reading(120, 301, 301, 2100), "It has 301 threads, and had 100 at most a round before."),
        (Reading(120, 301, 100, 2301), "It has 2301 descriptors, and had 2100 at most a round before."),
    ],
)
def test_what_grows_from_round_to_round_is_named(last: Reading, said: str) -> None:
    verdict = said_of([*asked("q1"), CUT, back(12)], last)
    assert not verdict.is_good
    assert said in verdict.lines


def test_the_growth_of_memory_is_told_of_a_long_load() -> None:
    verdict = said_of([*asked("q1"), CUT, back(12)], Reading(3600, 330, 100, 2100))
    assert not any("in an hour" in line for line in verdict.lines), "of one reading nothing can be said"
    hours = [BEFORE, [Reading(at, 300 + at / 240, 90, 2000) for at in (400, 1000, 3600)]]
    verdict = judge_load(history_of([*asked("q1"), CUT, back(12)], 500), [], hours, {}, [])
    assert "memory grows by 5.0% in an hour" in verdict.lines


def test_where_nothing_was_answered_that_is_said() -> None:
    verdict = said_of(asked("q1", "failed"))
    assert not verdict.is_good
    assert verdict.lines[0] == "0 times away, 0.0 s at most"
