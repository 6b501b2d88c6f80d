"""What befalls the surroundings in a schedule: reports that change, events that are not ours or come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.ports import REPORT
from tests.fakes.warehouse import Statement, statement_event
from tests.simulation import faults
from tests.simulation.messages import TOPIC
from tests.simulation.stream import Stream

if TYPE_CHECKING:
    from tests.simulation.world import World


def change_report(world: World, stream: Stream) -> None:
    if world.some_pending(stream) is not None:
        world.stage.struck(faults.REPORT_CHANGED, TOPIC, stream)
        world.ports.reports.put(TOPIC, REPORT + f"-- {stream.below(1000)}\n")


def withdraw_report(world: World, stream: Stream) -> None:
    if world.some_pending(stream) is not None:
        world.stage.struck(faults.REPORT_WITHDRAWN, TOPIC, stream)
        world.withdraw_report(stream.exponential(15.0))


def foreign_event(world: World, stream: Stream) -> None:
    world.stage.struck(faults.FOREIGN_EVENT, "bus", stream)
    foreign = Statement(_statement_id(stream), "somebody else's", "select 1", {}, "FINISHED")
    world.bus.deliver(statement_event(foreign), stream)


def event_of_another_statement(world: World, stream: Stream) -> None:
    """An event with our query's name, which another statement used."""
    running = [s for s in world.ports.warehouse.statements.values() if s.state == "STARTED"]
    known = {record.statement_id for record in world.ports.records.queries.values()}
    named = [statement for statement in running if statement.id in known]
    if named:
        world.stage.struck(faults.FOREIGN_ID, "bus", stream)
        other = Statement(_statement_id(stream), stream.choice(named).name, "select 1", {}, "FINISHED")
        world.bus.deliver(statement_event(other), stream)


def malformed_event(world: World, stream: Stream) -> None:
    world.stage.struck(faults.MALFORMED_EVENT, "bus", stream)
    world.bus.deliver({"detail": {"statementName": stream.below(9), "rows": "many"}}, stream)


def replay_dead_letters(world: World, stream: Stream) -> None:
    if world.bus.replay():
        world.stage.struck(faults.REPLAYED, "bus", stream)


def _statement_id(stream: Stream) -> str:
    digits = f"{stream.child('statement').key:016x}" * 2
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"
