"""The proxy of the soak: each fault is felt by whoever is on the link, and counted."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.soak.links import Links, faulty_links, pieces
from tests.waiting import wait_until


@contextmanager
def echoing() -> Iterator[list[socket.socket]]:
    """Run a server that sends back what it gets; give its listening socket and every connection that it has."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        sockets = [listening]
        threading.Thread(target=_accept, args=(listening, sockets), daemon=True).start()
        yield sockets
        listening.shutdown(socket.SHUT_RDWR)
        for one in sockets[1:]:
            one.close()


def _accept(listening: socket.socket, sockets: list[socket.socket]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        sockets.append(connection)
        threading.Thread(target=_echo, args=(connection,), daemon=True).start()


def _echo(connection: socket.socket) -> None:
    try:
        while data := connection.recv(4096):
            connection.sendall(data)
    except OSError:
        return
    connection.close()


@pytest.fixture
def server() -> Iterator[list[socket.socket]]:
    with echoing() as sockets:
        yield sockets


@pytest.fixture
def links(server: list[socket.socket]) -> Iterator[Links]:
    with faulty_links() as links:
        links.target = server[0].getsockname()[1]
        yield links


@pytest.fixture
def client(links: Links) -> Iterator[socket.socket]:
    """A connection over a link that has passed something on already."""
    with socket.create_connection(("127.0.0.1", links.port), timeout=20) as client:
        assert said(client, b"hello") == b"hello"
        yield client


def said(client: socket.socket, text: bytes) -> bytes:
    client.sendall(text)
    heard = b""
    while len(heard) < len(text):
        heard += client.recv(4096)
    return heard


@pytest.mark.parametrize("fault", ["sliced", "slow"])
def test_what_is_sliced_or_slow_arrives_whole(links: Links, client: socket.socket, fault: str) -> None:
    links.cause(fault, 1)
    assert said(client, b"0123456789" * 10) == b"0123456789" * 10
    assert links.hits[fault] > 0


def test_a_slice_is_a_few_bytes() -> None:
    assert pieces(b"0123456789", "sliced") == [b"0123456", b"789"]
    assert pieces(b"0123456789", None) == [b"0123456789"]


def test_a_cut_link_ends_for_both(links: Links, client: socket.socket, server: list[socket.socket]) -> None:
    links.cause("cut", 1)
    assert client.recv(1) == b""
    wait_until(lambda: server[1].fileno() == -1)
    assert links.hits == {"cut": 1}


def test_on_a_silent_link_nothing_arrives_and_nothing_ends(
    links: Links, client: socket.socket, server: list[socket.socket]
) -> None:
    links.cause("silent", 1)
    client.sendall(b"hello")
    wait_until(lambda: links.hits["silent"] == 1)
    client.setblocking(False)
    with pytest.raises(BlockingIOError):
        client.recv(1)
    assert server[1].fileno() != -1


def test_of_a_half_open_link_only_the_pipeline_knows_the_end(
    links: Links, client: socket.socket, server: list[socket.socket]
) -> None:
    links.cause("half open", 1)
    wait_until(lambda: server[1].fileno() == -1)
    client.sendall(b"hello")
    client.setblocking(False)
    with pytest.raises(BlockingIOError):
        client.recv(1)


def test_who_is_to_be_refused_is_cut_and_not_let_in_again_once(links: Links, client: socket.socket) -> None:
    links.cause("refused", 1)
    assert client.recv(1) == b""
    with socket.create_connection(("127.0.0.1", links.port), timeout=20) as again:
        assert again.recv(1) == b""
    with socket.create_connection(("127.0.0.1", links.port), timeout=20) as again:
        assert said(again, b"hello") == b"hello"
    assert links.hits == {"refused": 1}


def test_when_it_is_calm_again_nothing_is_sliced(links: Links, client: socket.socket) -> None:
    links.cause("sliced", 1)
    links.calm()
    assert said(client, b"hello") == b"hello"
    assert not links.hits


def test_where_nobody_is_the_link_ends(links: Links) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        links.target = nobody.getsockname()[1]
    with socket.create_connection(("127.0.0.1", links.port), timeout=20) as client:
        assert client.recv(1) == b""


def test_links_that_have_ended_are_forgotten(links: Links, client: socket.socket) -> None:
    assert links.open_links() == 1
    client.shutdown(socket.SHUT_RDWR)
    wait_until(lambda: links.open_links() == 0)
