"""Result pages: every row once, every value exact."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from infra.local.redshift.errors import ApiError
from infra.local.redshift.pages import page_token, token_offset
from tests.infra.local.redshift.service import ended, error_of, execute
from tests.infra.local.redshift.warehouse import TRIPS
from tests.pipeline.properties import PROPERTY, any_text

ROWS = """select tpep_pickup_datetime, total_amount, passenger_count, trip_distance, valid_fare
from trips order by tpep_pickup_datetime"""


@pytest.fixture
def identifier(client: Any) -> str:
    made = execute(client, ROWS)
    assert ended(client, made)["ResultRows"] == TRIPS
    return made


def test_2500_rows_are_three_pages_with_no_row_missing_or_doubled(client: Any, identifier: str) -> None:
    pages = list(client.get_paginator("get_statement_result").paginate(Id=identifier))
    assert [len(page["Records"]) for page in pages] == [1_000, 1_000, 500]
    assert {page["TotalNumRows"] for page in pages} == {TRIPS}
    assert "NextToken" not in pages[-1]
    moments = [row[0]["stringValue"] for page in pages for row in page["Records"]]
    assert len(set(moments)) == TRIPS
    assert moments == sorted(moments)


def test_decimals_are_exact_text_and_nulls_are_nulls(client: Any, identifier: str) -> None:
    pages = client.get_paginator("get_statement_result").paginate(Id=identifier)
    rows = [row for page in pages for row in page["Records"]]
    assert [row[1]["stringValue"] for row in rows] == [
        f"{(330 + i % 1000 * 10) / 100:.2f}" for i in range(TRIPS)
    ]
    assert [row[2] for row in rows] == [
        {"isNull": True} if i % 7 == 0 else {"longValue": i % 6} for i in range(TRIPS)
    ]
    assert rows[0] == [
        {"stringValue": "2015-06-01 00:00:00.0"},
        {"stringValue": "3.30"},
        {"isNull": True},
        {"doubleValue": 0.0},
        {"booleanValue": False},
    ]


def test_a_page_can_be_read_again(client: Any, identifier: str) -> None:
    token = client.get_statement_result(Id=identifier)["NextToken"]
    first = client.get_statement_result(Id=identifier, NextToken=token)["Records"]
    assert client.get_statement_result(Id=identifier, NextToken=token)["Records"] == first


@pytest.mark.parametrize("token", ["nonsense", "MTAwMA==", "ÄÖÜ"])
def test_a_token_that_was_never_given_is_refused(client: Any, identifier: str, token: str) -> None:
    with pytest.raises(ClientError) as raised:
        client.get_statement_result(Id=identifier, NextToken=token)
    assert error_of(raised) == ("ValidationException", "The NextToken is not valid.")


def test_a_token_of_another_statement_is_refused(client: Any, identifier: str) -> None:
    other = execute(client, ROWS)
    ended(client, other)
    token = client.get_statement_result(Id=other)["NextToken"]
    with pytest.raises(ClientError, match="The NextToken is not valid"):
        client.get_statement_result(Id=identifier, NextToken=token)


def test_a_result_of_exactly_one_page_has_no_next_token(client: Any) -> None:
    made = execute(client, f"{ROWS}\nlimit 1000")
    ended(client, made)
    assert "NextToken" not in client.get_statement_result(Id=made)


def test_a_result_over_500_mb_fails(client: Any) -> None:
    made = execute(client, "select a.*, b.zone from trips a, trips c, taxi_zones b")
    assert ended(client, made)["Error"] == "ERROR: Database response exceeded size limit"


@given(any_text | st.binary(max_size=40).map(lambda content: base64.urlsafe_b64encode(content).decode()))
@PROPERTY
def test_any_text_that_is_no_token_is_refused_as_one(text: str) -> None:
    with pytest.raises(ApiError, match="NextToken"):
        token_offset("statement", text)


@pytest.mark.parametrize("changed", [" {}", "{}=", "{}\n", "{}!"])
def test_a_token_that_was_edited_is_refused(changed: str) -> None:
    token = page_token("statement", 1_000)
    assert token_offset("statement", token) == 1_000
    with pytest.raises(ApiError, match="NextToken"):
        token_offset("statement", changed.format(token))
