"""Lambda: invocations that overlap. Each call of a port is a point where others go on, or where it ends.

An invocation is a greenlet: it runs the real handler, and hands the turn back at each call until the call's time
has come. Which of several goes first is decided by how long their calls take, and that by the seed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, cast

from greenlet import getcurrent, greenlet

from pipeline.notices import NoticeFailedError
from pipeline.ports import Notifier, Ports
from tests.fakes.ports import FakePorts
from tests.simulation.facts import Began, Called, Finished, Posted
from tests.simulation.faults import CallFault, ProcessDied, ServiceFailed
from tests.simulation.messages import parsed
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

Work = Callable[[Ports], Any]
TIME_OUT = 28.0
LONG_TIME_OUT = 60.0
# Seconds: how long a call takes, on average.
_LATENCY = 0.02
_EXPECTED = (ServiceFailed, NoticeFailedError)


class Functions:
    """Starts invocations over one set of ports, and counts them. `acting` is the one whose call is being done."""

    def __init__(self, stage: Stage, ports: FakePorts) -> None:
        self.stage = stage
        self.ports = ports
        self.acting = 0
        self._started = 0
        self._running: dict[int, str] = {}

    def subjects(self) -> set[str]:
        """Say whom the invocations are about that run now."""
        return set(self._running.values())

    def invoke(
        self,
        handler: str,
        subject: str,
        stream: Stream,
        work: Work,
        then: Callable[[Finished], None],
        time_out: float = TIME_OUT,
    ) -> None:
        """Run a handler; `then` learns how it ended."""
        self._started += 1
        invocation = _Invocation(self, self._started, handler, subject, stream, time_out)
        self.stage.note(Began(self.stage.now, self._started, handler, subject))
        self._running[self._started] = subject
        greenlet(partial(invocation.run, work, partial(self._ended, then))).switch()

    def _ended(self, then: Callable[[Finished], None], ended: Finished) -> None:
        del self._running[ended.by]
        then(ended)


class _Invocation:
    """One run of a handler, and the ports that it sees."""

    def __init__(
        self, functions: Functions, number: int, handler: str, subject: str, stream: Stream, time_out: float
    ) -> None:
        self._functions = functions
        self._stage = functions.stage
        self._number = number
        self._handler = handler
        self._subject = subject
        self._stream = stream
        self._ends_at = functions.stage.now + time_out
        ports = functions.ports
        self.records = _Port("records", ports.records, self)
        self.warehouse = _Port("warehouse", ports.warehouse, self)
        self.notifier = _Notifier(ports.notifier, self)
        self.reports = _Port("reports", ports.reports, self)
        self.tokens = ports.tokens
        self.limits = ports.limits
        self.clock = _Clock(self)

    def run(self, work: Work, then: Callable[[Finished], None]) -> None:
        """Run to the end, whatever it is."""
        answer: Any = None
        how = "answered"
        try:
            answer = work(cast("Ports", self))
        except ProcessDied:
            how = "died"
        except _EXPECTED as error:
            how, answer = "failed", repr(error)
        except Exception as error:  # noqa: BLE001 # whatever else a handler raises is a defect to be told
            how, answer = "crashed", repr(error)
        ended = Finished(self._stage.now, self._number, self._handler, self._subject, how, answer)
        self._stage.note(ended)
        then(ended)

    def call(self, call: str, act: Callable[..., Any], *arguments: Any) -> Any:
        """Do what a port does, when its time has come and as the fates want it."""
        fault = self._stage.fates.pick_at_call(self._handler, call, self._stream)
        if fault is None or not self._matters(call, arguments):
            self._note(call, "")
            self.wait(self._stream.exponential(_LATENCY))
            return self._act(act, arguments)
        self._stage.struck(fault, f"{self._handler} {call}", self._stream)
        self._note(call, "after" if fault.done else "before")
        return self._suffer(fault, act, arguments)

    def post(self, act: Callable[..., Any], connection_id: str, text: str) -> Any:
        """Post as any port is called, and note the answer that this invocation met."""
        answer = None
        try:
            answer = self.call("notifier.post", act, connection_id, text)
        finally:
            query_id = parsed(text)["queryId"]
            self._stage.note(Posted(self._stage.now, self._number, connection_id, query_id, answer))
        return answer

    def wait(self, seconds: float) -> None:
        """Let time pass for this invocation; it ends where its own time is over."""
        stage = self._stage
        is_late = stage.now + seconds > self._ends_at
        until = self._ends_at - stage.now if is_late else seconds
        stage.timeline.after(until, getcurrent().switch)
        getcurrent().parent.switch()
        if is_late:
            raise ProcessDied

    def wall(self) -> datetime:
        """Give the instant."""
        return self._stage.timeline.wall()

    def _suffer(self, fault: CallFault, act: Callable[..., Any], arguments: Any) -> Any:
        answer = None
        self.wait(self._stream.exponential(_LATENCY))
        if fault.done:
            answer = self._act(act, arguments)
        if fault.delay:
            self.wait(fault.delay)
        return answer if fault.outcome is None else fault.outcome()

    def _act(self, act: Callable[..., Any], arguments: Any) -> Any:
        self._functions.acting = self._number
        return act(*arguments)

    def _matters(self, call: str, arguments: Any) -> bool:
        """A post to a connection that is gone anyway cannot be lost."""
        return call != "notifier.post" or arguments[0] in self._functions.ports.notifier.open

    def _note(self, call: str, moment: str) -> None:
        self._stage.note(Called(self._stage.now, self._number, self._handler, call, moment))


class _Port:
    """One port, each call of which goes through the invocation."""

    def __init__(self, name: str, port: object, invocation: _Invocation) -> None:
        self._name = name
        self._port = port
        self._invocation = invocation

    def __getattr__(self, method: str) -> Callable[..., Any]:
        act = getattr(self._port, method)
        return partial(self._invocation.call, f"{self._name}.{method}", act)


class _Notifier:
    """The port whose answers are facts of their own."""

    def __init__(self, notifier: Notifier, invocation: _Invocation) -> None:
        self.post = partial(invocation.post, notifier.post)


class _Clock:
    """The clock as an invocation sees it."""

    def __init__(self, invocation: _Invocation) -> None:
        self.now = invocation.wall
        self.sleep = invocation.wait
