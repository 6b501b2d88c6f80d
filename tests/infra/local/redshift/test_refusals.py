"""How a refusal is told. Which constructs are refused, and with which sentence, stands in the golden tables."""

from __future__ import annotations

import pytest

from infra.local.redshift import Engine
from infra.local.redshift.errors import SqlError


def test_the_position_is_that_of_the_text_as_written(engine: Engine) -> None:
    with pytest.raises(SqlError, match=r"\(line 3, column 7\)"):
        engine.translate("select i4,\n  i2\nfrom  nowhere")


def test_a_name_of_a_function_in_quotes_or_comments_is_no_call(engine: Engine) -> None:
    with engine.session() as session:
        result = session.run("select 'now()' as word -- read_csv('x')\n/* drop table trips; */", {})
    assert result.page(0) == [[{"stringValue": "now()"}]]


def test_a_statement_nested_too_deeply_fails_with_a_sentence(engine: Engine) -> None:
    with pytest.raises(SqlError):
        engine.translate("select " + "(" * 3_000 + "1" + ")" * 3_000)


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("select i4,\n  cast(true as date)\nfrom samples", "(line 2, column 3)"),
        ("select i4,\n  n / 3\nfrom samples", "(line 2, column 3)"),
        ("select i4\nfrom samples\nwhere current_timestamp > ts", "(line 3, column 7)"),
        ("select i4\nfrom samples\nwhere\n  sum(i4) > 1", "(line 4, column 3)"),
        ("/* what it asks\n*/\nselect 'it''s', fare from samples", "(line 3, column 17)"),
        ("select\n  b,\n  i4 + sum(i2)\nfrom samples group by b", "(line 3, column 3)"),
        ("select i4 + 1, i4, count(*) from samples", "(line 1, column 8)"),
        ("with a as (select i4 from samples)\nselect max(i4), i4 from a", "(line 2, column 17)"),
    ],
)
def test_an_error_tells_the_line_and_column_of_its_operand(engine: Engine, sql: str, place: str) -> None:
    with engine.session() as session, pytest.raises(SqlError) as raised:
        session.run(sql, {})
    assert place in str(raised.value)


def test_a_column_that_two_queries_may_lack_gets_no_place(engine: Engine) -> None:
    sql = "select i4, count(*) from samples union all select i4, count(*) from samples"
    with engine.session() as session, pytest.raises(SqlError, match="must appear in the GROUP BY") as raised:
        session.run(sql, {})
    assert "(line" not in str(raised.value)


def test_an_alias_that_stands_for_too_much_is_refused_before_it_is_spelled_out(engine: Engine) -> None:
    doubled = "".join(f", a{number} + a{number} as a{number + 1}" for number in range(40))
    with pytest.raises(SqlError, match="stands for too long an expression") as raised:
        engine.translate(f"select i4 as a0{doubled} from samples")
    assert "Compute it in a subquery." in str(raised.value)


def test_rounded_divisions_within_each_other_are_refused_before_they_are_spelled_out(engine: Engine) -> None:
    nested = "n"
    for _ in range(30):
        nested = f"round({nested} / 3.00::numeric(9,2), 2)"
    with pytest.raises(SqlError, match="rounded divisions are nested too deeply here"):
        engine.translate(f"select {nested} from samples")
