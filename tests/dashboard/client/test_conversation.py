"""What the threads of a page and of the link can tell and take, in virtual time."""

from __future__ import annotations

import pytest

from dashboard.client.conversation import Conversation
from dashboard.client.core import ClientCore
from dashboard.client.events import Connect, Lost, Moment, Opened, TimerFired
from tests.dashboard.client.virtual import START

pytestmark = pytest.mark.fast


class Held:
    """A conversation whose clock stands where a test puts it, and which counts what it wakes."""

    def __init__(self) -> None:
        self.ticks = 0.0
        self.woken = 0
        self.conversation = Conversation(ClientCore(lambda: 0.5, self.now()), self.now, self.wake)

    def now(self) -> Moment:
        return Moment(self.ticks, START)

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
def held() -> Held:
    return Held()


def test_it_shows_a_state_before_anything_happened(held: Held) -> None:
    assert held.conversation.snapshot().link.state == "connecting"
    assert held.conversation.next_effect() is None


def test_what_the_core_wants_is_taken_once_and_in_order(held: Held) -> None:
    held.conversation.tell(TimerFired())
    assert (held.conversation.next_effect(), held.conversation.next_effect()) == (Connect(), None)


def test_an_event_is_shown_and_wakes_the_page_only_when_there_is_something_new(held: Held) -> None:
    held.conversation.tell(TimerFired())
    assert held.woken == 0
    held.conversation.tell(Opened())
    assert (held.woken, held.conversation.snapshot().link.state) == (1, "live")


def test_waking_the_page_is_not_left_to_the_thread_of_the_link(held: Held) -> None:
    held.conversation.tell(TimerFired())
    held.conversation.tell(Opened())
    assert (held.conversation.next_effect(), held.conversation.next_effect()) == (Connect(), None)


def test_it_says_how_long_until_a_timer_is_wanted_and_never_less_than_nothing(held: Held) -> None:
    held.ticks = 5.0
    assert held.conversation.seconds_until_due() == 0.0
    held.conversation.tell(TimerFired())
    assert held.conversation.seconds_until_due() is None
    held.conversation.tell(Opened())
    held.ticks = 6.0
    assert held.conversation.seconds_until_due() == 24.0
    held.conversation.tell(Lost("cut"))
    assert held.conversation.seconds_until_due() == 0.5
