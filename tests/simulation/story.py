"""Tells a history as lines that a person can read: who did what, what went wrong, what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.core.records import QueryRecord
from tests.simulation import facts
from tests.simulation.facts import Fact
from tests.simulation.history import History


def story(history: History) -> list[str]:
    """Write the history, one line for each fact; queries and statements go by short names."""
    names = _Names(history)
    return [
        f"{fact.at:9.3f}  {names.shorten(line)}"
        for fact in history.facts
        if not _is_ping(fact)
        for line in _told(fact)
    ]


def _is_ping(fact: Fact) -> bool:
    match fact:
        case facts.Sent():
            return '"ping"' in fact.text
        case facts.Heard():
            return fact.message == {"type": "pong"}
        case _:
            return False


def _told(fact: Fact) -> Iterator[str]:
    match fact:
        case facts.Did():
            yield f"deed {fact.deed}: {fact.what}"
        case facts.Struck():
            yield f"  FAULT {fact.fault} ({fact.where})"
        case facts.Pressed():
            yield f"{fact.who} asks for {fact.query_id}"
        case facts.Sent():
            yield f"{fact.who} > {_frame(json.loads(fact.text))}"
        case facts.Heard():
            yield f"{fact.who} < {_frame(fact.message)}"
        case facts.Opened():
            yield f"{fact.who} is connected; waiting for {sorted(fact.pending)}"
        case facts.Showed():
            yield f"{fact.who} shows {fact.query_id} as {fact.phase}"
        case facts.LinkShowed():
            yield f"{fact.who}: {fact.state}"
        case facts.Left():
            yield f"{fact.who} is closed for ever"
        case facts.Read():
            yield f"{fact.who} read {len(fact.rows)} of {fact.total} rows of {fact.statement_id}"
        case facts.Answered():
            yield f"GET {fact.about or '/queries'} -> {fact.status}"
        case _:
            yield from _told_of_the_pipeline(fact)


def _told_of_the_pipeline(fact: Fact) -> Iterator[str]:
    match fact:
        case facts.LineOpened():
            yield f"connection {fact.connection_id} is open"
        case facts.LineClosed():
            yield f"connection {fact.connection_id} is closed"
        case facts.Began():
            yield f"[{fact.by}] {fact.handler} begins for {fact.subject}"
        case facts.Called() if fact.moment:
            yield f"[{fact.by}] {fact.handler} is interrupted {fact.moment} {fact.call}"
        case facts.Finished():
            yield f"[{fact.by}] {fact.handler} {fact.how}"
        case facts.Wrote():
            yield f"[{fact.by}] record {fact.key[1]}: {_record(fact.before)} -> {_record(fact.after)}"
        case facts.Placed():
            yield f"[{fact.by}] places: {sorted(fact.before)} -> {sorted(fact.after)}"
        case facts.Linked():
            yield f"[{fact.by}] {fact.connection_id} {'+' if fact.there else '-'} {fact.query_id}"
        case facts.Led():
            yield f"[{fact.by}] {fact.statement_id} leads to its query"
        case facts.Executed():
            yield f"[{fact.by}] statement {fact.statement_id} starts for {fact.key[1]}"
        case facts.StatementEnded():
            yield f"statement {fact.statement_id} ends: {fact.state}"
        case facts.Posted():
            answer = {True: "posted", False: "gone", None: "failed"}[fact.answer]
            yield f"[{fact.by}] notice of {fact.query_id} to {fact.connection_id}: {answer}"


class _Names:
    """Short names for the ids of a history, in the order in which they came up."""

    def __init__(self, history: History) -> None:
        self._short: dict[str, str] = {}
        for fact in history.facts:
            match fact:
                case facts.Pressed():
                    self._short[fact.owner] = fact.who.partition("/")[0]
                    self._short.setdefault(fact.query_id, f"q{self._count('q')}")
                case facts.Executed():
                    self._short.setdefault(fact.statement_id, f"s{self._count('s')}")
                case facts.Began() if fact.handler == "connect":
                    self._short.setdefault(fact.subject, f"c{self._count('c')}")

    def shorten(self, line: str) -> str:
        for name, short in self._short.items():
            if name in line:
                line = line.replace(name, short)
        return line.replace("'", "")

    def _count(self, kind: str) -> int:
        return 1 + sum(short.startswith(kind) for short in self._short.values())


def _record(record: QueryRecord | None) -> str:
    if record is None:
        return "-"
    watchers = ",".join(sorted(record.connection_ids))
    told = " told" if record.notified_at else ""
    return f"{record.state}({record.statement_id or '-'}; {watchers or 'nobody'}{told})"


def _frame(message: Any) -> str:
    if "type" not in message:
        words = [message.get("action", message.get("message")), *message.get("queryIds", [])]
        return " ".join(str(word) for word in [*words, message.get("queryId", "")])
    if message["type"] == "resumed":
        return "resumed: " + ", ".join(_frame(standing) for standing in message["queries"])
    return " ".join(str(message.get(name, "")) for name in ("type", "queryId", "code")).strip()
