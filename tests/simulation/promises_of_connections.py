"""What becomes of connections: attached while they live, told what they watch, forgotten when they end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tests.simulation.facts import (
    Began,
    Finished,
    LineClosed,
    LineOpened,
    Linked,
    ListedOf,
    Posted,
    QueryKey,
    Wrote,
)
from tests.simulation.messages import parsed
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

# A connection that answers as if it were gone may not be open yet, and is tried again for so many seconds.
_TRIED_FOR = 1.5


class _Look(NamedTuple):
    """What a $disconnect found, and when, in the order of facts."""

    place: int
    by: int
    connection_id: str
    links: set[str]
    watched: set[QueryKey]


def a_closed_connection_leaves_nothing(trial: Trial) -> Iterator[Violation]:
    """Residue. What was there when its $disconnect looked is gone, where that invocation came to its end.

    What was written again after that look stays until its time is over.
    """
    there: dict[tuple[str, str], bool] = {}
    written: dict[tuple[str, str], int] = {}
    looks: list[_Look] = []
    watching: dict[str, set[QueryKey]] = defaultdict(set)
    for index, fact in enumerate(trial.in_order(Linked, Wrote, ListedOf)):
        match fact:
            case Linked(connection_id=connection_id, query_id=query_id):
                there[connection_id, query_id] = fact.there
                if fact.there:
                    written[connection_id, query_id] = index
            case Wrote():
                _follow_watchers(watching, fact)
                written.update({(one, fact.key[1]): index for one in _new_watchers(fact)})
            case ListedOf(connection_id=connection_id):
                links = {q for (c, q), is_there in there.items() if c == connection_id and is_there}
                keys = {key for key in watching[connection_id] if key[1] in links}
                looks.append(_Look(index, fact.by, connection_id, links, keys))
    for look in looks:
        if trial.went_well(look.by):
            left = {q for q in look.links if there[look.connection_id, q]}
            left |= {key[1] for key in look.watched & watching[look.connection_id]}
            for query_id in left:
                if written[look.connection_id, query_id] < look.place:
                    yield Violation(
                        "residue", query_id, f"still tied to {look.connection_id}, which is closed"
                    )


def who_is_accepted_watches(trial: Trial) -> Iterator[Violation]:
    """Untold, residue. `accepted` says: this connection will be told of the end, and forgotten when it closes."""
    watched = {(c, write.key[1]) for write in trial.of[Wrote] for c in _new_watchers(write)}
    attached = {(link.connection_id, link.query_id) for link in trial.of[Linked] if link.there}
    for ended in trial.of[Finished]:
        if ended.how != "answered" or ended.handler not in {"run", "resume"}:
            continue
        message = parsed(ended.answer["body"])
        for told in message.get("queries", [message]):
            key = (ended.subject, told.get("queryId"))
            if told["type"] == "accepted" and key not in watched:
                yield Violation("untold", key[1], f"{ended.subject} was accepted and never watched")
            if told["type"] == "accepted" and key not in attached:
                yield Violation("residue", key[1], f"{ended.subject} watches it without an attachment")


def who_asks_in_the_address_watches(trial: Trial) -> Iterator[Violation]:
    """Untold. A handshake that succeeds says what `accepted` says."""
    watched = {(c, write.key[1]) for write in trial.of[Wrote] for c in _new_watchers(write)}
    attached = {(link.connection_id, link.query_id) for link in trial.of[Linked] if link.there}
    for line in trial.of[LineOpened]:
        record = trial.record_before((line.owner, str(line.asked)), line.at)
        is_told = (line.connection_id, line.asked) in watched & attached
        if record is not None and not record.has_ended and not is_told:
            yield Violation(
                "untold", record.query_id, f"{line.connection_id} asked for it and does not watch"
            )


def a_handshake_for_what_cannot_run_is_refused(trial: Trial) -> Iterator[Violation]:
    """Untold. No statement runs, so no event will come: the handshake is the only place to say so."""
    connects = {fact.subject: fact for fact in trial.of[Began] if fact.handler == "connect"}
    for line in trial.of[LineOpened]:
        began, key = connects.get(line.connection_id), (line.owner, str(line.asked))
        write = next((write for write in reversed(trial.writes[key]) if write.at < line.at), None)
        if began is None or write is None or not (write.by == began.by or write.at < began.at):
            continue
        record = write.after
        if record is not None and record.state == "failed" and record.statement_id is None:
            yield Violation("untold", key[1], f"{line.connection_id} opened for it, and it had failed")


def _new_watchers(write: Wrote) -> frozenset[str]:
    before = write.before.connection_ids if write.before else frozenset()
    return write.after.connection_ids - before if write.after else frozenset()


def a_living_connection_stays_attached(trial: Trial) -> Iterator[Violation]:
    """Detached. Nothing but its own end, or a post that was answered with 410, takes a connection from its queries."""
    open_lines: set[str] = set()
    gone: set[str] = set()
    for fact in trial.in_order(LineOpened, LineClosed, Posted, Linked, Wrote):
        match fact:
            case LineOpened():
                open_lines.add(fact.connection_id)
            case LineClosed():
                open_lines.discard(fact.connection_id)
            case Posted() if fact.answer is False:
                gone.add(fact.connection_id)
            case Linked() if not fact.there and fact.connection_id in open_lines:
                if fact.connection_id in gone:
                    continue
                yield Violation("detached", fact.query_id, f"from {fact.connection_id}, which is open")
            case Wrote() if fact.before is not None and fact.after is not None:
                for connection_id in fact.before.connection_ids - fact.after.connection_ids:
                    if connection_id not in open_lines or connection_id in gone:
                        continue
                    yield Violation(
                        "detached", fact.key[1], f"no longer tells {connection_id}, which is open"
                    )


def who_watches_is_told(trial: Trial) -> Iterator[Violation]:
    """Untold. `notifiedAt` says that everyone was posted to, and a delivery without fault ends with it."""
    posted: set[tuple[str, str]] = set()
    notified: set[QueryKey] = set()
    for fact in trial.in_order(Posted, Wrote):
        if type(fact) is Posted and fact.answer:
            posted.add((fact.connection_id, fact.query_id))
        elif type(fact) is Wrote and fact.after is not None and fact.after.notified_at is not None:
            if fact.key in notified:
                continue
            notified.add(fact.key)
            for connection_id in fact.after.connection_ids:
                if (connection_id, fact.key[1]) not in posted:
                    yield Violation("untold", fact.key[1], f"nothing was posted to {connection_id}")
    yield from _events_delivered_in_vain(trial)
    yield from _left_out(trial)
    yield from _posted_too_early(trial)


def _events_delivered_in_vain(trial: Trial) -> Iterator[Violation]:
    for ended in trial.of[Finished]:
        if ended.handler != "send_message" or ended.how != "answered":
            continue
        key = trial.statements.get(ended.subject)
        record = trial.history.records.get(key) if key else None
        if record is not None and record.statement_id == ended.subject and record.notified_at is None:
            yield Violation("untold", record.query_id, "its event was delivered, and nobody was told")


def _left_out(trial: Trial) -> Iterator[Violation]:
    """Find watchers that had no try of their own, because the post to another one failed."""
    tried = {(fact.by, fact.connection_id) for fact in trial.of[Posted]}
    for ended in trial.of[Finished]:
        key = trial.statements.get(ended.subject)
        if ended.how != "failed" or key is None or "NoticeFailedError" not in ended.answer:
            continue
        record = trial.record_before(key, ended.at)
        for connection_id in record.connection_ids if record is not None else ():
            if (ended.by, connection_id) not in tried:
                yield Violation("untold", key[1], f"{connection_id} was left out, because others failed")


def _posted_too_early(trial: Trial) -> Iterator[Violation]:
    """Find connections that opened just after they had been taken for gone, and were not tried again."""
    opened = {fact.connection_id: fact for fact in trial.of[LineOpened]}
    tries: dict[tuple[int, str], list[Posted]] = defaultdict(list)
    for post in trial.of[Posted]:
        tries[post.by, post.connection_id].append(post)
    for (by, connection_id), posts in tries.items():
        line, first = opened.get(connection_id), posts[0].at
        if line is None or not first < line.at < first + _TRIED_FOR or not trial.went_well(by):
            continue
        if posts[-1].at < line.at:
            yield Violation("untold", posts[0].query_id, f"{connection_id} opened, and was not tried again")


def _follow_watchers(watching: dict[str, set[QueryKey]], write: Wrote) -> None:
    before = write.before.connection_ids if write.before else frozenset()
    after = write.after.connection_ids if write.after else frozenset()
    for connection_id in after - before:
        watching[connection_id].add(write.key)
    for connection_id in before - after:
        watching[connection_id].discard(write.key)
