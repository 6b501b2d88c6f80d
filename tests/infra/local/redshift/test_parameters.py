"""Values are bound: they stay values whatever they look like, and the service checks the list as AWS does."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.local.redshift import Engine
from infra.local.redshift.literals import UNDOCUMENTED_CUT
from tests.infra.local.redshift.service import USER, Service, ended, error_of, execute


def named(**values: str) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in values.items()]


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_back_as_the_text_that_it_was(engine: Engine, text: str) -> None:
    with engine.session() as session:
        result = session.run("select :anyText::varchar(65535) as told", {"anyText": text})
    assert result.page(0) == [[{"stringValue": text}]]


@pytest.mark.parametrize(
    "text", ["x' or '1'='1", "'; drop table trips; --", ":other", "$p0", "2015-06-01'::date"]
)
def test_text_that_looks_like_sql_finds_nothing(client: Any, text: str) -> None:
    identifier = execute(
        client, "select zone from taxi_zones where zone = :zone", Parameters=named(zone=text)
    )
    description = ended(client, identifier)
    assert (description["Status"], description["ResultRows"]) == ("FINISHED", 0)


def test_a_placeholder_beside_text_needs_no_cast(client: Any) -> None:
    sql = "select zone from taxi_zones where zone = :zone or borough in (:zone, :other)"
    identifier = execute(client, sql, Parameters=named(zone="Jamaica Bay", other="EWR"))
    assert ended(client, identifier)["ResultRows"] == 2


def test_names_differ_by_case(engine: Engine) -> None:
    with engine.session() as session:
        result = session.run(
            "select :Day::date as a, :day::date as b", {"Day": "2015-06-01", "day": "2015-06-02"}
        )
    assert result.page(0) == [[{"stringValue": "2015-06-01"}, {"stringValue": "2015-06-02"}]]


def test_an_unused_parameter_is_refused_at_once(client: Any) -> None:
    with pytest.raises(ClientError) as raised:
        execute(client, "select ':zone' as word, 1 as one -- :zone", Parameters=named(zone="x", day="y"))
    assert error_of(raised) == (
        "ValidationException",
        "Parameters list contains unused parameters. Unused parameters: [zone, day]",
    )


@pytest.mark.parametrize("more", [{}, {"Parameters": named(day="2015-06-01")}])
def test_a_missing_value_fails_the_statement(client: Any, more: dict[str, Any]) -> None:
    description = ended(client, execute(client, "select :day::date as day, :zone::int as zone", **more))
    assert description["Status"] == "FAILED"
    assert description["Error"].startswith('ERROR: syntax error at or near ":"')


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ([], "Parameters must be a list of at least one parameter"),
        ([{"name": "day", "value": ""}], "at least one character"),
        ([{"name": "a day", "value": "x"}], "must match"),
        ([{"name": "day"}], "exactly name and value"),
        ([{"name": "day", "value": 5}], "at least one character"),
        ([*named(day="x"), *named(day="y")], "duplicate"),
        ("day", "Parameters must be a list"),
    ],
)
def test_what_botocore_would_not_even_send_is_refused_too(
    service: Service, parameters: Any, sentence: str
) -> None:
    request = {
        "WorkgroupName": "local",
        "Database": "dev",
        "Sql": "select :day::date",
        "Parameters": parameters,
    }
    status, body = service.api.answer("ExecuteStatement", request, USER)
    assert (status, body["__type"]) == (400, "ValidationException")
    assert sentence in body["message"]


@pytest.mark.parametrize(
    ("sql", "value", "error"),
    [
        (
            "select :x::date as x",
            "abc",
            'ERROR: invalid input syntax for type date: "abc" (line 1, column 8)',
        ),
        (
            "select :x::date as x",
            "2015-13-01",
            'ERROR: date/time field value out of range: "2015-13-01" (line 1, column 8)',
        ),
        ("select :x::int as x", "1.7", 'ERROR: invalid input syntax for integer: "1.7"'),
        ("select :x::int as x", "99999999999", 'ERROR: value "99999999999" is out of range for type int4'),
        (
            "select :x::numeric(5,2) as x",
            "abc",
            'ERROR: invalid input syntax for type numeric: "abc" (line 1, column 8)',
        ),
        (
            "select :x::numeric(5,2) as x",
            "1.725",
            f'ERROR: {UNDOCUMENTED_CUT} (:x is "1.725")',
        ),
        (
            "select :x::float8 as x",
            "abc",
            'ERROR: invalid input syntax for type numeric: "abc" (line 1, column 8)',
        ),
        (
            "select :x::timestamp as x",
            "abc",
            'ERROR: invalid input syntax for type timestamp: "abc" (line 1, column 8)',
        ),
    ],
)
def test_a_value_of_the_wrong_type_fails_in_redshifts_words(
    client: Any, sql: str, value: str, error: str
) -> None:
    assert ended(client, execute(client, sql, Parameters=named(x=value)))["Error"] == error


@pytest.mark.parametrize(
    "sql",
    [
        "select :x + 1 as y",
        "select date_trunc('day', :x) as y",
        "select i4 from samples where i4 = :x",
        "select i4 from samples where :x = :x",
        "select :x as y",
        "select i4 from samples order by :x",
        "select sum(:x) as y from samples",
        "select i4 from samples where d between :x and :x",
    ],
)
def test_a_placeholder_without_a_type_is_refused_with_advice(client: Any, sql: str) -> None:
    description = ended(client, execute(client, sql, Parameters=named(x="1")))
    assert "Write its type directly behind it, for example :x::date or :x::int." in description["Error"]
