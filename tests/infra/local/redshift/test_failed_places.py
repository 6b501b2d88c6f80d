"""A statement that fails while it runs tells the line of what failed, where that can be known."""

from __future__ import annotations

import pytest

from infra.local.redshift import Engine
from infra.local.redshift.errors import SqlError

# So long that the engine shows a part of the statement only.
LONG = "x" * 90


def error_of(engine: Engine, sql: str) -> str:
    with engine.session() as session, pytest.raises(SqlError) as raised:
        session.run(sql, {})
    return str(raised.value).removeprefix("ERROR: ")


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("select s::int,\n  s::float8 from samples",
         'invalid input syntax for integer: "a_b" (line 1, column 8)'),
        ("select b,\n  s::float8 from samples",
         'invalid input syntax for type numeric: "a_b" (line 2, column 3)'),
        ("with a as (\n  select s::date as x from samples)\nselect x from a union all\nselect d from samples",
         'invalid input syntax for type date: "a_b" (line 2, column 10)'),
        ("select i4\nfrom samples\nwhere d > '2015-02-30'",
         'date/time field value out of range: "2015-02-30" (line 3, column 11)'),
        (f"select i4 as {LONG},\n  (upper(s) || '{LONG}')::date\nfrom samples",
         f'invalid input syntax for type date: "A_B{LONG}" (line 2, column 3)'),
        ("select 1,\n  (i4 * 100000)::smallint from samples", "smallint out of range (line 2, column 3)"),
        ("select 1,\n  listagg(repeat(s, 60000)) from samples",
         "Result size exceeds LISTAGG limit (line 2, column 3)"),
    ],
)  # fmt: skip
def test_a_cast_that_fails_is_found_in_the_text(engine: Engine, sql: str, error: str) -> None:
    assert error_of(engine, sql) == error


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("select 1 / nullif(i4, 0), 6 / 2, i4 % 3, 4 / 2::int,\n  mod(i4, i4 - 1) from samples",
         "division by zero (line 2, column 3)"),
        ("select i4 / (i4 - 1), i4 % (i4 - 1) from samples", "division by zero (line 1)"),
        ("select i4 / (i4 - 1),\n  i4 % (i4 - 1) from samples",
         "division by zero in one of 2 places (line 1 or 2)"),
        ("select i4 / (i4 - 1),\n  i4 % (i4 - 1),\n  mod(i4, i4 - 1) from samples",
         "division by zero in one of 3 places (line 1, 2 or 3)"),
        ("select i4 / (i4 - 1),\ni4 / (i4 - 1),\ni4 / (i4 - 1),\ni4 / (i4 - 1) from samples", "division by zero"),
        ("select i4 from (select i4 from samples) as t\nwhere i4 in (select 1) and i4 = (select i4 from samples)",
         "more than one row returned by a subquery used as an expression (line 2, column 33)"),
        ("select i4 + 1,\n  i8 + i8 from samples", "bigint out of range in one of 2 places (line 1 or 2)"),
        ("select 1,\n  i8 - i4 - i8 - i8 - i8 from samples", "bigint out of range (line 2, column 3)"),
        ("select 1,\n  i8 * i8 from samples", "bigint out of range (line 2, column 3)"),
        ("select 1,\n  sqrt(-i4) from samples",
         "cannot take square root of a negative number (line 2, column 3)"),
        ("select 1,\n  ln(i4 - 1) from samples", "cannot take logarithm of zero (line 2, column 3)"),
        ("select 1,\n  acos(i4) from samples", "input is out of range (line 2, column 3)"),
        ("select 1,\n  asin(i4) from samples", "input is out of range (line 2, column 3)"),
        ("select 1,\n  convert_timezone('UTC', 'Nowhere/X', ts) from samples",
         'time zone "Nowhere/X" not recognized (line 2, column 3)'),
        ("select 1,\n  to_date(s, 'YYYY') from samples",
         'date/time field value out of range: "a_b" (line 2, column 3)'),
        ("select 1,\n  s ~ '(' from samples", "invalid regular expression: missing ): ( (line 2, column 3)"),
        ("select 1,\n  regexp_count(s, '[') from samples",
         "invalid regular expression: missing ]: [ (line 2, column 3)"),
        ("select dateadd(year, 300000, ts) from samples", "timestamp out of range"),
    ],
)  # fmt: skip
def test_of_other_failures_the_parts_that_can_fail_so_are_named_if_they_are_few(
    engine: Engine, sql: str, error: str
) -> None:
    assert error_of(engine, sql) == error
