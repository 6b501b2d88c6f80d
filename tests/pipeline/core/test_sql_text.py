from __future__ import annotations

import pytest

from pipeline.core.sql_text import (
    Placeholder,
    placeholders,
    quoted_placeholders,
    refused_form,
)

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
        "with a as (select top 1 x from b) select * from a",
        "select 'select top 1' as \"top\", 1 as top",
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


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("drop table trips", 1),
        ("-- made by hand\n\ndrop table trips", 3),
        ("-- only\n-- a comment", 1),
    ],
)
def test_what_does_not_begin_as_a_select_is_refused_where_it_begins(sql: str, line: int) -> None:
    assert refused_form(sql) == (line, "The SQL must be one SELECT, and may begin WITH.")


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("select 1\ninto copied", (2, "SELECT INTO makes a table: reports only read.")),
        ("with a as (\nDelete from b) select 1", (2, "DELETE changes data: reports only read.")),
        ("with a as (\ninsert into b select 1) select 1", (2, "INSERT changes data: reports only read.")),
        ("with a as (\nmerge into b using c) select 1", (2, "MERGE changes data: reports only read.")),
        ("select 1\nFetch first", (2, "Leave out FETCH: maximumRows of the declaration limits the answer.")),
        ("select\nTop 10 x", (2, "Leave out TOP: maximumRows of the declaration limits the answer.")),
        (
            "select 1\n, {{ x }}",
            (2, "This looks like a template: values come as :name, and nothing is pasted into the SQL."),
        ),
    ],
)
def test_a_refusal_tells_line_and_reason(sql: str, refused: tuple[int, str]) -> None:
    assert refused_form(sql) == refused


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


@pytest.mark.parametrize(
    "sql",
    [
        "with gone as (delete from trips) select 1",
        "with new as (insert into trips select 1) select 1",
        "with a as (select 1) insert into trips select * from a",
        "with a as (select 1) update trips set x = 1",
        "select 1 into copied from trips",
        "select * from (select 1 into copied from trips)",
    ],
)
def test_what_changes_data_is_refused_wherever_it_stands(sql: str) -> None:
    refused = refused_form(sql)
    assert refused is not None
    assert refused[1].endswith("reports only read.")


@pytest.mark.parametrize("verb", ["create table a (b int)", "copy a from 's3://b'", "unload ('select 1') to 's3://b'",
                                  "grant select on a to b", "call a()", "set a to b", "truncate a", "explain select 1",
                                  "merge into a using b on true", "begin", "alter table a add b int"])  # fmt: skip
def test_a_statement_of_another_kind_is_refused(verb: str) -> None:
    assert refused_form(verb) == (1, "The SQL must be one SELECT, and may begin WITH.")


@pytest.mark.parametrize("name", ["last_update", "'delete'", '"insert"', "t.update"])
def test_a_name_that_only_looks_like_a_verb_is_taken(name: str) -> None:
    assert refused_form(f"select {name} from trips") is None


@pytest.mark.parametrize(
    "sql",
    ["select {{ day }}", "select ${day}", "select {day}", "where a = %s", "select %(day)s", "select '{day}'",
     "select '${day}'", "select {% if a %}", "select $1", "select a,\n%s"],
)  # fmt: skip
def test_marks_of_a_template_are_refused(sql: str) -> None:
    refused = refused_form(f"select 1 {sql}" if sql.startswith("where") else sql)
    assert refused is not None
    assert refused[1].startswith("This looks like a template")


@pytest.mark.parametrize(
    "sql",
    [
        "select a %s",
        "select a1 %s",
        "select a_ %s",
        'select "a" %s',
        "select (a)%s",
        "select a like '%s%'",
        "select a ~ 'x{2}'",
        "select a % 5",
    ],
)
def test_remainders_and_patterns_are_no_template(sql: str) -> None:
    assert refused_form(sql) is None


@pytest.mark.parametrize(
    ("sql", "what"), [("select 'a", "text"), ('select "a', "quoted name"), ("select 1 /* a", "comment")]
)
def test_what_is_opened_and_not_closed_is_refused(sql: str, what: str) -> None:
    assert refused_form(f"{sql}\nfrom trips") == (1, f"The {what} that begins here does not end.")


def test_a_comment_in_a_comment_is_refused_because_engines_end_it_differently() -> None:
    sentence = "A comment stands inside this comment: end it first."
    assert refused_form("select 1\n/* a /* b */ c */\nfrom trips") == (2, sentence)
    assert refused_form("select 1 /*/* a */") == (1, sentence)


def test_a_second_statement_is_told_from_a_trailing_semicolon() -> None:
    second, trailing = refused_form("select 1; select 2"), refused_form("select 1;")
    assert second == (1, "A second statement begins behind this semicolon: a report is one SELECT.")
    assert trailing == (1, "Leave out the semicolon: the row limit is added behind the SELECT.")


@pytest.mark.parametrize(
    ("sql", "instead_of"),
    [
        ("select 1 from :x", "table"),
        ("select 1 from a join :x on true", "table"),
        ("select 1 from a, :x", "table"),
        ("select 1 from taxi.:x", "table"),
        ("select 1 from (select a from b order by a) c, :x", "table"),
        ("select 1) from :x", "table"),
        ("select 1 from a order by :x::int", "order"),
        ("select 1 from a order by b, :x::int", "order"),
        ("select sum(a) over (order by :x::int)", "order"),
        ("select 1 from a group by :x::int", "order"),
        ("select :x::int, 1 from a", None),
        ("select 1 from a join b on a.c = :x::int", None),
        ("select 1 from a where b in (1, :x::int)", None),
        ("select 1 from (select a from b where c > :x::int) d", None),
        ("select 1 from a order by case when :x::int = 1 then b end", None),
        ("select 1 from a order by coalesce(b, :x::int)", None),
    ],
)
def test_a_placeholder_says_what_no_value_can_stand_for(sql: str, instead_of: str | None) -> None:
    assert [one.instead_of for one in placeholders(sql)] == [instead_of]


def test_a_placeholder_below_an_empty_line_has_the_line_of_the_file() -> None:
    assert placeholders("\nselect :a") == [Placeholder("a", None, 2)]


@pytest.mark.parametrize(
    "word", ["SELECT", "where", "and", "or", "not", "in", "like", "between", "then", "else", "by", "on"]
)
def test_what_stands_where_a_value_must_come_is_no_remainder(word: str) -> None:
    refused = refused_form(f"select 1 from a {word} %s")
    assert refused is not None
    assert refused[1].startswith("This looks like a template")


def test_a_placeholder_in_a_text_may_begin_with_a_capital() -> None:
    assert [one.name for one in quoted_placeholders("select ':Day'")] == ["Day"]


def test_a_placeholder_in_a_text_is_found_as_one_without_a_value() -> None:
    found = quoted_placeholders("select ':a',\n':b::int', '12:30', 'x::y', \":c\" -- ':d'")
    assert found == [
        Placeholder("a", None, 1, "text"),
        Placeholder("b", None, 2, "text"),
        Placeholder("c", None, 2, "text"),
    ]
