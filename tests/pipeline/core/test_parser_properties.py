"""Whatever comes in, each parser of the core reads it or refuses it in the one way that it declares."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.core.authorization import bearer_token
from pipeline.core.choices import parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.errors import CODES, Refusal
from pipeline.core.identifiers import is_query_id, is_statement_id
from pipeline.core.messages import encode, open_envelope, parse_client_message, parse_server_message
from pipeline.core.report_text import ReportProblem
from pipeline.core.statement_ends import parse_event
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.pipeline.core.analyst_file import BOROUGHS, FILE
from tests.pipeline.properties import PROPERTY, any_text, hostile_text, json_values

pytestmark = pytest.mark.fast

any_json = json_values | st.dictionaries(any_text, json_values, max_size=3)
frames = st.fixed_dictionaries(
    {},
    optional={
        "action": st.sampled_from(["run", "resume", "cancel", "ping"]) | any_json,
        "queryId": st.just(QUERY_ID) | any_json,
        "queryIds": st.lists(st.just(QUERY_ID) | any_json, max_size=22) | any_json,
        "topicName": st.just("daily-summary") | hostile_text | any_json,
        "parameters": any_json,
        "type": st.sampled_from(["finished", "resumed", "error"]) | any_json,
        "queries": st.lists(any_json, max_size=2),
    },
)
details = st.fixed_dictionaries(
    {},
    optional={
        "statementName": st.just(f"{OWNER}/{QUERY_ID}") | any_json,
        "statementId": st.just(STATEMENT_ID) | any_json,
        "state": st.sampled_from(["FINISHED", "FAILED", "ABORTED", "STARTED"]) | any_json,
        "rows": any_json,
        "expireAt": any_json,
    },
)
toml_values = st.sampled_from(
    [
        "1",
        "-1",
        "1e400",
        "nan",
        '"x"',
        '""',
        "true",
        "[]",
        "[1]",
        '["day"]',
        "{}",
        "{a = 1}",
        "2015-06-01",
        "07:00:00",
    ]
)
lines = st.sampled_from([line for line in FILE.splitlines() if " = " in line])


def problem_of(content: bytes) -> ReportProblem | None:
    try:
        parse_report("trips", content, {"boroughs": BOROUGHS})
    except ReportProblem as problem:
        return problem
    return None


@given(frames.map(json.dumps) | any_text)
@PROPERTY
def test_any_frame_is_a_message_or_a_refusal_that_can_be_told(frame: str) -> None:
    try:
        message = parse_client_message(open_envelope(frame))
    except Refusal as refusal:
        refused = refusal
    else:
        assert parse_client_message(open_envelope(encode(message))) == message
        return
    assert refused.code in CODES
    assert refused.message.endswith(".")
    assert (refused.field or "").isascii()


@given(frames.map(json.dumps) | any_text)
@PROPERTY
def test_any_message_of_the_pipeline_is_known_or_ignored(frame: str) -> None:
    message = parse_server_message(frame)
    assert message is None or encode(message)


@given(details | any_json)
@example({"statementName": f"{OWNER}/{QUERY_ID}", "statementId": STATEMENT_ID, "state": ["FINISHED"]})
@PROPERTY
def test_any_event_is_the_end_of_a_statement_of_ours_or_nothing(detail: Any) -> None:
    found = parse_event({"detail": detail})
    assert found is None or (found.owner, found.query_id) == (OWNER, QUERY_ID)


@given(
    st.dictionaries(st.sampled_from(["Authorization", "authorization"]) | any_text, any_text | hostile_text)
)
@PROPERTY
def test_any_headers_hold_a_token_or_none(headers: dict[str, str]) -> None:
    token = bearer_token(headers)
    assert token is None or any(token in value for value in headers.values())


@given(lines, toml_values)
@PROPERTY
def test_any_value_of_any_key_of_a_declaration_is_accepted_or_named(line: str, value: str) -> None:
    key = line.partition(" = ")[0]
    problem = problem_of(FILE.replace(line, f"{key} = {value}", 1).encode())
    assert problem is None or problem.problems[0].message.endswith(".")


@given(st.binary(max_size=200))
@PROPERTY
def test_any_bytes_are_a_report_or_a_problem(content: bytes) -> None:
    assert problem_of(content) is not None


@given(
    st.binary(max_size=60)
    | st.lists(any_text, max_size=4).map(lambda cells: ",".join(cells).encode("utf-8", "ignore"))
)
@PROPERTY
def test_any_bytes_are_a_list_of_choices_or_a_value_error(content: bytes) -> None:
    try:
        choices = parse_choices(b"value,label\n" + content)
    except ValueError:
        return
    assert all(isinstance(choice.value, str) for choice in choices)


@given(any_text | hostile_text)
@PROPERTY
def test_no_other_text_is_an_identifier(text: str) -> None:
    assert not is_statement_id(text)
    assert not is_query_id(text)
