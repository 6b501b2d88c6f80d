"""The fakes of the pipeline's surroundings, watched: the table, the warehouse, the notifier, the tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pipeline.core.identifiers import parse_statement_name
from pipeline.core.records import Attachment
from pipeline.ports import Limits, StatementRefusedError, TokenRefusedError
from tests.fakes.others import FakeClock, FakeTokens
from tests.fakes.ports import FakePorts
from tests.fakes.records import FakeRecords
from tests.fakes.warehouse import FakeWarehouse, Statement
from tests.simulation import faults
from tests.simulation.facts import Executed, Led, Linked, ListedOf, Placed, QueryKey, StatementEnded, Wrote
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

K = TypeVar("K")
V = TypeVar("V")

PAGE_ROWS = 3
MOST_ROWS = 6  # one more than the report hands out
_TIME_OUT = 150.0


class WatchedItems(dict[K, V], Generic[K, V]):
    """Items of a table, which tell each change, whoever makes it and however."""

    def __init__(self, changed: Callable[[K, V | None, V | None], None]) -> None:
        super().__init__()
        self._changed = changed

    def __setitem__(self, key: K, value: V) -> None:
        before = self.get(key)
        super().__setitem__(key, value)
        self._changed(key, before, value)

    def pop(self, key: K, default: Any = None) -> Any:
        before = super().pop(key, default)
        if before is not None:
            self._changed(key, before, None)
        return before


class WatchedRecords(FakeRecords):
    """The table: each change of an item is a fact of the invocation that made it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self.queries = WatchedItems(self._wrote)
        self.links = WatchedItems(self._linked)
        self.statements = WatchedItems(self._led)
        self.places = WatchedItems(self._placed)

    def attachments(self, connection_id: str) -> Sequence[Attachment]:
        self._stage.note(ListedOf(self._stage.now, self._stage.acting, connection_id))
        return super().attachments(connection_id)

    def _wrote(self, key: QueryKey, before: Any, after: Any) -> None:
        self._stage.note(Wrote(self._stage.now, self._stage.acting, key, before, after))

    def _linked(self, key: tuple[str, str], before: Any, after: Any) -> None:
        self._stage.note(Linked(self._stage.now, self._stage.acting, *key, there=after is not None))

    def _led(self, key: tuple[str, str], before: str | None, after: str | None) -> None:
        self._stage.note(Led(self._stage.now, self._stage.acting, *key))

    def _placed(self, owner: str, before: Iterable[str] | None, after: Iterable[str] | None) -> None:
        holders = (frozenset(before or ()), frozenset(after or ()))
        self._stage.note(Placed(self._stage.now, self._stage.acting, owner, *holders))


class TimedWarehouse(FakeWarehouse):
    """The warehouse: each statement ends in its time, as the fates want it, and tells so by one event."""

    def __init__(self, stage: Stage, clock: FakeClock, stream: Stream) -> None:
        super().__init__(clock, page_rows=PAGE_ROWS)
        self.emit: Callable[[dict[str, Any]], None] = self.events.append
        self._stage = stage
        self._stream = stream
        self._asked: Counter[str] = Counter()

    def execute(self, sql: str, parameters: Mapping[str, str], name: str, token: str) -> str:
        self._asked[name] += 1
        stream = self._stream.child(name, self._asked[name])
        fault = faults.REPEAT_REFUSED if token in self._tokens else faults.STATEMENT_REFUSED
        if self._stage.strike((fault,), stream, name) is not None:
            raise StatementRefusedError("ValidationException")
        if token in self._tokens:
            return super().execute(sql, parameters, name, token)
        statement_id = super().execute(sql, parameters, name, token)
        self._started(self.statements[statement_id])
        return statement_id

    def hurry(self, statement_id: str) -> None:
        """Let a statement finish before its time."""
        self._finish(
            self.statements[statement_id], None, self._stream.child("hurried", UUID(statement_id).int)
        )

    def _started(self, statement: Statement) -> None:
        stage, stream = self._stage, self._stream.child("statement", UUID(statement.id).int)
        stage.note(Executed(stage.now, stage.acting, _key(statement), statement.id, statement.parameters))
        fault = stage.strike(faults.STATEMENT_FAULTS, stream, statement.name)
        seconds = stream.exponential(8.0)
        if fault is faults.STATEMENT_TOO_LONG:
            seconds = _TIME_OUT
        if fault is faults.STATEMENT_AT_ONCE:
            seconds = 0.0
        stage.after(min(seconds, _TIME_OUT), lambda: self._finish(statement, fault, stream))

    def _finish(self, statement: Statement, fault: faults.Fault | None, stream: Stream) -> None:
        """Its rows are numbers that no other statement has, so that a crossed answer is seen."""
        first = UUID(statement.id).int % 1_000_000_000
        rows = [[{"longValue": first + n}] for n in range(stream.below(MOST_ROWS + 1))]
        if statement.state != "STARTED":
            return
        if fault is faults.STATEMENT_FAILS:
            statement.error = 'ERROR: column "nothing" does not exist'
            self._end(statement, "FAILED")
        elif fault in {faults.STATEMENT_ABORTED, faults.STATEMENT_TOO_LONG}:
            self._end(statement, "ABORTED")
        else:
            statement.rows = rows
            self._end(statement, "FINISHED")

    def _end(self, statement: Statement, state: str) -> None:
        super()._end(statement, state)
        while self.events:
            self._stage.note(StatementEnded(self._stage.now, _key(statement), statement.id, state))
            self.emit(self.events.pop())


class TimedTokens(FakeTokens):
    """The issuer: tokens by their text, each refused from the moment on that it is expired or revoked."""

    def __init__(self) -> None:
        super().__init__()
        self._subjects: dict[str, str] = {}
        self._refused: set[str] = set()

    def issue(self, subject: str, number: int) -> str:
        """Make a token for a person."""
        token = f"{subject}.{number}"
        self._subjects[token] = subject
        return token

    def refuse(self, token: str) -> None:
        """Take a token for nothing from now on."""
        self._refused.add(token)

    def claims(self, token: str) -> Mapping[str, Any]:
        if token not in self._subjects or token in self._refused:
            raise TokenRefusedError("expired")
        return {"iss": "https://issuer", "sub": self._subjects[token]}


class StageClock(FakeClock):
    """The schedule's time, for the fakes."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    def now(self) -> datetime:
        return self._stage.wall()


def watched_ports(stage: Stage, stream: Stream, limits: Limits) -> FakePorts:
    """Make the ports of one schedule."""
    clock = StageClock(stage)
    ports = FakePorts(clock=clock, records=WatchedRecords(stage), tokens=TimedTokens(), limits=limits)
    ports.warehouse = TimedWarehouse(stage, clock, stream.child("warehouse"))
    return ports


def _key(statement: Statement) -> QueryKey:
    key = parse_statement_name(statement.name)
    if key is None:
        raise ValueError(f"{statement.name} is not a name of ours")
    return key
