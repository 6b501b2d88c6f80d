"""A thing is looked at again and again, whatever a look runs into."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from infra.local.watch import Watch
from tests.waiting import wait_until


def watch_until_the_last(outcomes: list[str], caplog: pytest.LogCaptureFixture) -> list[str]:
    """What is logged when looks come to these ends, one after the other: an error of this text, or none."""
    ends = iter(outcomes)
    looks: list[str] = []
    watch = Watch("test", look_with(ends.__next__, looks), "It failed.", seconds_between_looks=0.001)
    with caplog.at_level(logging.ERROR):
        watch.start()
        wait_until(lambda: len(looks) == len(outcomes))
        watch.close()
    assert {record.message for record in caplog.records} <= {"It failed."}
    return [str(record.exc_info[1]) for record in caplog.records if record.exc_info]


def look_with(next_end: Callable[[], str], looks: list[str]) -> Callable[[], None]:
    def look() -> None:
        try:
            end = next_end()
        except StopIteration:
            return
        looks.append(end)
        if end:
            raise OSError(end)

    return look


def test_looks_go_on_after_one_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    assert watch_until_the_last(["full", "", ""], caplog) == ["full"]


def test_looks_that_fail_in_a_row_for_one_reason_are_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    assert watch_until_the_last(["full", "full", "full", ""], caplog) == ["full"]


def test_another_reason_is_logged_too(caplog: pytest.LogCaptureFixture) -> None:
    assert watch_until_the_last(["full", "gone", "gone"], caplog) == ["full", "gone"]


def test_the_same_reason_is_news_after_a_look_that_went_well(caplog: pytest.LogCaptureFixture) -> None:
    assert watch_until_the_last(["full", "", "full", ""], caplog) == ["full", "full"]
