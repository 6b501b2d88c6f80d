"""How each deed of a plan is done, by whoever is there when its time has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.simulation import events, faults
from tests.simulation.messages import run_message
from tests.simulation.stream import Stream

if TYPE_CHECKING:
    from tests.simulation.world import World

# Seconds after which an impatient reader asks again: while the query runs, and when it should have ended.
_LATER = (11.0, 62.0)
# Seconds: as long as a handshake with a question takes.
_AT_ONCE = 0.1
BAD_DATES = {"startDate": "2014-06-01", "endDate": "2015-06-30"}


def open_page(world: World, stream: Stream) -> None:
    world.open_page(world.some_person(stream), stream)


def press(world: World, stream: Stream) -> None:
    if device := world.some_page(stream):
        device.press(world.new_query_id(stream))


def press_with_bad_date(world: World, stream: Stream) -> None:
    if device := world.some_page(stream):
        device.press(world.new_query_id(stream), BAD_DATES)


def cancel(world: World, stream: Stream) -> None:
    if (pending := world.some_pending(stream)) is not None:
        pending[0].cancel(pending[1].query_id)


def cut(world: World, stream: Stream) -> None:
    if (device := world.some_page(stream, connected=True)) and device.line is not None:
        world.stage.struck(faults.CUT, device.name, stream)
        world.gateway.cut(device.line, "The connection broke (1006).")


def cut_under_way(world: World, stream: Stream) -> None:
    """Close the connection whose message is just being handled: its $disconnect overtakes the writes."""
    lines = [line for line in world.gateway.open_lines() if line.id in world.functions.subjects()]
    if lines:
        world.stage.struck(faults.BEFORE_WRITES, lines[-1].id, stream)
        world.gateway.cut(lines[-1], "The connection broke (1006).")


def close_by_gateway(world: World, stream: Stream) -> None:
    if (device := world.some_page(stream, connected=True)) and device.line is not None:
        world.stage.struck(faults.GOING_AWAY, device.name, stream)
        world.gateway.cut(device.line, "Going away (1001).")


def silence(world: World, stream: Stream) -> None:
    if (device := world.some_page(stream, connected=True)) and device.line is not None:
        world.stage.struck(faults.SILENT, device.name, stream)
        world.gateway.silence(device.line)


def expire_token(world: World, stream: Stream) -> None:
    """Expire a token just when its page must connect again."""
    if (device := world.some_page(stream, connected=True)) and device.line is not None:
        world.stage.struck(faults.TOKEN_EXPIRED, device.name, stream)
        world.tokens.refuse(device.token)
        world.gateway.cut(device.line, "The connection broke (1006).")


def close_page(world: World, stream: Stream) -> None:
    if len(world.open_pages()) < 2 or (pending := world.some_pending(stream)) is None:
        return
    world.stage.struck(faults.TAB_CLOSED, pending[0].name, stream)
    pending[0].close()


def reload_page(world: World, stream: Stream) -> None:
    """A new page for the same owner finds its query in the address; the old one is gone."""
    if (pending := world.some_pending(stream)) is None:
        return
    old, view = pending
    world.stage.struck(faults.RELOADED, old.name, stream)
    old.close()
    world.open_page(old.person, stream).watch(view.query_id)


def watch_elsewhere(world: World, stream: Stream) -> None:
    """Open a query of one page on another page of the same owner, or on a new one."""
    if (pending := world.some_pending(stream)) is None:
        return
    first, view = pending
    others = [d for d in world.open_pages() if d.person == first.person and d is not first]
    second = stream.choice(others) if others else world.open_page(first.person, stream)
    if second is not None:
        second.watch(view.query_id)


def read_history(world: World, stream: Stream) -> None:
    world.rest.queries(world.owner(world.some_person(stream)), stream, lambda status, body: None)


def read_running(world: World, stream: Stream) -> None:
    """Ask for the rows of a query that runs, and again when it is silent, and when it is late."""
    if (pending := world.some_pending(stream)) is None:
        return
    device, view = pending
    if view.statement_id is None:
        return
    for number, later in enumerate((0.0, *_LATER)):
        ask = partial(
            world.rest.page,
            device.owner,
            view.statement_id,
            None,
            stream.child("read", number),
            lambda status, body: None,
        )
        world.stage.after(later, ask)


def ask_as_stranger(world: World, stream: Stream) -> None:
    """Ask for another's query in every way, also by naming its owner."""
    keys = [record.owner + "/" + record.query_id for record in world.ports.records.queries.values()]
    if not keys:
        return
    victim, query_id = stream.choice(keys).split("/")
    strangers = [person for person in world.people if world.owner(person) != victim]
    person = stream.choice(strangers)
    frames: list[Mapping[str, Any]] = [
        {"action": "resume", "queryIds": [query_id]},
        {"action": "resume", "queryIds": [query_id], "owner": victim},
        {"action": "cancel", "queryId": query_id, "owner": victim},
        {"action": "cancel", "queryId": query_id},
    ]
    if stream.chance(0.3):
        frames.append(run_message(query_id))
    world.script(person, stream, None, *frames)
    statement_id = world.ports.records.queries[victim, query_id].statement_id
    if statement_id is not None:
        world.rest.page(world.owner(person), statement_id, None, stream, lambda status, body: None)


def connect_with_question(world: World, stream: Stream) -> None:
    """Ask as the architecture's first form does: a script, or a page that follows its query a little later."""
    person, query_id = world.some_person(stream), world.new_query_id(stream)
    if stream.chance(0.4):
        world.script(person, stream, query_id)
        return
    if stream.chance(0.3):
        world.script(person, stream, None, run_message(query_id), run_message(query_id))  # twice at once
        return
    page = world.open_page(person, stream, query_id)
    world.stage.after(stream.exponential(6.0), lambda: page.watch(query_id))
    if stream.chance(0.3):
        cancel = {"action": "cancel", "queryId": query_id}
        later = stream.exponential(_AT_ONCE)
        world.stage.after(later, lambda: world.script(person, stream, None, cancel))


def repeat_run(world: World, stream: Stream) -> None:
    """Ask once more by a script of the same owner: in its address or by a message, at times for something else."""
    if (pending := world.some_pending(stream)) is None:
        return
    device, view = pending
    if stream.chance(0.4):
        world.script(device.person, stream, view.query_id)
        again, later = stream.child("again"), stream.choice(_LATER)
        world.stage.after(later, lambda: world.script(device.person, again, view.query_id))
        return
    parameters = (
        {"startDate": "2015-07-01", "endDate": "2015-07-02"} if stream.chance(0.2) else view.parameters
    )
    world.script(device.person, stream, None, run_message(view.query_id, parameters))


def join_as_it_ends(world: World, stream: Stream) -> None:
    """Join the query that runs longest by a handshake that may still be under way when its statement ends."""
    running = [record for record in world.ports.records.queries.values() if record.state == "running"]
    if not running:
        return
    record = min(running, key=lambda record: record.submitted_at)
    (person,) = (person for person in world.people if world.owner(person) == record.owner)
    world.script(person, stream, record.query_id)
    world.stage.after(stream.exponential(_AT_ONCE), lambda: world.hurry(record))


def send_nonsense(world: World, stream: Stream) -> None:
    world.script(world.some_person(stream), stream, None, {"action": "drop table"}, {"queryId": 7})


DEEDS: Mapping[str, Callable[[World, Stream], None]] = {
    "open a page": open_page,
    "press": press,
    "press with a bad date": press_with_bad_date,
    "cancel": cancel,
    "cut": cut,
    "cut under way": cut_under_way,
    "close by the gateway": close_by_gateway,
    "silence": silence,
    "expire token": expire_token,
    "close a page": close_page,
    "reload a page": reload_page,
    "watch elsewhere": watch_elsewhere,
    "read history": read_history,
    "read a running answer": read_running,
    "ask as a stranger": ask_as_stranger,
    "connect with a question": connect_with_question,
    "repeat a run": repeat_run,
    "join as it ends": join_as_it_ends,
    "send nonsense": send_nonsense,
    "change the report": events.change_report,
    "withdraw the report": events.withdraw_report,
    "foreign event": events.foreign_event,
    "event of another statement": events.event_of_another_statement,
    "malformed event": events.malformed_event,
    "replay dead letters": events.replay_dead_letters,
}
