"""The console beside the real handlers: a query's whole way on one line, and none of its secrets."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests

from tests.flow.client import User, put_faults
from tests.flow.conftest import Pipeline
from tests.infra.local.console.watching import Seen, watching

DAYS = {"startDate": "2015-06-03", "endDate": "2015-06-28"}


@pytest.fixture
def noa(pipeline: Pipeline) -> User:
    return User.named(pipeline, f"noa-{uuid4().hex[:8]}")


def port_of(pipeline: Pipeline) -> int:
    port = urlsplit(pipeline.rest).port
    assert port is not None
    return port


def on_the_line(steps: list[Seen], query_id: str) -> list[tuple[str, str]]:
    """Give what stands on a query's line, of each text the part that is the same each time."""
    return [
        (step.kind, step.text.partition(" after ")[0].partition(" to ")[0])
        for step in steps
        if query_id in step.queries
    ]


def test_a_query_passes_by_from_its_message_to_its_rows(pipeline: Pipeline, noa: User) -> None:
    with watching(port_of(pipeline)) as stream, noa.connected() as session:
        query_id = session.run("daily-summary", **DAYS)
        statement_id = session.until("finished")["statementId"]
        steps = stream.until(lambda step: step.text.startswith("SendMessage ends"))
        assert noa.get(f"/results/{statement_id}")[0] == 200
        steps += stream.until(lambda step: step.text.startswith("GetResults ends"))
    line = on_the_line(steps, query_id)
    submitted = [
        ("invocation", "OnConnect begins for run"),
        ("item", "active set updated"),
        ("item", "record put (accepted)"),
        ("statement", "submitted"),
    ]
    told = [
        ("statement", "FINISHED"),
        ("event", "taken"),
        ("invocation", "SendMessage begins"),
        ("item", "record updated (finished)"),
        ("post", "finished"),
        ("invocation", "SendMessage ends"),
        ("statement", "rows read"),
        ("invocation", "GetResults ends"),
    ]
    assert [step for step in line if step in submitted] == [*submitted[:2], *submitted[2:], submitted[1]]
    assert [step for step in line if step in told] == told
    assert line[0][0] == "socket"


def test_an_event_that_is_lost_and_one_that_nobody_can_take_are_on_their_lines(
    pipeline: Pipeline, noa: User
) -> None:
    with watching(port_of(pipeline)) as stream, noa.connected() as session:
        put_faults(pipeline, events={"drop": 1})
        lost = session.run("daily-summary", **DAYS)
        dropped = stream.until(lambda step: step.kind == "event")[-1]
        put_faults(pipeline, handlers={"SendMessageFunction": {"raise": 3}})
        dead = session.run("daily-summary", **DAYS)
        letter = stream.until(lambda step: step.kind == "dead letter")[-1]
    assert (dropped.text, dropped.queries, dropped.well) == ("dropped", (lost,), False)
    assert (letter.text, letter.queries) == ("kept in the queue", (dead,))


def test_neither_a_token_nor_a_parameters_value_passes_by(pipeline: Pipeline, noa: User) -> None:
    with watching(port_of(pipeline)) as stream, noa.connected() as session:
        session.run("daily-summary", **DAYS)
        statement_id = session.until("finished")["statementId"]
        noa.get(f"/results/{statement_id}")
        stream.until(lambda step: step.text.startswith("GetResults ends"))
    page = requests.get(f"{urlsplit(pipeline.rest)._replace(path='/_local/').geturl()}", timeout=10).content
    for secret in (noa.token, *noa.token.split("."), *DAYS.values(), "daily-summary"):
        assert secret.encode() not in bytes(stream.raw) + page
