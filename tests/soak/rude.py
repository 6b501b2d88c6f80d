"""Clients that nobody wrote with care: some that never read, some that never stop, and one that presses too often."""

from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

import websocket

from dashboard.client.tokens import LocalTokens
from dashboard.client.upstream import Endpoints, Unreachable
from tests.simulation.messages import run_message
from tests.sockets import websocket_client

UNREAD, ENDLESS = "messages of those who never read", "messages of those who never stop"
_ANSWER_SECONDS = 60
_FULL_SECONDS = 1
# Without it these would be floods.
_BETWEEN_UNREAD = 0.01
_SMALL_BUFFER = (socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
_AT_ONCE = 50
_NO_MORE = (Unreachable, websocket.WebSocketException, OSError)
_PING = json.dumps({"action": "ping"})


@contextmanager
def rude_clients(endpoints: Endpoints, slow: int, floods: int, sent: Counter[str]) -> Iterator[None]:
    """Let so many clients send and never read, and so many send without end; `sent` counts what they sent."""
    over = threading.Event()

    def behave(user: str, what: str, send: Callable[[Any], int]) -> None:
        with suppress(*_NO_MORE), _opened(endpoints, user) as connection:
            while not over.is_set():
                sent[what] += send(connection)

    users = [(f"slow-{number}", UNREAD, _send_unread) for number in range(slow)]
    users += [(f"flood-{number}", ENDLESS, _send_many) for number in range(floods)]
    threads = [threading.Thread(target=behave, args=user) for user in users]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def press_too_often(endpoints: Endpoints, user: str, presses: int) -> Sequence[Mapping[str, Any]]:
    """Press so many times without waiting, then cancel what was accepted; give the answers to the presses."""
    with _opened(endpoints, user) as connection:
        for _ in range(presses):
            connection.send(json.dumps(run_message(str(uuid.uuid4()))))
        answers = [json.loads(connection.recv()) for _ in range(presses)]
        running = {answer["queryId"] for answer in answers if answer["type"] == "accepted"}
        for query_id in running:
            connection.send(json.dumps({"action": "cancel", "queryId": query_id}))
        while running:
            message = json.loads(connection.recv())
            if message["type"] == "cancelled":
                running.discard(message["queryId"])
    return answers


def _opened(endpoints: Endpoints, user: str) -> AbstractContextManager[websocket.WebSocket]:
    header = {"Authorization": f"Bearer {LocalTokens(user).token(endpoints)}"}
    return websocket_client(endpoints.websocket, header, _ANSWER_SECONDS, [_SMALL_BUFFER])


def _send_unread(connection: Any) -> int:
    """Send a message; once there is no room for another one, only wait."""
    connection.settimeout(_FULL_SECONDS)
    try:
        connection.send(_PING)
    except websocket.WebSocketTimeoutException:
        return 0
    time.sleep(_BETWEEN_UNREAD)
    return 1


def _send_many(connection: Any) -> int:
    """Send a lot at once, and take the answers: whoever does not read is stopped by that alone."""
    for _ in range(_AT_ONCE):
        connection.send(_PING)
    for _ in range(_AT_ONCE):
        connection.recv()
    return _AT_ONCE
