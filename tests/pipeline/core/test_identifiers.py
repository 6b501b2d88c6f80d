from __future__ import annotations

import hashlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.identifiers import (
    client_token,
    is_query_id,
    is_statement_id,
    is_topic_name,
    owner_of,
    parameters_hash,
    parse_statement_name,
    statement_name,
)
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.pipeline.properties import PROPERTY, any_text

pytestmark = pytest.mark.fast


@given(st.uuids())
@PROPERTY
def test_every_uuid_in_lower_case_is_a_query_id(value: uuid.UUID) -> None:
    assert is_query_id(str(value))


@pytest.mark.parametrize("text", ["", QUERY_ID.upper(), QUERY_ID + "\n", "{" + QUERY_ID + "}", QUERY_ID[:-1]])
def test_anything_else_is_no_query_id(text: str) -> None:
    assert not is_query_id(text)


@pytest.mark.parametrize("text", ["daily-summary", "a", "2015-trips", "trips-by-hour", "a" * 64])
def test_words_joined_by_hyphens_name_a_report(text: str) -> None:
    assert is_topic_name(text)


@pytest.mark.parametrize(
    "text", ["", "-a", "a-", "a--b", "Daily", "a_b", "a.b", "../a", "a/b", "a\n", "é", "a" * 65]
)
def test_nothing_else_names_a_report(text: str) -> None:
    assert not is_topic_name(text)


def test_a_statement_id_may_hold_any_lower_case_letter() -> None:
    assert is_statement_id(STATEMENT_ID)
    assert is_statement_id("zzzzzzzz-0747-4bf4-b142-e8883122f766")


@pytest.mark.parametrize(
    "text",
    [
        "",
        STATEMENT_ID + ":1",
        STATEMENT_ID.upper(),
        STATEMENT_ID + "\n",
        "x",
        STATEMENT_ID[:-1],
        STATEMENT_ID + "a",
    ],
)
def test_a_sub_statement_or_any_other_text_is_no_statement_id(text: str) -> None:
    assert not is_statement_id(text)


def test_the_owner_is_made_from_issuer_and_subject_alone() -> None:
    whole = hashlib.sha256(b"https://issuer\nana").hexdigest()
    assert owner_of("https://issuer", "ana") == whole[:32]


def test_the_same_subject_of_another_issuer_is_another_owner() -> None:
    assert owner_of("https://one", "ana") != owner_of("https://two", "ana")


@given(st.uuids(), st.text("0123456789abcdef", min_size=32, max_size=32))
@PROPERTY
def test_a_statement_name_leads_back_to_owner_and_query(query_id: uuid.UUID, owner: str) -> None:
    name = statement_name(owner, str(query_id))
    assert len(name) == 69
    assert parse_statement_name(name) == (owner, str(query_id))


@given(any_text)
@PROPERTY
def test_no_other_name_leads_anywhere(name: str) -> None:
    assert parse_statement_name(name) is None


def test_a_statement_name_with_anything_around_it_leads_nowhere() -> None:
    name = statement_name(OWNER, QUERY_ID)
    assert [parse_statement_name(n) for n in (f" {name}", f"{name}\n", f"{name}/x", name.upper())] == [
        None
    ] * 4


def test_the_client_token_is_the_hash_of_the_statement_name() -> None:
    expected = hashlib.sha256(f"{OWNER}/{QUERY_ID}".encode()).hexdigest()
    assert client_token(OWNER, QUERY_ID) == expected
    assert len(expected) == 64


def test_the_parameters_hash_is_that_of_topic_and_canonical_json() -> None:
    expected = hashlib.sha256(b'daily-summary\n{"a":"1","b":"2"}').hexdigest()
    assert parameters_hash("daily-summary", {"b": "2", "a": "1"}) == expected


def test_the_parameters_hash_takes_letters_beyond_ascii_as_they_are() -> None:
    expected = hashlib.sha256('daily-summary\n{"a":"Café"}'.encode()).hexdigest()
    assert parameters_hash("daily-summary", {"a": "Café"}) == expected


def test_another_topic_or_value_gives_another_hash() -> None:
    hashes = {
        parameters_hash("t", {"a": "1"}),
        parameters_hash("t", {"a": "2"}),
        parameters_hash("u", {"a": "1"}),
        parameters_hash("t", {}),
    }
    assert len(hashes) == 4
