"""Lambda: invocations that overlap. Each call of a port is a point where others go on, or where it ends.

An invocation is a greenlet: it runs the real handler, and hands the turn back at each call until the call's time
has come. Which of several goes first is decided by how long their calls take, and that by the seed. All see the same
ports: whoever calls one is the greenlet that has the turn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from greenlet import getcurrent, greenlet

from pipeline.notices import NoticeFailedError
from pipeline.ports import Limits, Ports
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
    """Starts invocations over one set of ports, and counts them."""

    def __init__(self, stage: Stage, ports: FakePorts) -> None:
        self.stage = stage
        self.ports = ports
        self.seen = cast("Ports", _SeenPorts(stage, ports))
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
        number = self._started

        def end(how: str, answer: Any) -> None:
            ended = Finished(self.stage.now, number, handler, subject, how, answer)
            self.stage.note(ended)
            del self._running[number]
            then(ended)

        self.stage.note(Began(self.stage.now, number, handler, subject))
        self._running[number] = subject
        _Invocation(self, number, handler, stream, time_out).switch(work, end)


class _Invocation(greenlet):  # type: ignore[misc]  # it has no types
    """One run of a handler, with what its calls meet."""

    def __init__(
        self, functions: Functions, number: int, handler: str, stream: Stream, time_out: float
    ) -> None:
        super().__init__()
        self._stage = functions.stage
        self._ports = functions.ports
        self._seen = functions.seen
        self._number = number
        self._handler = handler
        self._stream = stream
        self._ends_at = functions.stage.now + time_out

    def run(self, work: Work, end: Callable[[str, Any], None]) -> None:
        """Run to the end, whatever it is."""
        answer: Any = None
        how = "answered"
        try:
            answer = work(self._seen)
        except ProcessDied:
            how = "died"
        except _EXPECTED as error:
            how, answer = "failed", repr(error)
        except Exception as error:  # noqa: BLE001 # whatever else a handler raises is a defect to be told
            how, answer = "crashed", repr(error)
        end(how, answer)

    def call(self, call: str, act: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Do what a port does, when its time has come and as the fates want it."""
        stage, stream = self._stage, self._stream
        fault = stage.fates.pick_at_call(self._handler, call, stream)
        if fault is None or not self._matters(call, arguments):
            stage.note(Called(stage.now, self._number, self._handler, call, ""))
            self.wait(stream.exponential(_LATENCY))
            stage.acting = self._number
            return act(*arguments)
        stage.struck(fault, f"{self._handler} {call}", stream)
        stage.note(Called(stage.now, self._number, self._handler, call, "after" if fault.done else "before"))
        return self._suffer(fault, act, arguments)

    def post(self, act: Callable[..., Any], connection_id: str, text: str) -> Any:
        """Post as any port is called, and note the answer that this invocation met."""
        answer = None
        try:
            answer = self.call("notifier.post", act, (connection_id, text))
        finally:
            query_id = parsed(text)["queryId"]
            self._stage.note(Posted(self._stage.now, self._number, connection_id, query_id, answer))
        return answer

    def wait(self, seconds: float) -> None:
        """Let time pass for this invocation; it ends where its own time is over."""
        stage = self._stage
        is_late = stage.now + seconds > self._ends_at
        stage.after(self._ends_at - stage.now if is_late else seconds, self.switch)
        self.parent.switch()
        if is_late:
            raise ProcessDied

    def _suffer(self, fault: CallFault, act: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        answer = None
        self.wait(self._stream.exponential(_LATENCY) + (fault.delay if fault.late else 0.0))
        if fault.done:
            self._stage.acting = self._number
            answer = act(*arguments)
        if fault.delay and not fault.late:
            self.wait(fault.delay)
        return answer if fault.outcome is None else fault.outcome()

    def _matters(self, call: str, arguments: tuple[Any, ...]) -> bool:
        """A post to a connection that is gone anyway cannot be lost."""
        return call != "notifier.post" or arguments[0] in self._ports.notifier.open


def _caller() -> _Invocation:
    return cast("_Invocation", getcurrent())


class _SeenPorts:
    """The ports as invocations see them."""

    def __init__(self, stage: Stage, ports: FakePorts) -> None:
        self._ports = ports
        self.records = _Port("records", ports.records)
        self.warehouse = _Port("warehouse", ports.warehouse)
        self.notifier = _Notifier(ports)
        self.reports = _Port("reports", ports.reports)
        self.tokens = ports.tokens
        self.clock = _Clock(stage)

    @property
    def limits(self) -> Limits:
        """Give what one owner may use now."""
        return self._ports.limits


class _Port:
    """One port, each call of which goes through the invocation that makes it."""

    def __init__(self, name: str, port: object) -> None:
        self._name = name
        self._port = port

    def __getattr__(self, method: str) -> Callable[..., Any]:
        """Make a method when it is first called."""
        call, act = f"{self._name}.{method}", getattr(self._port, method)

        def through(*arguments: Any) -> Any:
            return _caller().call(call, act, arguments)

        setattr(self, method, through)
        return through


class _Notifier:
    """The port whose answers are facts of their own."""

    def __init__(self, ports: FakePorts) -> None:
        self._ports = ports

    def post(self, connection_id: str, text: str) -> Any:
        """See `Notifier.post`."""
        return _caller().post(self._ports.notifier.post, connection_id, text)


class _Clock:
    """The clock as an invocation sees it."""

    def __init__(self, stage: Stage) -> None:
        self.now = stage.wall

    def sleep(self, seconds: float) -> None:
        """Let the invocation wait."""
        _caller().wait(seconds)
