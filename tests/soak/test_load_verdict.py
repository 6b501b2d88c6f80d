"""The last lines of a load: what was lost, who was away for too long, and what the stand-in holds more of."""

from __future__ import annotations

import pytest

from tests.simulation.facts import Fact, LinkShowed, Pressed, Showed
from tests.soak.load_verdict import Watched, judge_load
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
    return watched(facts, Watched([BEFORE, [*BEFORE, last]], []))


def watched(facts: list[Fact], what: Watched) -> Verdict:
    return judge_load(history_of(facts, calm_from=5000), [], what, {"links cut": 1}, [])


def held(*megabytes: float, since: float) -> list[Reading]:
    """Readings with a minute between them."""
    return [Reading(since + 60 * number, size, 90, 2000) for number, size in enumerate(megabytes)]


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


@pytest.mark.parametrize(("a_minute", "is_good"), [(0.2, True), (0.3, False), (-1, True)])
def test_memory_that_grows_while_nobody_asks_is_judged(a_minute: float, is_good: bool) -> None:
    pause = held(320, *(300 + a_minute * minute for minute in range(4)), since=1000)
    verdict = watched([*asked("q1"), CUT, back(12)], Watched([BEFORE, BEFORE], pause))
    assert verdict.is_good == is_good, verdict.lines
    assert f"memory grows by {a_minute * 60 / 300:.1%} in an hour while nobody asks" in verdict.lines


def test_of_a_pause_that_is_short_or_early_nothing_is_said() -> None:
    for pause in (held(300, 330, 360, since=1000), held(300, 330, 360, 390, since=0)):
        verdict = watched([*asked("q1"), CUT, back(12)], Watched([BEFORE, BEFORE], pause))
        assert not any("in an hour" in line for line in verdict.lines)


@pytest.mark.parametrize(("size", "is_good"), [(300.09, True), (300.11, False)])
def test_what_a_query_leaves_behind_is_judged(size: float, is_good: bool) -> None:
    facts = [*asked("q1"), *(fact._replace(at=1030) for fact in asked("q2")), CUT, back(12)]
    verdict = watched(facts, Watched([BEFORE, held(300, size, since=1000)], []))
    assert verdict.is_good == is_good, verdict.lines
    assert f"each query leaves {(size - 300) * 1000:.0f} KB" in verdict.lines


def test_where_nothing_was_answered_that_is_said() -> None:
    verdict = said_of(asked("q1", "failed"))
    assert not verdict.is_good
    assert verdict.lines[0] == "0 times away, 0.0 s at most"
