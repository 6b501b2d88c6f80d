"""The warehouse under test: in memory, or the stand-in's Data API over DuckDB, reached through real HTTP."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb

from infra.local.redshift import DataApi, Engine
from pipeline.aws.warehouse import RedshiftWarehouse, Workgroup
from pipeline.ports import Warehouse
from tests.contract.clients import local_client
from tests.contract.servers import Reply, Request, serving
from tests.fakes.others import FakeClock
from tests.fakes.warehouse import FakeWarehouse

LONGEST_WAIT_SECONDS = 20
PRINCIPAL = "arn:aws:sts::123456789012:assumed-role/statements/OnConnectFunction"
ROWS_IN_TABLE = 2_500


def select(rows: int) -> str:
    """Give a SELECT of that many rows, counted from 0."""
    return f"select trips from numbers where trips < {rows} order by trips"


class House(Protocol):
    """A warehouse whose statements end when the test says so."""

    warehouse: Warehouse

    def hold(self) -> None:
        """Let statements that start from now on run until they are cancelled."""

    def settle(self, statement_id: str, rows: int = 0) -> Mapping[str, Any]:
        """Wait until a statement has ended, with this many rows where that is ours to say; give its event."""

    def break_down(self, statement_id: str) -> Mapping[str, Any]:
        """Wait until a statement that cannot work has failed; give its event."""

    def be_busy(self) -> None:
        """Refuse the next statement for now."""


class FakeHouse:
    """The warehouse in memory."""

    def __init__(self) -> None:
        self.fake = FakeWarehouse(FakeClock())
        self.warehouse: Warehouse = self.fake

    def hold(self) -> None:
        """Nothing ends by itself here."""

    def settle(self, statement_id: str, rows: int = 0) -> Mapping[str, Any]:
        self.fake.finish(statement_id, rows)
        return self._event(statement_id)

    def break_down(self, statement_id: str) -> Mapping[str, Any]:
        self.fake.fail(statement_id, 'ERROR: relation "nowhere" does not exist')
        return self._event(statement_id)

    def be_busy(self) -> None:
        self.fake.refuse("busy")

    def _event(self, statement_id: str) -> Mapping[str, Any]:
        return next(event for event in self.fake.events if event["detail"]["statementId"] == statement_id)


@dataclass
class Faults:
    """The faults of the stand-in: settings stay, counters run down."""

    settings: dict[str, int] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)

    def value(self, group: str, name: str) -> int:
        return self.settings.get(name, 0)

    def take(self, group: str, name: str) -> bool:
        left = self.counters.get(name, 0)
        self.counters[name] = max(left - 1, 0)
        return left > 0


class LocalHouse:
    """The stand-in's Data API."""

    def __init__(self, warehouse: Warehouse, faults: Faults, events: queue.Queue[dict[str, Any]]) -> None:
        self.warehouse = warehouse
        self.faults = faults
        self._events = events

    def hold(self) -> None:
        self.faults.settings["delay_ms"] = 60_000

    def settle(self, statement_id: str, rows: int = 0) -> Mapping[str, Any]:
        event = self._events.get(timeout=LONGEST_WAIT_SECONDS)
        assert event["detail"]["statementId"] == statement_id
        return event

    def break_down(self, statement_id: str) -> Mapping[str, Any]:
        return self.settle(statement_id)

    def be_busy(self) -> None:
        self.faults.counters["throttle"] = 1


def make_database(path: Path) -> Path:
    """Make a database with one table `numbers`, whose column `trips` counts from 0."""
    with duckdb.connect(path) as connection:
        connection.execute(f"create table numbers as select range as trips from range({ROWS_IN_TABLE})")
    return path


@contextmanager
def local_house(database: Path) -> Iterator[LocalHouse]:
    """Run the stand-in's Data API behind HTTP until the block ends."""
    events: queue.Queue[dict[str, Any]] = queue.Queue()
    faults = Faults()
    engine = Engine(database)
    api = DataApi(engine, events.put, faults, lambda: datetime.now(UTC), "123456789012", "us-east-1")

    def answer(request: Request) -> Reply:
        operation = request.headers["X-Amz-Target"].removeprefix("RedshiftData.")
        status, body = api.answer(operation, json.loads(request.body), PRINCIPAL)
        return Reply(status, json.dumps(body).encode(), "application/x-amz-json-1.1")

    try:
        with serving(answer) as server:
            client = local_client("redshift-data", server.address)
            yield LocalHouse(RedshiftWarehouse(client, Workgroup("local", "dev")), faults, events)
            client.close()
    finally:
        api.close()
        engine.close()
