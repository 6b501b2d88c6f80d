"""One browser tab with its session: the real client core, and the thread around it in virtual time."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.client.conversation import Conversation
from dashboard.client.core import ClientCore
from dashboard.client.events import (
    CancelPressed,
    Connect,
    Disconnect,
    Effect,
    Event,
    Lost,
    NotOpened,
    Received,
    SendPing,
    SendText,
    Submitted,
    TimerFired,
    TryNow,
    Watched,
)
from dashboard.client.events import (
    Heard as SignOfLife,
)
from dashboard.client.events import (
    Opened as LinkOpened,
)
from dashboard.client.model import QueryView
from tests.fakes.ports import JUNE
from tests.simulation import faults
from tests.simulation.facts import Heard, Left, LinkShowed, Opened, Pressed, Sent, Showed
from tests.simulation.gateway import Gateway
from tests.simulation.handshake import Line
from tests.simulation.messages import PACE, TOPIC, address_of, ids_in, parsed
from tests.simulation.rest import Reader, RestApi
from tests.simulation.services import TimedTokens
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

# A thread is never awake to the very instant: something else may come first.
_LATEST_TIMER = 0.03


class Device:
    """A page that its owner looks at. It holds at most one connection, as the dashboard's thread does.

    With a `question` its first handshake carries that query, as the architecture's first form does; the page gets
    to know it only when it is told to watch it.
    """

    def __init__(
        self,
        stage: Stage,
        gateway: Gateway,
        rest: RestApi,
        tokens: TimedTokens,
        person: str,
        name: str,
        owner: str,
        stream: Stream,
        question: str | None = None,
    ) -> None:
        self.name = name
        self.person = person
        self.owner = owner
        self.line: Line | None = None
        self.is_closed = False
        self.token = tokens.issue(person, stream.key)
        self._stage = stage
        self._gateway = gateway
        self._rest = rest
        self._tokens = tokens
        self._stream = stream
        self._connects = 0
        self._question = question
        self._is_connecting = False
        self._wake_at: float | None = None
        self._due: float | None = None
        self._phases: dict[str, str] = {}
        self._readers: list[Reader] = []
        self._link = "connecting"
        self._sent: list[str] = []
        if question is not None:
            stage.note(Pressed(stage.now, name, owner, question))
        self._core = ClientCore(stream.random, stage.moment())
        self._conversation = Conversation(self._core, stage.moment, self._look)
        self._go_on()

    def views(self) -> tuple[QueryView, ...]:
        """Give what the page shows."""
        return self._conversation.snapshot().queries

    def link_state(self) -> str:
        """Give what the badge shows."""
        return self._conversation.snapshot().link.state

    def press(self, query_id: str, parameters: Mapping[str, str] = JUNE) -> None:
        """Press Submit."""
        self._stage.note(Pressed(self._stage.now, self.name, self.owner, query_id))
        self._tell(Submitted(query_id, TOPIC, parameters, PACE))
        self._look()

    def watch(self, query_id: str) -> None:
        """Follow a query that was pressed elsewhere."""
        self._tell(Watched(query_id, TOPIC, JUNE, PACE))
        self._look()

    def cancel(self, query_id: str) -> None:
        """Press Cancel."""
        self._tell(CancelPressed(query_id))
        self._look()

    def try_now(self) -> None:
        """Sign in again, or do not wait for the next try."""
        self._tell(TryNow())

    def read_again(self) -> None:
        """Ask for the rows of every answer that could not be read."""
        for reader in self._readers:
            reader.read_again()

    def close(self) -> None:
        """End the session: nobody looks at it any more."""
        self.is_closed = True
        self._stage.note(Left(self._stage.now, self.name))
        self._drop()

    # the other end of a connection

    def opened(self, line: Line) -> None:
        self._is_connecting = False
        if self.is_closed:
            self._gateway.leave(line)
            return
        self.line = line
        self._sent = []
        self._tell(LinkOpened())
        asked = frozenset(query_id for text in self._sent for query_id in ids_in(text))
        pending = frozenset(view.query_id for view in self.views() if view.ended_at is None)
        self._stage.note(Opened(self._stage.now, self.name, pending, asked))

    def refused(self, status: int | None) -> None:
        self._is_connecting = False
        self._tell(NotOpened("refused", status))

    def hear(self, line: Line, text: str) -> None:
        if line is self.line and not self.is_closed:
            self._stage.note(Heard(self._stage.now, self.name, self.owner, parsed(text)))
            self._tell(Received(text))

    def lost(self, line: Line, detail: str) -> None:
        if line is self.line:
            self.line = None
            self._tell(Lost(detail))

    # the thread

    def _tell(self, event: Event) -> None:
        if not self.is_closed:
            self._conversation.tell(event)
            self._go_on()

    def _go_on(self) -> None:
        """Do what the core wants, until it waits; while a handshake lasts, the thread does nothing else."""
        while not self._is_connecting and (effect := self._conversation.next_effect()) is not None:
            self._perform(effect)
        self._show_link()
        self._due = self._core.due()
        self._sleep()

    def _sleep(self) -> None:
        """Wake when the core wants something; a handshake is waited for otherwise."""
        if self._due is None or self._is_connecting:
            return
        if self._wake_at is None or self._due < self._wake_at:
            self._wake_at = due = self._due
            late = _LATEST_TIMER * self._stream.random()
            self._stage.at(due + late, lambda: self._timer(due))

    def _timer(self, due: float) -> None:
        if self.is_closed or self._wake_at != due:
            return
        self._wake_at = None
        if not self._is_connecting and self._due is not None and self._due <= self._stage.now:
            self._tell(TimerFired())
        else:
            self._sleep()

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Connect():
                self._connect(renew_token=effect.renew_token)
            case Disconnect():
                self._drop()
            case SendText() if self.line is not None:
                self._stage.note(Sent(self._stage.now, self.name, self.owner, effect.text))
                self._sent.append(effect.text)
                self._gateway.send(self.line, effect.text)
            case SendPing() if self.line is not None:
                line = self.line
                self._gateway.ping(line, lambda: self._pong(line))

    def _pong(self, line: Line) -> None:
        if line is self.line:
            self._tell(SignOfLife())

    def _connect(self, *, renew_token: bool) -> None:
        self._drop()
        self._connects += 1
        stream = self._stream.child("connection", self._connects)
        if renew_token:
            self.token = self._tokens.issue(self.person, stream.key)
            if self._stage.strike((faults.TOKEN_REFUSED,), stream, self.name) is not None:
                self._tokens.refuse(self.token)
        self._is_connecting = True
        query = {} if self._question is None else address_of(self._question)
        self._question = None
        self._gateway.connect(self, self.token, query, stream)

    def _drop(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            self._gateway.leave(line)

    # the page

    def _look(self) -> None:
        for view in self.views():
            before = self._phases.get(view.query_id)
            if before == view.phase:
                continue
            self._phases[view.query_id] = view.phase
            stage, name, owner, stream = self._stage, self.name, self.owner, self._stream.child(view.query_id)
            stage.note(Showed(stage.now, name, owner, view.query_id, before, view.phase))
            if view.phase == "finished" and view.statement_id is not None:
                self._readers.append(Reader(stage, self._rest, name, owner, view.statement_id, stream))
                self._readers[-1].read()

    def _show_link(self) -> None:
        state = self._conversation.snapshot().link.state
        if state != self._link:
            self._stage.note(LinkShowed(self._stage.now, self.name, self._link, state))
            self._link = state
