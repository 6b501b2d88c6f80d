"""One row for each construct: what a client gets for it, and of which Redshift type.

Sources of the expected values: AWS, Redshift Database Developer Guide (the page of each function). Rows of
`samples`: 32767 and 1 and 28.05 …; 2 and 2 and -1.55 …; NULLs.
"""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.redshift import Engine
from infra.local.redshift.aggregates import AGGREGATES, WINDOW_ONLY
from infra.local.redshift.walk import FUNCTIONS

NULL = "NULL"

GOLDEN: list[tuple[str, Any, str]] = [
    # integers stay integers
    ("5 / 2", 2, "int4"),
    ("-7 / 2", -3, "int4"),
    ("5 % 3", 2, "int4"),
    ("5.0::float8 / 2", 2.5, "float8"),
    ("2147483647 + 1::bigint", 2147483648, "int8"),
    ("3000000000", 3000000000, "int8"),
    ("-(3)", -3, "int4"),
    ("2 + 3 * 4 - 1", 13, "int4"),
    ("1e2", 100.0, "float8"),
    ("(select i2 * 2 from samples where i4 = 1)", 65534, "int4"),
    # numerics are exact text
    ("1.50", "1.50", "numeric(3,2)"),
    ("1.5 + 2", "3.5", "numeric(12,1)"),
    ("1.5 * 1.50", "2.250", "numeric(6,3)"),
    ("1.5 - 0.25", "1.25", "numeric(4,2)"),
    ("7.5 % 2", "1.5", "numeric(12,1)"),
    ("(select n + n from samples where i4 = 1)", "56.10", "numeric(9,2)"),
    ("(select n * n from samples where i4 = 1)", "786.8025", "numeric(17,4)"),
    ("1.5 + 1::float8", 2.5, "float8"),
    ("0.0000001::numeric(38,7)", "0.0000001", "numeric(38,7)"),
    ("0::numeric(12,10)", "0.0000000000", "numeric(12,10)"),
    # a cast of a numeric cuts, it does not round
    ("1.5::int", 1, "int4"),
    ("2.99::bigint", 2, "int8"),
    ("(-2.99)::int", -2, "int4"),
    ("2.55::numeric(5,1)", "2.5", "numeric(5,1)"),
    ("3.7::numeric", "3", "numeric(18,0)"),
    ("2::numeric(6,2)", "2.00", "numeric(6,2)"),
    ("'12.34'::decimal(6,2)", "12.34", "numeric(6,2)"),
    ("2.5::float8", 2.5, "float8"),
    ("2.5::real", 2.5, "float4"),
    ("true::int", 1, "int4"),
    ("7::smallint", 7, "int2"),
    # text
    ("'abc'", "abc", "varchar"),
    ("'abcdef'::varchar(3)", "abc", "varchar"),
    ("5::varchar(10)", "5", "varchar"),
    ("'a' || 'b'", "ab", "varchar"),
    ("'a' || null", NULL, "varchar"),
    ("concat('a', null)", NULL, "varchar"),
    ("concat('a', 'b')", "ab", "varchar"),
    ("lower('AbC')", "abc", "varchar"),
    ("upper('AbC')", "ABC", "varchar"),
    ("length('four')", 4, "int4"),
    ("len('four')", 4, "int4"),
    ("char_length('four')", 4, "int4"),
    ("character_length('four')", 4, "int4"),
    ("trim('  a ')", "a", "varchar"),
    ("trim(both 'x' from 'xax')", "a", "varchar"),
    ("trim(leading 'x' from 'xax')", "ax", "varchar"),
    ("btrim('xax', 'x')", "a", "varchar"),
    ("ltrim('  a')", "a", "varchar"),
    ("rtrim('a  ')", "a", "varchar"),
    ("left('abc', 2)", "ab", "varchar"),
    ("right('abc', 2)", "bc", "varchar"),
    ("lpad('7', 3, '0')", "007", "varchar"),
    ("rpad('7', 3, '0')", "700", "varchar"),
    ("replace('a-b', '-', '+')", "a+b", "varchar"),
    ("reverse('abc')", "cba", "varchar"),
    ("split_part('a,b,c', ',', 2)", "b", "varchar"),
    ("strpos('abc', 'c')", 3, "int4"),
    ("position('c' in 'abc')", 3, "int4"),
    ("substring('abcdef', 2, 3)", "bcd", "varchar"),
    ("substring('abcdef' from 2 for 3)", "bcd", "varchar"),
    ("md5('a')", "0cc175b9c0f1b6a831c399e269772661", "varchar"),
    # patterns: the backslash escapes
    ("'a_b' like 'a_b'", True, "bool"),
    (r"'axb' like 'a\\_b'", False, "bool"),
    (r"'a_b' like 'a\\_b'", True, "bool"),
    ("'axb' like 'a^_b' escape '^'", False, "bool"),
    ("'ABC' ilike 'ab%'", True, "bool"),
    ("'abc' not like 'b%'", True, "bool"),
    ("'abc' ~ '^a.c$'", True, "bool"),
    # dates and times
    ("date '2015-01-31'", "2015-01-31", "date"),
    ("'2015-01-31'::date + 1", "2015-02-01", "date"),
    ("'2015-02-01'::date - 1", "2015-01-31", "date"),
    ("timestamp '2015-06-28 14:30:45'", "2015-06-28 14:30:45.0", "timestamp"),
    ("timestamp '2015-06-28 14:30:45.123456'", "2015-06-28 14:30:45.123456", "timestamp"),
    ("cast(timestamp '2015-06-28 14:30:45.5' as date)", "2015-06-28", "date"),
    ("cast(date '2015-06-28' as timestamp)", "2015-06-28 00:00:00.0", "timestamp"),
    ("cast(date '2015-06-28' as varchar(10))", "2015-06-28", "varchar"),
    ("date '2015-01-31' + interval '1 month'", "2015-02-28 00:00:00.0", "timestamp"),
    ("date_trunc('month', date '2015-06-28')", "2015-06-01 00:00:00.0", "timestamp"),
    ("date_trunc('week', timestamp '2015-06-28 14:30:45')", "2015-06-22 00:00:00.0", "timestamp"),
    ("date_trunc('qtr', timestamp '2015-06-28 14:30:45')", "2015-04-01 00:00:00.0", "timestamp"),
    ("extract(dow from timestamp '2015-06-28 14:30:45')", 0, "int4"),
    ("extract(hour from timestamp '2015-06-28 14:30:45')", 14, "int4"),
    ("extract(doy from date '2015-02-01')", 32, "int4"),
    ("extract(epoch from timestamp '1970-01-01 00:00:01.9')", 1, "int4"),
    ("date_part('hour', timestamp '2015-06-28 14:30:45')", 14.0, "float8"),
    ("date_part(weekday, date '2015-06-28')", 0.0, "float8"),
    ("pgdate_part('month', date '2015-06-28')", 6.0, "float8"),
    ("datediff(week, '2009-01-01', '2009-12-31')", 52, "int8"),
    ("datediff(hour, timestamp '2015-06-28 14:59:00', timestamp '2015-06-28 15:01:00')", 1, "int8"),
    ("date_diff('day', date '2015-06-28', date '2015-06-30')", 2, "int8"),
    ("dateadd(month, 1, date '2015-01-31')", "2015-02-28 00:00:00.0", "timestamp"),
    ("dateadd('hours', -2, timestamp '2015-06-28 01:00:00')", "2015-06-27 23:00:00.0", "timestamp"),
    ("date_add('quarter', 1, date '2015-01-01')", "2015-04-01 00:00:00.0", "timestamp"),
    ("last_day(date '2015-02-03')", "2015-02-28", "date"),
    ("trunc(timestamp '2015-06-28 14:30:45')", "2015-06-28", "date"),
    ("convert_timezone('UTC', 'America/New_York', timestamp '2015-06-28 14:30:45')",
     "2015-06-28 10:30:45.0", "timestamp"),
    ("convert_timezone('UTC', 'America/New_York', timestamp '2015-01-28 14:30:45')",
     "2015-01-28 09:30:45.0", "timestamp"),
    ("getdate() > timestamp '2020-01-01 00:00:00'", True, "bool"),
    ("sysdate > '2020-01-01'", True, "bool"),
    ("current_date > date '2020-01-01'", True, "bool"),
    ("to_char(timestamp '2015-06-28 14:30:45', 'YYYY-MM-DD HH24:MI:SS')", "2015-06-28 14:30:45", "varchar"),
    ("to_char(date '2015-06-28', 'Dy, DD Mon YYYY')", "Sun, 28 Jun 2015", "varchar"),
    ("to_char(date '2015-06-28', 'Month|Day|Q|D')", "June     |Sunday   |2|1", "varchar"),
    ("to_char(date '2015-06-28', 'MON DY')", "JUN SUN", "varchar"),
    # conditions
    ("case when 1 = 1 then 1 else 2.5 end", "1.0", "numeric(11,1)"),
    ("case 2 when 1 then 'one' when 2 then 'two' end", "two", "varchar"),
    ("case when false then 1 end", NULL, "int4"),
    ("coalesce(null, 2)", 2, "int4"),
    ("nvl(null, 1.5)", "1.5", "numeric(2,1)"),
    ("nvl2(null, 1, 2)", 2, "int4"),
    ("nvl2(null or true, 1, 2)", 1, "int4"),
    ("case false or true when true then 1 else 2 end", 1, "int4"),
    ("decode(false or true, true, 1, 2)", 1, "int4"),
    ("nullif(1, 1)", NULL, "int4"),
    ("timestamp '2015-06-28 14:30:00' + interval '90 minutes'", "2015-06-28 16:00:00.0", "timestamp"),
    ("date '2015-06-28' - interval '2 weeks'", "2015-06-14 00:00:00.0", "timestamp"),
    ("5 - (3 - 1)", 3, "int4"),
    ("not 'abc' like 'b%'", True, "bool"),
    ("1 not between 2 and 3", True, "bool"),
    (".5 + 5.", "5.5", "numeric(3,1)"),
    ("null::int", NULL, "int4"),
    ("coalesce(date '2015-06-28', '2015-06-29')", "2015-06-28", "date"),
    ("nullif(2, 1)", 2, "int4"),
    ("greatest(1, 3, 2)", 3, "int4"),
    ("least(2, null, 1)", 1, "int4"),
    ("decode(2, 1, 'one', 2, 'two', 'more')", "two", "varchar"),
    ("decode(null, null, 1, 2)", 1, "int4"),
    ("1 in (1, 2)", True, "bool"),
    ("1 not in (1, 2)", False, "bool"),
    ("2 between 1 and 3", True, "bool"),
    ("not (1 = 2) and 3 <> 4 or false", True, "bool"),
    ("null is null", True, "bool"),
    ("1 is not null", True, "bool"),
    ("date '2015-06-28' >= '2015-06-28'", True, "bool"),
    ("exists (select 1 from samples where i4 = 4)", True, "bool"),
    ("1 in (select i4 from samples)", True, "bool"),
    ("(select max(i4) from samples)", 4, "int4"),
    # numbers
    ("abs(-2.50)", "2.50", "numeric(3,2)"),
    ("abs(-2)", 2, "int4"),
    ("ceil(1.2::float8)", 2.0, "float8"),
    ("ceiling(1.2)", "2.0", "numeric(2,1)"),
    ("floor(-1.2::float8)", -2.0, "float8"),
    ("round(28.05, 1)", "28.1", "numeric(4,1)"),
    ("round(-1.25, 1)", "-1.3", "numeric(3,1)"),
    ("round(2.4::float8)", 2.0, "float8"),
    ("round(2.126::float8, 2)", 2.13, "float8"),
    ("trunc(-2.7::float8)", -2.0, "float8"),
    ("mod(7, 4)", 3, "int4"),
    ("sqrt(16)", 4.0, "float8"),
    ("power(2, 3)", 8.0, "float8"),
    ("ln(1)", 0.0, "float8"),
    ("dlog1(1)", 0.0, "float8"),
    ("dlog10(1000)", 3.0, "float8"),
    ("exp(0)", 1.0, "float8"),
    ("dexp(0)", 1.0, "float8"),
    ("sin(0)", 0.0, "float8"),
    ("cos(0)", 1.0, "float8"),
    ("radians(0)", 0.0, "float8"),
    ("degrees(0)", 0.0, "float8"),
]  # fmt: skip

AGGREGATED: list[tuple[str, Any, str]] = [
    ("avg(i4)", 2, "int8"),  # 7 / 3, cut
    ("avg(-i4)", -2, "int8"),
    ("avg(case when i4 < 4 then i4 end)", 1, "int8"),  # 1.5, cut and not rounded
    ("avg(case when i4 < 4 then -i4 end)", -1, "int8"),
    ("avg(f8)", 1.5, "float8"),
    ("avg(n::float8)", 13.25, "float8"),
    ("sum(i4)", 7, "int8"),
    ("sum(i2)", 32769, "int8"),
    ("sum(n)", "26.50", "numeric(38,2)"),
    ("sum(f8)", 3.0, "float8"),
    ("sum(i4) / count(*)", 2, "int8"),
    ("sum(distinct i4)", 7, "int8"),
    ("count(*)", 3, "int8"),
    ("count(n)", 2, "int8"),
    ("count(distinct b)", 2, "int8"),
    ("min(n)", "-1.55", "numeric(8,2)"),
    ("max(ts)", "2015-06-28 14:30:45.123456", "timestamp"),
    ("max(s)", "axb", "varchar"),
    ("stddev(f8)", 2**0.5, "float8"),
    ("stddev_samp(i4)", pytest.approx(1.5275252), "float8"),
    ("stddev_pop(f8)", 1.0, "float8"),
    ("variance(f8)", 2.0, "float8"),
    ("var_samp(f8)", 2.0, "float8"),
    ("var_pop(f8)", 1.0, "float8"),
    ("median(f8)", 1.5, "float8"),
    ("percentile_cont(0.25) within group (order by f8)", 1.0, "float8"),
    ("percentile_cont(0.25) within group (order by f8 desc)", 2.0, "float8"),
]

WINDOWED: list[tuple[str, list[Any], str]] = [
    ("row_number() over (order by i4)", [1, 2, 3], "int8"),
    ("rank() over (order by i4 desc)", [3, 2, 1], "int8"),
    ("dense_rank() over (order by b)", [2, 1, 3], "int8"),
    ("percent_rank() over (order by i4)", [0.0, 0.5, 1.0], "float8"),
    ("cume_dist() over (order by b, i4)", [pytest.approx(2 / 3), pytest.approx(1 / 3), 1.0], "float8"),
    ("ntile(2) over (order by i4)", [1, 1, 2], "int8"),
    ("lag(i4) over (order by i4)", [NULL, 1, 2], "int4"),
    ("lead(i4, 2) over (order by i4)", [4, NULL, NULL], "int4"),
    ("first_value(i4) over (order by i4 rows unbounded preceding)", [1, 1, 1], "int4"),
    ("last_value(i4) over (order by i4 rows between current row and unbounded following)", [4, 4, 4], "int4"),
    ("avg(i4) over ()", [2, 2, 2], "int8"),
    ("sum(i4) over (order by i4 rows between unbounded preceding and current row)", [1, 3, 7], "int8"),
    ("sum(n) over (partition by i4)", ["28.05", "-1.55", NULL], "numeric(38,2)"),
    ("count(*) over (order by i4 rows between 1 preceding and current row)", [1, 2, 2], "int8"),
]


def answer(engine: Engine, sql: str) -> tuple[list[list[Any]], list[str]]:
    with engine.session() as session:
        result = session.run(sql, {})
    rows = [
        [NULL if "isNull" in cell else next(iter(cell.values())) for cell in row] for row in result.page(0)
    ]
    return rows, [str(column.type) for column in result.columns]


@pytest.mark.parametrize(("expression", "value", "type_name"), GOLDEN)
def test_an_expression_has_redshifts_value_and_type(
    engine: Engine, expression: str, value: Any, type_name: str
) -> None:
    rows, types = answer(engine, f"select {expression} as answer")
    assert (rows, types) == ([[value]], [type_name])
    assert type(rows[0][0]) is type(value)
    # Few rows are read another way.
    assert answer(engine, f"select {expression} as answer\nlimit 401") == (rows, types)


@pytest.mark.parametrize(("expression", "value", "type_name"), AGGREGATED)
def test_an_aggregate_has_redshifts_value_and_type(
    engine: Engine, expression: str, value: Any, type_name: str
) -> None:
    rows, types = answer(engine, f"select {expression} as answer from samples")
    assert (rows, types) == ([[value]], [type_name])


@pytest.mark.parametrize(("expression", "values", "type_name"), WINDOWED)
def test_a_window_function_has_redshifts_values_and_type(
    engine: Engine, expression: str, values: list[Any], type_name: str
) -> None:
    rows, types = answer(engine, f"select i4, {expression} as answer from samples order by i4")
    assert ([row[1] for row in rows], types[1]) == (values, type_name)


ENGINE_TYPES = {
    "int2": "SMALLINT",
    "int4": "INTEGER",
    "int8": "BIGINT",
    "float4": "FLOAT",
    "float8": "DOUBLE",
    "bool": "BOOLEAN",
    "varchar": "VARCHAR",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


@pytest.mark.parametrize(
    ("expression", "type_name"),
    [*((row[0], row[2]) for row in GOLDEN), *((f"{row[0]} from samples", row[2]) for row in AGGREGATED)],
)
def test_the_engine_gives_the_very_type_that_the_metadata_names(
    engine: Engine, expression: str, type_name: str
) -> None:
    sql = engine.translate(f"select {expression}").sql
    with engine.session() as session:
        description = session._cursor.execute(sql).description
    assert description is not None
    wanted = ENGINE_TYPES.get(type_name, type_name.replace("numeric", "DECIMAL"))
    assert [str(column[1]) for column in description] == [wanted]


def test_each_function_that_the_laptop_has_stands_in_this_table() -> None:
    written = " ".join(row[0] for row in [*GOLDEN, *AGGREGATED, *WINDOWED]).upper()
    missing = [name for name in {*FUNCTIONS, *AGGREGATES, *WINDOW_ONLY} if f"{name}(" not in written]
    assert missing == []
