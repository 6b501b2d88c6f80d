"""`unknown` of a query that was pressed elsewhere: believed when it is said again five seconds later.

A page that is reloaded at the very press of Submit finds its query in its address, and may ask before the pipeline
has recorded it.
"""

from __future__ import annotations

import pytest

from dashboard.client.events import Effect, Lost, Opened, Wake
from pipeline.core.messages import Resumed, Unknown
from tests.dashboard.client.virtual import QUERY, VirtualClient

pytestmark = pytest.mark.fast


@pytest.fixture
def client() -> VirtualClient:
    """A client that was reloaded and has just asked where its query stands."""
    client = VirtualClient()
    client.open()
    client.watch()
    return client


def hear_unknown(client: VirtualClient) -> list[Effect]:
    return client.hear(Resumed((Unknown(QUERY),)))


def test_the_first_unknown_changes_nothing_on_the_page(client: VirtualClient) -> None:
    assert hear_unknown(client) == []
    view = client.view()
    assert (view.phase, view.accepted_at, view.ended_at) == ("running", None, None)


def test_five_seconds_later_it_asks_once_more(client: VirtualClient) -> None:
    client.wait(0.25)
    hear_unknown(client)
    client.wait(14.9)
    assert client.times_of("resume") == [0, 5.25]


def test_the_second_unknown_is_final(client: VirtualClient) -> None:
    hear_unknown(client)
    client.wait(5)
    assert hear_unknown(client) == [Wake()]
    assert (client.view().phase, client.view().ended_at) == ("unknown", client.now().wall)


def test_a_query_that_is_recorded_by_then_goes_on(client: VirtualClient) -> None:
    hear_unknown(client)
    client.wait(5)
    client.hear(Resumed((client.accepted(),)))
    assert (client.view().phase, client.view().accepted_at) == ("running", client.now().wall)
    client.hear(client.finished())
    assert client.view().phase == "finished"


def test_a_notice_does_not_wait_for_the_second_question(client: VirtualClient) -> None:
    hear_unknown(client)
    client.wait(1)
    client.hear(client.finished())
    client.wait(40)
    assert client.view().phase == "finished"
    assert client.times_of("resume") == [0]


def test_a_new_connection_asks_at_once_and_does_not_shorten_the_doubt(client: VirtualClient) -> None:
    hear_unknown(client)
    client.tell(Lost("cut"))
    client.wait(1)
    client.tell(Opened())
    assert hear_unknown(client) == []
    client.wait(9)
    assert client.times_of("resume") == [0, 1, 5]


def test_a_cancel_pressed_meanwhile_stays_pressed(client: VirtualClient) -> None:
    client.cancel()
    hear_unknown(client)
    client.wait(5)
    assert client.view().phase == "cancelling"
    assert client.times_of("cancel") == [0, 5]


def test_what_is_shown_as_unknown_is_looked_for_once_more_when_no_submit_is_under_way(
    client: VirtualClient,
) -> None:
    hear_unknown(client)
    client.wait(5)
    hear_unknown(client)
    shown = client.view()
    client.wait(35)
    assert client.times_of("resume") == [0, 5, 40]
    assert hear_unknown(client) == []
    client.wait(200)
    assert client.view() == shown
    assert client.times_of("resume") == [0, 5, 40]


def test_what_was_unknown_and_is_recorded_after_all_is_followed(client: VirtualClient) -> None:
    hear_unknown(client)
    client.wait(5)
    hear_unknown(client)
    client.wait(35)
    assert client.hear(Resumed((client.accepted(),))) == [Wake()]
    assert client.view().phase == "running"
