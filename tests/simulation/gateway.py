"""API Gateway's WebSocket API: connections, what comes in over them, what is posted to them, their end."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pipeline.handlers import authorize, on_connect, on_disconnect
from pipeline.ports import TokenRefusedError
from tests.fakes.others import FakeNotifier
from tests.fakes.ports import connect_event, disconnect_event, message_event
from tests.simulation import faults
from tests.simulation.facts import Finished, LineClosed, LineOpened
from tests.simulation.functions import Functions
from tests.simulation.handshake import HANDSHAKE_TIME_OUT, NETWORK, Client, Handshake, Line
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

METHOD_ARN = "arn:aws:execute-api:us-east-1:123456789012:api/prod/$connect"
# AWS: API Gateway closes a connection that is silent for ten minutes.
IDLE_SECONDS = 600.0
# Seconds, on average, from the answer of $connect until the connection can be posted to.
_OPENS_AFTER = 0.05
_LATE = 15.0
_A_MINUTE = 60.0
Query = Mapping[str, list[str]]


class Gateway(FakeNotifier):
    """All connections of a schedule; also the port by which notices are posted to them."""

    def __init__(self, stage: Stage, functions: Functions) -> None:
        super().__init__()
        self._stage = stage
        self._functions = functions
        self._lines: dict[str, Line] = {}

    def connect(self, client: Client, token: str, query: Query, stream: Stream) -> None:
        """Begin a handshake; the client learns how it ended within ten seconds."""
        fault = self._stage.strike(faults.HANDSHAKE_FAULTS, stream, "$connect")
        if fault is faults.HANDSHAKE_REFUSED:
            status = stream.choice((429, 502, 503))
            self._stage.after(NETWORK, lambda: client.refused(status))
            return
        request = {"headers": {"authorization": f"Bearer {token}"}, "methodArn": METHOD_ARN}
        try:
            context = authorize.handle(request, self._functions.ports)["context"]
        except TokenRefusedError:
            self._stage.after(NETWORK, lambda: client.refused(401))
            return
        line = Line(f"{stream.key:016x}=", context["owner"], client, stream)
        self._lines[line.id] = line
        event = connect_event(dict(query), line.owner, line.id)
        asked = query["queryId"][0] if query else None
        handshake = Handshake(self._stage, client, fault)
        self._stage.after(HANDSHAKE_TIME_OUT, handshake.out_of_time)
        self._functions.invoke(
            "connect",
            line.id,
            stream.child("$connect"),
            lambda ports: on_connect.handle(event, ports),
            lambda ended: self._answer_handshake(line, asked, handshake, ended),
        )

    def send(self, line: Line, text: str) -> None:
        """Take a frame from a client."""
        line.frames += 1
        stream = line.stream.child("frame", line.frames)
        if not (line.is_open and line.is_heard):
            return
        fault = self._stage.strike(faults.FRAME_FAULTS, stream, line.id)
        if fault is faults.FRAME_LOST:
            self.cut(line, "The connection broke.")
            return
        delay = stream.exponential(NETWORK)
        if fault is faults.FRAME_FAILED:
            self._stage.after(delay, lambda: self._say(line, _failure(line), stream))
            return
        self._stage.after(delay, lambda: self._received(line, text, stream))

    def ping(self, line: Line, pong: Callable[[], None]) -> None:
        """Answer a ping frame, where the connection still carries anything."""
        if line.is_open and line.is_heard:
            self._stage.after(NETWORK, pong)

    def post(self, connection_id: str, text: str) -> bool:
        """See `Notifier.post`."""
        line = self._lines.get(connection_id)
        if line is None or not line.is_open:
            return False
        self._say(line, text, line.stream)
        return True

    def leave(self, line: Line) -> None:
        """Let a client close its connection; a silent one is closed by the gateway when it is idle."""
        if line.is_heard:
            self._close(line)
        elif line.is_open:
            self._stage.after(IDLE_SECONDS, lambda: self._close(line))

    def cut(self, line: Line, detail: str) -> None:
        """Break a connection so that both sides notice."""
        self._close(line)
        self._stage.after(NETWORK, lambda: line.client.lost(line, detail))

    def silence(self, line: Line) -> None:
        """Break a connection so that neither side notices."""
        line.is_heard = False

    def open_lines(self) -> list[Line]:
        """Give the connections that the gateway holds."""
        return [line for line in self._lines.values() if line.is_open]

    def close_idle(self) -> None:
        """Close every connection that nobody uses any more, as ten silent minutes would."""
        for line in self.open_lines():
            if not line.is_heard:
                self._close(line)

    def _answer_handshake(self, line: Line, asked: str | None, handshake: Handshake, ended: Finished) -> None:
        status = ended.answer["statusCode"] if ended.how == "answered" else 500
        if status != 200:
            handshake.refused(status)
            return
        delay = line.stream.child("open").exponential(_OPENS_AFTER)
        self._stage.after(delay, lambda: self._open(line, asked, handshake))

    def _open(self, line: Line, asked: str | None, handshake: Handshake) -> None:
        line.is_open = True
        self.open.add(line.id)
        self._stage.note(LineOpened(self._stage.now, line.id, line.owner, asked))
        if handshake.is_unheard():
            self.silence(line)
            self.leave(line)
        else:
            handshake.switched(line)

    def _received(self, line: Line, text: str, stream: Stream) -> None:
        if not line.is_open:
            return
        action = _action(text)
        if action == "ping":
            self._say(line, '{"type":"pong"}', stream)
            return
        event = message_event(text, line.owner, line.id)
        self._functions.invoke(
            action if action in {"run", "resume", "cancel"} else "default",
            line.id,
            stream.child("invocation"),
            lambda ports: on_connect.handle(event, ports),
            lambda ended: self._answer(line, ended, stream),
        )

    def _answer(self, line: Line, ended: Finished, stream: Stream) -> None:
        fault = self._stage.strike(faults.ANSWER_FAULTS, stream, line.id)
        if fault is faults.ANSWER_LOST:
            return
        text = ended.answer["body"] if ended.how == "answered" else _failure(line)
        self._say(line, text, stream, later=_LATE if fault is faults.ANSWER_LATE else 0.0)

    def _say(self, line: Line, text: str, stream: Stream, later: float = 0.0) -> None:
        def arrive() -> None:
            if line.is_open and line.is_heard:
                line.client.hear(line, text)

        self._stage.after(stream.exponential(NETWORK) + later, arrive)

    def _close(self, line: Line) -> None:
        if not line.is_open:
            return
        line.is_open = False
        self.open.discard(line.id)
        self._stage.note(LineClosed(self._stage.now, line.id))
        stream = line.stream.child("$disconnect")
        fault = self._stage.strike(faults.DISCONNECT_FAULTS, stream, line.id)
        if fault is faults.DISCONNECT_LOST:
            return
        delay = _A_MINUTE if fault is faults.DISCONNECT_LATE else stream.exponential(NETWORK)
        for number in range(2 if fault is faults.DISCONNECT_TWICE else 1):
            self._stage.after(delay, partial(self._disconnect, line, stream.child("n", number)))

    def _disconnect(self, line: Line, stream: Stream) -> None:
        event = disconnect_event(line.id)
        self._functions.invoke(
            "disconnect",
            line.id,
            stream,
            lambda ports: on_disconnect.handle(event, ports),
            lambda ended: None,
        )


def _action(text: str) -> Any:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content.get("action") if isinstance(content, dict) else None


def _failure(line: Line) -> str:
    return json.dumps({"message": "Internal server error", "connectionId": line.id, "requestId": "r1"})
