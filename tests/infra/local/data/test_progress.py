"""What is said while data are made: at most once a second, and how long it still takes."""

from __future__ import annotations

import pytest

from infra.local.data.progress import Progress

pytestmark = pytest.mark.fast


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def progress(clock: Clock, said: list[str]) -> Progress:
    return Progress(said.append, clock)


def test_within_a_second_nothing_more_is_said(progress: Progress, clock: Clock, said: list[str]) -> None:
    for at in (100.5, 100.9, 101.0, 101.5, 102.0):
        clock.now = at
        progress.reached(f"at {at}")

    assert said == ["Data: at 101.0", "Data: at 102.0"]


def test_an_announcement_is_said_in_any_case(progress: Progress, clock: Clock, said: list[str]) -> None:
    progress.announce("Making trips")
    clock.now = 100.9
    progress.reached("too early")

    assert said == ["Making trips"]


@pytest.mark.parametrize(
    ("after", "share", "forecast"),
    [
        (2, 0.5, ", 50%"),
        (60, 0.5, ", 50%, about 60 s left"),
        (60, 0.25, ", 25%, about 3 min left"),
        (60, 0.999, ", 100%, about 1 s left"),
        (60, 1.0, ", 100%"),
        (60, None, ""),
    ],
)
def test_what_is_left_follows_from_what_is_done(
    progress: Progress, clock: Clock, said: list[str], after: float, share: float | None, forecast: str
) -> None:
    clock.now += after
    progress.reached("trips up to 2 June", share)

    assert said == [f"Data: trips up to 2 June{forecast}"]
