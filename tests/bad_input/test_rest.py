"""Requests to the REST API that make no sense: a status, a code in the shape of every error, never 5xx."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.bad_input import rest_rows
from tests.bad_input.cases import Request, parameters
from tests.bad_input.conftest import Statements
from tests.flow.client import User
from tests.flow.conftest import Pipeline


@pytest.fixture(scope="module")
def ana(pipeline: Pipeline) -> User:
    return User.named(pipeline, "ana")


@pytest.fixture(scope="module")
def statement(ana: User) -> str:
    """A finished statement of several pages."""
    with ana.connected() as session:
        session.run("trip-list", startDate="2015-06-01", endDate="2015-06-07")
        return str(session.by_type("accepted", "finished")["finished"]["statementId"])


def send(user: User, case: Request, statement: str) -> tuple[int, Mapping[str, str], Any]:
    """Send a request as its bytes stand in the case: no library mends the path or the headers."""
    base = urlsplit(user.pipeline.rest)
    body = None if case.body is None else case.body.encode("utf-8", "surrogateescape")
    headers = {"Authorization": f"Bearer {user.token}", **(case.headers or {})}
    with closing(http.client.HTTPConnection(base.netloc, timeout=20)) as connection:
        connection.request(
            case.method, base.path + case.path.replace("{statement}", statement), body, headers
        )
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), json.loads(answer.read())


@pytest.mark.parametrize("case", parameters(rest_rows.ROWS, Request))
def test_a_request_is_answered_with_status_and_code(
    ana: User, statement: str, statements: Statements, case: Request
) -> None:
    before = statements.count()
    status, headers, body = send(ana, case, statement)
    assert status == case.status
    assert headers["Cache-Control"] == "no-store"
    if case.code is None:
        assert body["statementId"] == statement
    else:
        assert set(body["error"]) == {"code", "field", "message", "requestId"}
        assert (body["error"]["code"], body["error"]["field"]) == (case.code, case.field)
        assert body["error"]["message"].endswith(".")
    assert statements.count() == before


@pytest.mark.parametrize("edit", [(0, "x"), (8, "A"), (60, "=")])
def test_59_a_token_that_was_edited_leads_to_no_page(
    ana: User, statement: str, edit: tuple[int, str]
) -> None:
    token = ana.get(f"/results/{statement}")[1]["nextPage"]
    at, letter = edit
    changed = token[:at] + letter + token[at + 1 :]
    assert changed != token
    status, body = ana.get(f"/results/{statement}?page={changed}")
    assert (status, body["error"]["code"], body["error"]["field"]) == (400, "invalid_parameter", "page")
    assert ana.get(f"/results/{statement}?page={token}")[0] == 200
