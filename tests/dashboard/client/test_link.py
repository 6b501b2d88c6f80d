"""How the connection is kept, replaced and brought back, in virtual time."""

from __future__ import annotations

import pytest

from dashboard.client.events import (
    Connect,
    Disconnect,
    Heard,
    Lost,
    NotOpened,
    NotReady,
    Opened,
    SendPing,
    TryNow,
    Wake,
)
from dashboard.client.model import Link
from tests.dashboard.client.virtual import VirtualClient

pytestmark = pytest.mark.fast


def opened(draw: float = 0.5) -> VirtualClient:
    client = VirtualClient(lambda: draw)
    client.open()
    client.forget_effects()
    return client


def state(client: VirtualClient) -> str:
    return client.core.snapshot().link.state


def pings(client: VirtualClient) -> list[float]:
    return [ticks for ticks, effect in client.effects if effect == SendPing()]


def test_it_connects_at_once_and_the_page_hears_that_it_is_live() -> None:
    client = VirtualClient()
    assert client.core.snapshot().link == Link("connecting", since=client.now().wall)
    client.wait(0)
    assert client.wanted() == [Connect()]
    assert client.tell(Opened()) == [Wake()]
    assert state(client) == "live"


def test_a_lost_connection_is_shown_at_once_and_opened_again() -> None:
    client = opened()
    assert client.tell(Lost("cut")) == [Wake()]
    assert (state(client), client.core.snapshot().link.detail) == ("reconnecting", "cut")
    client.wait(1)
    assert client.connects() == [(0.5, Connect())]
    assert client.tell(Opened()) == [Wake()]


@pytest.mark.parametrize("draw", [0.0, 0.999])
def test_tries_are_spread_over_twice_the_time_each_up_to_thirty_seconds(draw: float) -> None:
    client = opened(draw)
    client.tell(Lost("cut"))
    waits = []
    for _ in range(8):
        before = client.ticks
        while not client.connects():
            client.wait(0.1)
        waits.append(client.connects()[0][0] - before)
        client.ticks = client.connects()[0][0]
        client.forget_effects()
        client.tell(NotOpened("refused"))
    assert waits == pytest.approx([draw * most for most in (1, 2, 4, 8, 16, 30, 30, 30)])


def test_it_is_known_whether_the_link_came_back_or_is_live_for_the_first_time() -> None:
    client = opened()
    assert not client.core.snapshot().link.came_back
    client.tell(Lost("cut"))
    client.wait(1)
    client.tell(Opened())
    assert client.core.snapshot().link.came_back


def test_a_try_that_fails_says_why() -> None:
    client = opened()
    client.tell(Lost("cut"))
    client.tell(NotOpened("No route to host."))
    assert client.core.snapshot().link.detail == "No route to host."


def test_it_says_since_when_the_link_is_as_it_is() -> None:
    client = opened()
    client.wait(5)
    client.tell(Lost("cut"))
    away_since = client.now().wall
    client.wait(1)
    client.tell(NotOpened("refused"))
    assert client.core.snapshot().link.since == away_since
    client.wait(1)
    client.tell(Opened())
    assert client.core.snapshot().link.since == client.now().wall


def test_it_says_when_it_will_try_next() -> None:
    client = opened()
    client.tell(Lost("cut"))
    link = client.core.snapshot().link
    assert link.next_try is not None
    assert (link.next_try - link.since).total_seconds() == 0.5
    client.wait(0.5)
    assert client.core.snapshot().link.next_try is None


def test_a_link_that_stays_away_is_offline_and_goes_on_trying() -> None:
    client = opened()
    client.tell(Lost("cut"))
    shown = set()
    for _ in range(60):
        client.wait(1)
        client.tell(NotOpened("refused"))
        shown.add(state(client))
    assert shown == {"reconnecting", "offline"}
    assert state(client) == "offline"
    client.tell(Opened())
    assert state(client) == "live"


def test_a_link_is_offline_when_it_has_been_away_for_twenty_seconds() -> None:
    client = opened()
    client.tell(Lost("cut"))
    client.ticks = 19.9
    client.tell(NotOpened("refused"))
    assert state(client) == "reconnecting"
    client.ticks = 20.0
    client.tell(NotOpened("refused"))
    assert state(client) == "offline"


def test_a_short_lived_connection_does_not_reset_the_waits() -> None:
    client = opened(0.999)
    for _ in range(6):
        client.tell(Lost("cut"))
        client.wait(31)
        client.tell(Opened())
        client.wait(1)
    client.forget_effects()
    before = client.ticks
    client.tell(Lost("cut"))
    client.wait(31)
    assert client.connects()[0][0] - before > 25


def test_a_stable_connection_resets_the_waits() -> None:
    client = opened(0.999)
    for _ in range(6):
        client.tell(Lost("cut"))
        client.wait(31)
        client.tell(Opened())
    client.wait(11)
    client.forget_effects()
    before = client.ticks
    client.tell(Lost("cut"))
    client.wait(2)
    assert client.connects()[0][0] - before < 1


def test_a_connection_is_stable_after_ten_seconds() -> None:
    client = VirtualClient()
    client.wait(0)
    for _ in range(4):
        client.tell(NotOpened("refused"))
    client.tell(Opened())
    client.wait(10)
    client.forget_effects()
    client.tell(Lost("cut"))
    client.wait(0.5)
    assert client.connects() == [(10.5, Connect())]


def test_after_a_try_of_the_user_the_waits_begin_anew() -> None:
    client = VirtualClient()
    client.wait(0)
    for _ in range(4):
        client.tell(NotOpened("refused"))
    client.tell(TryNow())
    client.wait(0)
    client.forget_effects()
    client.tell(NotOpened("refused"))
    client.wait(0.5)
    assert client.connects() == [(0.5, Connect())]


def test_trying_now_does_not_wait() -> None:
    client = opened(0.999)
    for _ in range(6):
        client.tell(NotOpened("refused") if client.ticks else Lost("cut"))
        client.wait(31)
    client.tell(NotOpened("refused"))
    client.forget_effects()
    client.tell(TryNow())
    client.wait(0)
    assert len(client.connects()) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_is_renewed_once_and_then_the_user_must_sign_in(status: int) -> None:
    client = VirtualClient()
    client.wait(0)
    assert client.tell(NotOpened("refused", status)) == [Connect(renew_token=True)]
    assert client.tell(NotOpened("refused", status)) == [Wake()]
    assert state(client) == "signed_out"
    assert client.core.snapshot().link.detail == (
        "Your sign-in is no longer accepted. Queries that run go on; sign in again to see their answers."
    )
    client.forget_effects()
    client.wait(86_400)
    assert client.effects == []


def test_a_user_who_signed_in_again_is_connected_and_the_token_may_be_renewed_again() -> None:
    client = VirtualClient()
    client.wait(0)
    client.tell(NotOpened("refused", 401))
    client.tell(NotOpened("refused", 401))
    client.forget_effects()
    client.tell(TryNow())
    client.wait(0)
    assert client.connects() == [(0, Connect())]
    assert client.tell(NotOpened("refused", 401)) == [Connect(renew_token=True)]


def test_the_token_may_be_renewed_again_after_a_connection_that_opened() -> None:
    client = VirtualClient()
    client.wait(0)
    client.tell(NotOpened("refused", 401))
    client.tell(Opened())
    client.tell(Lost("cut"))
    client.wait(1)
    assert client.tell(NotOpened("refused", 401)) == [Connect(renew_token=True)]


def test_a_starting_pipeline_is_waited_for_and_its_progress_shown() -> None:
    client = VirtualClient()
    client.wait(0)
    assert client.tell(NotReady("Making the sample data.", starting=True)) == [Wake()]
    assert (state(client), client.core.snapshot().link.detail) == ("connecting", "Making the sample data.")
    client.wait(0)
    assert len(client.connects()) == 2
    assert client.tell(NotReady("Making the sample data.", starting=True)) == []


def test_a_pipeline_that_is_gone_is_unavailable_with_its_sentence() -> None:
    client = opened()
    client.tell(NotReady("It stopped.", starting=False))
    assert (state(client), client.core.snapshot().link.detail) == ("unavailable", "It stopped.")


def test_a_pipeline_that_is_gone_is_looked_for_after_longer_and_longer_waits() -> None:
    client = opened()
    client.tell(Lost("cut"))
    client.tell(TryNow())
    client.wait(0)
    client.forget_effects()
    client.tell(NotReady("Making the sample data.", starting=True))
    for _ in range(4):
        client.tell(NotReady("It stopped.", starting=False))
        client.wait(8)
    assert [ticks for ticks, _ in client.connects()] == [0.5, 9, 18, 28]


def test_a_silent_link_is_pinged_after_25_seconds_and_given_up_8_seconds_later() -> None:
    client = opened()
    client.answers_pings = False
    client.wait(24.9)
    assert client.effects == []
    client.wait(0.1)
    assert client.wanted() == [SendPing()]
    client.wait(7.9)
    assert state(client) == "live"
    client.wait(0.1)
    assert client.wanted() == [SendPing(), Disconnect(), Wake()]
    assert state(client) == "reconnecting"
    assert client.core.snapshot().link.detail == "The pipeline stopped answering."


def test_a_link_that_answers_is_pinged_again_and_again() -> None:
    client = opened()
    client.wait(80)
    assert pings(client) == [25, 50, 75]


def test_a_frame_puts_off_the_next_ping() -> None:
    client = opened()
    client.wait(20)
    client.tell(Heard())
    client.wait(25)
    assert pings(client) == [45]


def test_a_late_frame_does_not_make_a_closed_link_pinged() -> None:
    client = opened()
    client.tell(Lost("cut"))
    client.tell(Heard())
    client.wait(100)
    assert pings(client) == []


def test_any_frame_counts_as_an_answer_to_the_ping() -> None:
    client = opened()
    client.answers_pings = False
    client.wait(26)
    client.tell(Heard())
    client.wait(20)
    assert state(client) == "live"


@pytest.mark.parametrize(("draw", "seconds"), [(0.0, 216), (0.5, 240), (1.0, 264)])
def test_the_gateway_is_kept_from_closing_an_idle_connection(draw: float, seconds: float) -> None:
    client = opened(draw)
    client.wait(600)
    assert client.times_of("ping")[0] == pytest.approx(seconds, abs=0.01)
    assert len(client.times_of("ping")) == 600 // seconds


@pytest.mark.parametrize(("draw", "minutes"), [(0.0, 105), (1.0, 115)])
def test_a_connection_is_replaced_before_the_gateway_ends_it_and_the_badge_stays_live(
    draw: float, minutes: float
) -> None:
    client = opened(draw)
    client.wait(minutes * 60 - 10)
    assert client.connects() == []
    client.forget_effects()
    client.wait(11)
    assert client.wanted()[-2:] == [Disconnect(), Connect()]
    assert Wake() not in client.wanted()
    assert state(client) == "live"
    assert client.tell(Opened()) == []


def test_a_replacement_that_fails_is_shown() -> None:
    client = opened()
    client.wait(110 * 60)
    client.wait(1)
    assert Wake() in client.tell(NotOpened("refused"))
    assert state(client) == "reconnecting"
