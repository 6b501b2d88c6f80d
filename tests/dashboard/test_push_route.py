"""The push socket on a real server: when it sends, to whom, and whom it refuses."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from dashboard.client.bridge import Bridge
from dashboard.client.inbox import Listener
from dashboard.client.tokens import LocalTokens
from dashboard.client.upstream import Endpoints, PipelineNotReady, Upstream
from dashboard.push_route import push_path, push_route
from tests.waiting import wait_until


class CountingBridge(Bridge):
    """Counts those who wait for its notices."""

    listeners = 0

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        self.listeners += 1
        unsubscribe = super().subscribe(listener)

        def leave() -> None:
            self.listeners -= 1
            unsubscribe()

        return leave


class PageDouble:
    """A server with one bridge, whose link never opens, and a browser's way to its push socket."""

    def __init__(self, base_path: str) -> None:
        self.bridge = CountingBridge(Upstream(nowhere, LocalTokens("analyst")))
        wait_until(lambda: self.bridge.snapshot().link.state == "unavailable")
        self.bridge.drain()
        self.port = 0
        self.base_path = base_path

    def find(self, push_token: str) -> Bridge | None:
        return self.bridge if push_token == self.bridge.push_token and not self.bridge.closed else None

    @contextmanager
    def open(self, push_token: str | None = None, origin: str | None = "self") -> Iterator[ClientConnection]:
        host = f"127.0.0.1:{self.port}"
        path = push_path(self.base_path, push_token or self.bridge.push_token)
        told = f"http://{host}" if origin == "self" else origin
        with connect(f"ws://{host}{path}", origin=Origin(told) if told else None) as browser:
            yield browser

    def notice(self) -> None:
        """Let something happen that the page should show."""
        query_id = self.bridge.submit("daily-summary", {})
        self.bridge.cancel(query_id)


def nowhere() -> Endpoints:
    raise PipelineNotReady("Nowhere.", starting=False)


@contextmanager
def serving(base_path: str = "") -> Iterator[PageDouble]:
    double = PageDouble(base_path)
    listening = socket.create_server(("127.0.0.1", 0))
    double.port = listening.getsockname()[1]
    app = Starlette(routes=[push_route(base_path, double.find)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.bridge.close()
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture
def double() -> Iterator[PageDouble]:
    with serving() as running:
        yield running


def test_a_notice_is_one_small_frame_at_once(double: PageDouble) -> None:
    with double.open() as browser:
        double.notice()
        assert browser.recv(timeout=5) == "1"
        double.bridge.drain()
        with pytest.raises(TimeoutError):
            browser.recv(timeout=1.5)


def test_nothing_is_sent_while_there_is_no_news(double: PageDouble) -> None:
    with double.open() as browser, pytest.raises(TimeoutError):
        browser.recv(timeout=1.5)


def test_the_frame_is_repeated_each_second_until_the_inbox_is_empty(double: PageDouble) -> None:
    with double.open() as browser:
        double.notice()
        started = time.monotonic()
        assert [browser.recv(timeout=5) for _ in range(3)] == ["1", "2", "3"]
        assert time.monotonic() - started > 1.8  # never less, however slow the machine: they are pauses
        double.bridge.drain()
        with pytest.raises(TimeoutError):
            browser.recv(timeout=1.5)


def test_what_waited_while_no_socket_was_open_is_told_at_once(double: PageDouble) -> None:
    double.notice()
    with double.open() as browser:
        assert browser.recv(timeout=5) == "1"


def test_two_tabs_of_one_session_are_both_told(double: PageDouble) -> None:
    with double.open() as first, double.open() as second:
        double.notice()
        assert (first.recv(timeout=5), second.recv(timeout=5)) == ("1", "1")


def test_an_unknown_token_is_closed_with_4404(double: PageDouble) -> None:
    with double.open(push_token="x" * 32) as browser:
        with pytest.raises(ConnectionClosed):
            browser.recv(timeout=5)
        assert browser.close_code == 4404


def test_a_bridge_that_closes_closes_the_socket_with_4404(double: PageDouble) -> None:
    with double.open() as browser:
        double.bridge.close()
        with pytest.raises(ConnectionClosed):
            browser.recv(timeout=5)
        assert browser.close_code == 4404


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", None])
def test_another_sites_page_is_refused(double: PageDouble, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as told, double.open(origin=origin):
        pass
    assert told.value.response.status_code == 403


def test_a_closed_tab_is_forgotten_at_once(double: PageDouble) -> None:
    with double.open():
        wait_until(lambda: double.bridge.listeners == 1)
    wait_until(lambda: double.bridge.listeners == 0)


def test_the_route_stands_below_the_base_path() -> None:
    assert push_path("", "abc") == "/push/abc"
    assert push_path("/portal/reports/", "abc") == "/portal/reports/push/abc"
    with serving("portal/reports") as double, double.open() as browser:
        double.notice()
        assert browser.recv(timeout=5) == "1"
