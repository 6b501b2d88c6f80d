"""What a client says and hears over an open connection."""

from __future__ import annotations

from typing import Any

from tests.bad_input.cases import WEEK
from tests.flow.client import Session

FOREVER = 60_000
"""Longer than any test, in milliseconds."""


def ask(session: Session, **values: str) -> dict[str, Any]:
    """Ask for a week and wait for the outcome."""
    session.run("every-kind", **WEEK, **values)
    return session.by_type("accepted", "finished")["finished"]


def answer(session: Session, **message: Any) -> dict[str, Any]:
    session.send(**message)
    return session.receive()


def cancel(session: Session, *query_ids: str) -> None:
    """Cancel running queries; for each come the answer and, when its statement has ended, the notice."""
    for query_id in query_ids:
        session.send(action="cancel", queryId=query_id)
        for message in (session.receive(), session.receive()):
            assert (message["type"], message["queryId"]) == ("cancelled", query_id)
