from __future__ import annotations

import pytest

from pipeline.core.sql_text import Placeholder, placeholders, refused_form

pytestmark = pytest.mark.fast


def test_a_placeholder_is_found_with_its_cast_and_line() -> None:
    sql = "select :a::date,\n  :b::Double  Precision,\n:c"
    assert placeholders(sql) == [
        Placeholder("a", "date", 1),
        Placeholder("b", "double precision", 2),
        Placeholder("c", None, 3),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "select ':a'",
        "select 'it''s :a'",
        'select ":a"',
        'select "x"":a"',
        "select 1 -- :a",
        "select /* :a\n:b */ 1",
        "select x::date",
        "select 5 :: int",
        "-- don't\nselect 1",
    ],
)
def test_texts_names_comments_and_casts_hold_no_placeholder(sql: str) -> None:
    assert placeholders(sql) == []


def test_a_placeholder_behind_a_text_or_a_comment_is_found() -> None:
    assert [one.name for one in placeholders("select 'a' || :x::text -- it's\n, :y::int")] == ["x", "y"]


def test_a_cast_belongs_to_the_placeholder_only_right_behind_it() -> None:
    assert [one.cast for one in placeholders("select (:a)::date, :b + x::int, :c :: int, :d")] == [
        None,
        None,
        "int",
        None,
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "SELECT 1",
        "with a as (select 1 limit 1) select * from a",
        "select * from (select 1 offset 2)",
        "-- limit\nselect 'limit;' as \"limit\" /* ; */",
        "select 1 union all select 2",
    ],
)
def test_one_select_is_taken(sql: str) -> None:
    assert refused_form(sql) is None


@pytest.mark.parametrize(
    "sql", ["", "  ", "drop table trips", "insert into a select 1", "-- only a comment", "(select 1)"]
)
def test_what_does_not_begin_as_a_select_is_refused(sql: str) -> None:
    assert refused_form(sql) == (1, "The SQL must be one SELECT, and may begin WITH.")


@pytest.mark.parametrize("sql", ["select 1\n;", "select 1\n; drop table trips", "select (1\n;)"])
def test_a_semicolon_is_refused_with_its_line(sql: str) -> None:
    refused = refused_form(sql)
    assert refused is not None
    assert refused[0] == 2
    assert "semicolon" in refused[1]


@pytest.mark.parametrize("word", ["limit 5", "LIMIT 5", "offset 5", "fetch first 5 rows only"])
def test_a_row_limit_of_its_own_is_refused_with_its_line(word: str) -> None:
    refused = refused_form(f"select 1\nfrom trips\n{word}")
    assert refused is not None
    assert refused[0] == 3
    assert "maximumRows" in refused[1]
