"""A signal ends the process at any moment, also where a library hides it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from infra.local.stop import Stop, Stopped

pytestmark = pytest.mark.fast
BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = [signal.getsignal(number) for number in BOTH]
    yield
    for number, handler in zip(BOTH, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_leaves_the_block_with_its_status(number: signal.Signals, status: int) -> None:
    reached: list[str] = []
    with Stop() as stop:
        signal.raise_signal(number)
        reached.append("behind the signal")
    assert (stop.status, reached) == (status, [])


def test_an_error_that_a_library_makes_of_the_stop_is_the_stop() -> None:
    with Stop() as stop:
        try:
            signal.raise_signal(signal.SIGINT)
        except Stopped as stopped:
            raise RuntimeError("Query interrupted") from stopped
    assert stop.status == 130


def test_an_error_without_a_signal_is_itself() -> None:
    with pytest.raises(RuntimeError, match=r"^real$"), Stop():
        raise RuntimeError("real")


def test_a_second_signal_does_not_disturb_the_end_that_the_first_began() -> None:
    ended: list[str] = []
    with Stop() as stop:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGTERM)
            ended.append("tidied")
    assert (stop.status, ended) == (130, ["tidied"])


def test_a_stop_that_was_swallowed_is_found_by_the_next_check() -> None:
    reached: list[str] = []
    with Stop() as stop:
        try:
            signal.raise_signal(signal.SIGINT)
        except Stopped:
            reached.append("swallowed")
        stop.check()
        reached.append("behind the check")
    assert reached == ["swallowed"]


def test_a_signal_after_the_block_does_nothing() -> None:
    with Stop() as stop:
        pass
    signal.raise_signal(signal.SIGINT)
    assert stop.status is None
