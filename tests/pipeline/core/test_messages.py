from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import Refusal
from pipeline.core.messages import (
    MAXIMUM_MESSAGE_BYTES,
    Accepted,
    Cancel,
    Cancelled,
    ClientMessage,
    Error,
    Failed,
    Finished,
    Ping,
    Pong,
    Resume,
    Resumed,
    Run,
    ServerMessage,
    Unknown,
    encode,
    open_envelope,
    parse_client_message,
    parse_server_message,
)
from tests.fakes.others import START
from tests.fakes.ports import JUNE
from tests.pipeline.builders import OTHER_QUERY_ID, QUERY_ID, STATEMENT_ID
from tests.pipeline.properties import PROPERTY, any_text, json_values

pytestmark = pytest.mark.fast

query_ids = st.uuids().map(str)
topics = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True)
printable = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain_json = st.none() | st.booleans() | st.integers() | printable | st.lists(printable, max_size=2)
perhaps_id = st.none() | st.just(STATEMENT_ID)
client_messages: st.SearchStrategy[ClientMessage] = st.one_of(
    st.builds(Run, query_ids, topics, st.dictionaries(printable, plain_json, max_size=4)),
    st.builds(Resume, st.lists(query_ids, min_size=1, max_size=20).map(tuple)),
    st.builds(Cancel, query_ids),
    st.just(Ping()),
)
instants = st.just(START)
outcomes = st.one_of(
    st.builds(Accepted, query_ids, topics, perhaps_id, instants, instants),
    st.builds(
        Finished, query_ids, topics, st.just(STATEMENT_ID), st.none() | st.integers(0), instants, instants
    ),
    st.builds(Failed, query_ids, topics, perhaps_id, printable, printable, st.booleans()),
    st.builds(Cancelled, query_ids, topics, perhaps_id, st.sampled_from(["user", "warehouse"])),
    st.builds(Unknown, query_ids),
)
server_messages: st.SearchStrategy[ServerMessage] = st.one_of(
    outcomes,
    st.builds(Resumed, st.lists(outcomes, max_size=4).map(tuple)),
    st.builds(
        Error,
        st.none() | printable,
        st.none() | query_ids,
        printable,
        st.none() | printable,
        printable,
        st.booleans(),
    ),
    st.just(Pong()),
)


def parse(body: str) -> ClientMessage:
    return parse_client_message(open_envelope(body))


def refusal(body: str | dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(body if isinstance(body, str) else json.dumps(body))
    return caught.value


RUN: dict[str, Any] = {
    "action": "run",
    "queryId": QUERY_ID,
    "topicName": "daily-summary",
    "parameters": JUNE,
}


@given(client_messages)
@PROPERTY
def test_a_clients_message_arrives_as_it_was_meant(message: ClientMessage) -> None:
    assert parse(encode(message)) == message


@given(server_messages)
@PROPERTY
def test_the_pipelines_message_arrives_as_it_was_meant(message: ServerMessage) -> None:
    assert parse_server_message(encode(message)) == message


def test_the_frames_are_those_of_the_protocol() -> None:
    finished = Finished(QUERY_ID, "daily-summary", STATEMENT_ID, 30, START, START)
    assert json.loads(encode(finished)) == {
        "type": "finished",
        "queryId": QUERY_ID,
        "topicName": "daily-summary",
        "statementId": STATEMENT_ID,
        "rows": 30,
        "finishedAt": "2026-11-24T15:00:00.000Z",
        "resultExpiresAt": "2026-11-24T15:00:00.000Z",
    }
    assert json.loads(encode(Ping())) == {"action": "ping"}


def test_a_frame_is_one_short_line_with_its_letters_as_they_are() -> None:
    run = Run(QUERY_ID, "daily-summary", {"zone": "Café"})
    assert encode(run) == (
        f'{{"queryId":"{QUERY_ID}","topicName":"daily-summary","parameters":{{"zone":"Café"}},"action":"run"}}'
    )


@pytest.mark.parametrize(
    "body", [None, "", "hello", "[]", "1", "null", '"run"', "{", "[" * 100_000, "9" * 5000,
     '{"action": "ping", "n": NaN}', '{"action": "ping", "n": -Infinity}'],
)  # fmt: skip
def test_what_is_no_json_object_is_an_invalid_message(body: str | None) -> None:
    envelope = open_envelope(body)
    assert (envelope.action, envelope.query_id) == (None, None)
    with pytest.raises(Refusal) as caught:
        parse_client_message(envelope)
    assert (caught.value.code, caught.value.field) == ("invalid_message", None)


@pytest.mark.parametrize("action", ["fly", "", None, 5, ["run"], "RUN", "connect", "x" * 999, "\ud800"])
def test_an_action_that_is_none_is_named_so(action: Any) -> None:
    refused = refusal({**RUN, "action": action})
    assert (refused.code, refused.field) == ("unknown_action", "action")
    assert refused.message == "The action must be one of run, resume, cancel, ping."


@pytest.mark.parametrize("message", [{"queryId": QUERY_ID}, {}])
def test_a_message_without_an_action_is_refused(message: dict[str, Any]) -> None:
    refused = refusal(message)
    assert (refused.code, refused.field) == ("unknown_action", "action")


def test_an_action_too_long_to_repeat_is_not_repeated() -> None:
    assert open_envelope(json.dumps({"action": "x" * 65})).action is None
    assert open_envelope(json.dumps({"action": "x" * 64})).action == "x" * 64


def test_an_envelope_repeats_only_a_query_id_that_is_one() -> None:
    assert open_envelope(json.dumps(RUN)).query_id == QUERY_ID
    assert open_envelope(json.dumps({**RUN, "queryId": "x"})).query_id is None


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"queryId": "x"}, "invalid_message", "queryId"),
        ({"queryId": QUERY_ID.upper()}, "invalid_message", "queryId"),
        ({"queryId": None}, "invalid_message", "queryId"),
        ({"topicName": "Daily Summary"}, "unknown_report", "topicName"),
        ({"topicName": "../secrets"}, "unknown_report", "topicName"),
        ({"topicName": 5}, "invalid_message", "topicName"),
        ({"parameters": []}, "invalid_message", "parameters"),
        ({"parameters": "startDate"}, "invalid_message", "parameters"),
        ({"surprise": 1}, "invalid_message", "surprise"),
    ],
)
def test_a_run_of_another_form_is_refused_with_its_field(change: Any, code: str, field: str) -> None:
    refused = refusal({**RUN, **change})
    assert (refused.code, refused.field) == (code, field)
    assert refused.message


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("[]", "The message is not a JSON object in one text frame."),
        ({**RUN, "queryId": "x"}, "queryId must be a UUID in lower case."),
        ({**RUN, "topicName": "../secrets"}, "There is no report of that name."),
        ({"action": "cancel"}, "queryId is missing."),
        ({"action": "resume", "queryIds": []}, "queryIds must hold 1 to 20 ids."),
        ({"action": "resume", "queryIds": ["x"]}, "Each of queryIds must be a UUID in lower case."),
        ('{"action": "ping", "a": 1, "b": 2, "b": 3}', "b is given more than once."),
        (
            '{"action": "run", "parameters": {"a": 1, "b": 2, "b": 3}}',
            "b is given more than once.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_with_the_message(body: str | dict[str, Any], sentence: str) -> None:
    assert refusal(body).message == sentence


@pytest.mark.parametrize("name", ["queryId", "topicName", "parameters"])
def test_a_run_that_lacks_a_field_is_refused(name: str) -> None:
    refused = refusal({key: value for key, value in RUN.items() if key != name})
    assert (refused.code, refused.field) == ("invalid_message", name)


@pytest.mark.parametrize("ids", [[], [QUERY_ID] * 21, ["x"], [QUERY_ID, 5], QUERY_ID])
def test_a_resume_names_one_to_twenty_query_ids(ids: Any) -> None:
    refused = refusal({"action": "resume", "queryIds": ids})
    assert refused.code == "invalid_message"
    assert str(refused.field).startswith("queryIds")


def test_a_resume_of_twenty_is_taken() -> None:
    ids = tuple(str(uuid.UUID(int=n)) for n in range(20))
    assert parse(encode(Resume(ids))) == Resume(ids)


def test_a_cancel_names_a_query_id() -> None:
    assert refusal({"action": "cancel", "queryId": "x"}).field == "queryId"


def test_a_field_given_twice_is_refused_though_json_would_take_the_last() -> None:
    body = json.dumps(RUN)[:-1] + f', "queryId": "{OTHER_QUERY_ID}"}}'
    refused = refusal(body)
    assert (refused.code, refused.field) == ("invalid_message", "queryId")


def test_a_parameter_given_twice_is_named() -> None:
    body = json.dumps(RUN).replace('{"startDate"', '{"startDate": "2015-01-01", "startDate"')
    refused = refusal(body)
    assert (refused.code, refused.field) == ("duplicate_parameter", "startDate")


@given(any_text | st.binary(max_size=60).map(lambda content: content.decode("utf-8", "surrogateescape")))
@PROPERTY
def test_no_frame_at_all_is_too_strange_to_be_opened(body: str) -> None:
    open_envelope(body)


STRANGE_NAMES = st.sampled_from(["\ud800", "x" * 30_000, "na\nme"]) | any_text


@given(STRANGE_NAMES, json_values)
@PROPERTY
def test_a_refusal_can_always_be_sent_in_one_frame(name: str, value: Any) -> None:
    body = json.dumps({**RUN, name: value})
    try:
        parse(body)
    except Refusal as refused:
        told = Error("run", QUERY_ID, refused.code, refused.field, refused.message, refused.retryable)
        assert len(encode(told).encode()) < MAXIMUM_MESSAGE_BYTES


@pytest.mark.parametrize("place", ["top", "parameters"])
def test_a_strange_name_given_twice_is_repeated_in_a_form_that_can_be_sent(place: str) -> None:
    twice = '{"\\ud800": 1, "\\ud800": 2}'
    body = twice if place == "top" else json.dumps({**RUN, "parameters": 0}).replace(": 0}", f": {twice}}}")
    body = body.replace("{", '{"action": "run", ', 1) if place == "top" else body
    assert refusal(body).field == "?"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"type": "novelty"}',
        '{"type": ["pong"]}',
        '{"type": "finished"}',
        '{"message": "Internal server error"}',
        "[" * 100_000,
    ],
)
def test_a_client_ignores_what_it_does_not_know(body: str) -> None:
    assert parse_server_message(body) is None


def test_a_client_ignores_fields_and_standings_that_it_does_not_know() -> None:
    assert parse_server_message('{"type": "pong", "novelty": 1}') == Pong()
    resumed = '{"type": "resumed", "queries": [{"type": "novelty"}, {"type": "unknown", "queryId": "q"}]}'
    assert parse_server_message(resumed) == Resumed((Unknown("q"),))
