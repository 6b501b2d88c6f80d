"""One schedule: owners, pages and queries over the real handlers, first with faults, then without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, cast

from dashboard.client.model import QueryView
from pipeline.core.identifiers import owner_of
from pipeline.core.records import QueryRecord
from pipeline.ports import Limits
from tests.fakes.ports import REPORT
from tests.simulation import faults
from tests.simulation.bus import Bus
from tests.simulation.deeds import DEEDS
from tests.simulation.device import Device
from tests.simulation.facts import Did
from tests.simulation.fates import Choice, Fates
from tests.simulation.functions import Functions
from tests.simulation.gateway import Gateway
from tests.simulation.history import History, View
from tests.simulation.messages import TOPIC
from tests.simulation.plan import Deed, plan
from tests.simulation.rest import RestApi
from tests.simulation.scripts import Script
from tests.simulation.services import TimedTokens, TimedWarehouse, watched_ports
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

FEWEST_FAULTS = 5
_EXTRA_DEEDS = 1000
MOST_PAGES = 4
_LONGEST_DEADLINE = 900
# How many queries an owner may have at once; with one, whoever presses twice meets the limit.
_ACTIVE_QUERIES = (1, 3, 3)
# Long enough for a deadline, for the longest pause of a client, and for the last retry of an event.
_CALM = 150.0
_READ_EVERY = 50.0
_LAST_RETRIES = 200.0
_A_WHILE = 30.0


class Kept(NamedTuple):
    """What of a schedule is played again: these faults, and these deeds."""

    faults: Mapping[Choice, str]
    deeds: frozenset[int]


class Setting(NamedTuple):
    """Who is there, and what will be done until when."""

    people: tuple[str, ...]
    deeds: Sequence[Deed]
    length: float
    active_queries: int = max(_ACTIVE_QUERIES)


class World:
    """Everything that happens in one schedule, drawn from one seed."""

    def __init__(self, seed: int, kept: Kept | None = None, setting: Setting | None = None) -> None:
        stream = Stream(seed)
        self._stream = stream
        self._kept = kept
        fates = Fates(stream.child("fates"), None if kept is None else kept.faults)
        self._setting = setting or _drawn_setting(stream)
        self.stage = Stage(fates, History(self._setting.active_queries))
        self.ports = watched_ports(self.stage, stream, _limits(self._setting.active_queries))
        self.functions = Functions(self.stage, self.ports)
        self.gateway = Gateway(self.stage, self.functions)
        self.bus = Bus(self.stage, self.functions, stream.child("bus"))
        self.rest = RestApi(self.stage, self.functions)
        self.tokens = cast("TimedTokens", self.ports.tokens)
        cast("TimedWarehouse", self.ports.warehouse).emit = self.bus.emit
        self.ports.notifier = self.gateway
        self.people = self._setting.people
        self._pages: list[Device] = []
        self._names = 0

    def play(self) -> History:
        """Live through it all, and give its history."""
        for person in self.people:
            self.open_page(person, self._stream.child(person))
        for deed in self._setting.deeds:
            if self._is_kept(deed.number):
                self.stage.after(deed.at, partial(self._do, deed))
        self.stage.run_until(self._setting.length)
        self._trouble_enough()
        self._calm_down()
        self._leave()
        self._ask_for_places()
        return self.stage.history

    # who is there

    def owner(self, person: str) -> str:
        return _owner(person)

    def some_person(self, stream: Stream) -> str:
        return stream.choice(self.people)

    def open_pages(self) -> list[Device]:
        return [device for device in self._pages if not device.is_closed]

    def some_page(self, stream: Stream, connected: bool = False) -> Device | None:
        pages = [device for device in self.open_pages() if device.line is not None or not connected]
        return stream.choice(pages) if pages else None

    def some_pending(self, stream: Stream) -> tuple[Device, QueryView] | None:
        """Find a query that a page waits for; the newest more often than not."""
        pending = [(d, view) for d in self.open_pages() for view in d.views() if view.ended_at is None]
        if not pending:
            return None
        newest = max(pending, key=lambda found: found[1].pressed_at)
        return newest if stream.chance(0.6) else stream.choice(pending)

    def new_query_id(self, stream: Stream) -> str:
        digits = f"{stream.child('query').key:016x}{stream.child('id').key:016x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"

    # what comes about

    def open_page(self, person: str, stream: Stream, question: str | None = None) -> Device:
        """Open a page, or with too many use one that is there; a question always needs a connection of its own."""
        mine = [device for device in self.open_pages() if device.person == person]
        if mine and question is None and len(self.open_pages()) >= MOST_PAGES:
            return mine[-1]
        self._names += 1
        device = Device(
            self.stage,
            self.gateway,
            self.rest,
            self.tokens,
            person,
            f"{person}/{self._names}",
            _owner(person),
            stream.child("page"),
            question,
        )
        self._pages.append(device)
        return device

    def script(self, person: str, stream: Stream, query_id: str | None, *frames: Mapping[str, Any]) -> None:
        """Let a script of a person connect and speak."""
        self._names += 1
        own = stream.child("script")
        script = Script(self.stage, self.gateway, f"{person}/script {self._names}", _owner(person), own)
        script.connect(self.tokens.issue(person, own.key), query_id, *frames)

    def hurry(self, record: QueryRecord) -> None:
        """Let the statement of a query that runs finish before its time."""
        cast("TimedWarehouse", self.ports.warehouse).hurry(str(record.statement_id))

    def withdraw_report(self, seconds: float) -> None:
        """Take the report away for a while."""
        self.ports.reports.put(TOPIC, REPORT)
        self.ports.reports.withdraw(TOPIC)
        self.stage.after(seconds, lambda: self.ports.reports.put(TOPIC, REPORT))

    # the phases

    def _do(self, deed: Deed) -> None:
        self.stage.note(Did(self.stage.now, deed.number, deed.name))
        DEEDS[deed.name](self, deed.stream)

    def _is_kept(self, deed: int) -> bool:
        return self._kept is None or deed in self._kept.deeds

    def _trouble_enough(self) -> None:
        """Go on until enough has gone wrong: a schedule that met no fault proves nothing."""
        number = _EXTRA_DEEDS
        while self._wants_trouble(number):
            for name in ("press", "cut"):
                number += 1
                if self._is_kept(number):
                    self._do(Deed(self.stage.now, number, name, self._stream.child(name, number)))
                self.stage.run_until(self.stage.now + 2.0)

    def _wants_trouble(self, number: int) -> bool:
        if self._kept is not None:
            return number < max(self._kept.deeds, default=0)
        return self.stage.history.faults() < FEWEST_FAULTS

    def _calm_down(self) -> None:
        """Let nothing go wrong any more: each query must end, and its owners must learn it."""
        self.stage.fates.calm = True
        self.stage.history.calm_from = self.stage.now
        self.ports.reports.put(TOPIC, REPORT)
        end = self.stage.now + _CALM
        while self.stage.now < end:
            for device in self.open_pages():
                if device.link_state() == "signed_out":
                    device.try_now()
                device.read_again()
            for n, person in enumerate(self.people):
                stream = self._stream.child("last reads", n + int(self.stage.now) * 8)
                self.rest.queries(_owner(person), stream, lambda status, body: None)
            self.stage.run_until(self.stage.now + _READ_EVERY)
        history = self.stage.history
        history.views = [
            View(device.name, device.owner, view) for device in self.open_pages() for view in device.views()
        ]

    def _leave(self) -> None:
        """Close every page; what nobody holds any more, the gateway closes for being idle."""
        for device in self.open_pages():
            device.close()
        self.gateway.close_idle()
        self.stage.run_until(self.stage.now + _LAST_RETRIES)
        if self.bus.replay():
            self.stage.struck(faults.REPLAYED, "bus", self._stream)
        self.stage.run_until(self.stage.now + _A_WHILE)
        self._keep_end()

    def _ask_for_places(self) -> None:
        """Let each owner ask once more, with room for one query: places of queries that are over must be free."""
        self.ports.limits = _limits(1)
        probes = set()
        for person in self.people:
            stream = self._stream.child("probe " + person)
            query_id = self.new_query_id(stream)
            probes.add(query_id)
            self.script(person, stream, query_id)
        self.stage.history.probes = frozenset(probes)
        self.stage.run_until(self.stage.now + _A_WHILE)

    def _keep_end(self) -> None:
        history = self.stage.history
        history.records = dict(self.ports.records.queries)
        history.places = {owner: frozenset(held) for owner, held in self.ports.records.places.items()}
        history.rows = {
            statement.id: tuple(row[0]["longValue"] for row in statement.rows)
            for statement in self.ports.warehouse.statements.values()
        }


def _drawn_setting(stream: Stream) -> Setting:
    people = ("ana", "bob", "cem")[: 2 + stream.below(2)]
    return Setting(people, *plan(stream.child("plan")), stream.choice(_ACTIVE_QUERIES))


def _limits(active_queries: int) -> Limits:
    return Limits(active_queries, _LONGEST_DEADLINE)


@cache
def _owner(person: str) -> str:
    return owner_of("https://issuer", person)
