"""What runs on DuckDB and not on Redshift stops here, with what Redshift says and what to write instead."""

from __future__ import annotations

import pytest

from infra.local.redshift import Engine
from infra.local.redshift.errors import SqlError

REFUSED: list[tuple[str, str]] = [
    # not exactly one SELECT
    ("", "the statement is empty"),
    ("drop table trips", '"drop" cannot start a report'),
    ("copy trips to 'x.csv'", '"copy" cannot start a report'),
    ("insert into trips select 1", "cannot start a report"),
    ("attach 'x.db'", "cannot start a report"),
    ("install httpfs", "cannot start a report"),
    ("set threads = 1", "cannot start a report"),
    ("pragma database_list", "cannot start a report"),
    ("explain select 1", "cannot start a report"),
    ("from trips", '"from" cannot start a report'),
    ("values (1)", "cannot start a report"),
    ("select 1; select 2", "exactly one SELECT"),
    ("select 1; drop table trips", "exactly one SELECT"),
    ("with x as (select 1 as a) delete from trips", "only"),
    ("select vendorid into copied from trips", "SELECT INTO makes a table"),
    ("select vendorid frm trips", 'syntax error at or near "trips" (line 1'),
    ("select 'abc", "unterminated quoted string"),
    ("select vendorid, from trips", 'syntax error at or near "from"'),
    ("select vendorid from trips,", 'syntax error at or near "end of input"'),
    ("select * from (from trips) t", 'syntax error at or near "from"'),
    ("select from trips", "the select list is empty"),
    ("select 1 as tag", 'syntax error at or near "tag"'),
    ("select vendorid from trips as open", 'syntax error at or near "open"'),
    # files and table functions
    ("select * from '/etc/passwd'", 'relation "/etc/passwd" does not exist'),
    ("select * from 'data/*.parquet'", 'relation "data/*.parquet" does not exist'),
    ("select * from read_csv('/etc/passwd')", "function read_csv does not exist on Redshift"),
    ("select * from glob('*')", "function glob does not exist on Redshift"),
    ("select * from range(10)", "function range does not exist on Redshift"),
    ("select * from duckdb_settings()", "function duckdb_settings does not exist"),
    ("select * from information_schema.tables", 'relation "information_schema.tables" does not exist'),
    ("select * from pg_catalog.pg_tables", "does not exist"),
    # names
    ("select * from nowhere", 'relation "nowhere" does not exist (line 1, column 15)'),
    ("select fare from trips", 'column "fare" does not exist (line 1, column 8)'),
    ("select t.fare from trips t", 'column "t.fare" does not exist'),
    ("select trips.vendorid from trips t", 'column "trips.vendorid" does not exist'),
    ("select i4 from samples a, samples b", 'column reference "i4" is ambiguous'),
    ("select 1 from samples, samples", 'table name "samples" specified more than once'),
    ("select * from (select 1 as a)", "subquery in FROM must have an alias"),
    # aliases of the select list in conditions
    ("select i4 + 1 as more from samples where more > 1", "conditions do not see aliases"),
    ("select i4, count(*) as many from samples group by i4 having many > 1", "conditions do not see aliases"),
    ("select i4 as first from samples order by first + 1", "conditions do not see aliases"),
    ("select i4 as first, count(*) from samples group by first + 1", "conditions do not see aliases"),
    # aggregates and windows
    ("select sum(i4) filter (where b) from samples", 'at or near "FILTER" (line 1, column 8). Write SUM(CASE'),
    ("select count(distinct i4, i2) from samples", "COUNT takes one expression"),
    ("select sum(i4) over (order by i2) from samples", "ORDER BY clause require a frame clause"),
    ("select first_value(i4) over (order by i2) from samples", "require a frame clause"),
    ("select sum(i4) over (order by i2 range unbounded preceding) from samples", "window frames are ROWS only"),
    ("select sum(i4) over (order by i2 rows between i4 preceding and current row) from samples", "constants"),
    ("select row_number() from samples", "needs OVER"),
    ("select lower(s) over () from samples", "LOWER"),
    ("select avg(n) from samples", "Average floats: AVG(x::float8)"),
    ("select median(i4) from samples", "the scale of a median"),
    ("select sum(s) from samples", "function sum(varchar) does not exist"),
    ("select string_agg(s, ',') from samples", "does not exist on Redshift (line 1, column 8). Use LISTAGG."),
    ("select array_agg(s) from samples", "Use LISTAGG."),
    ("select corr(i4, i2) from samples", "function corr does not exist on Redshift"),
    ("select mode(i4) from samples", "function mode does not exist on Redshift"),
    ("select percentile_disc(0.5) within group (order by i4) from samples", "PERCENTILE_DISC exists on Redshift"),
    ("select listagg(s) from samples", "LISTAGG exists on Redshift, not on the laptop"),
    ("select ratio_to_report(i4) over () from samples", "RATIO_TO_REPORT exists on Redshift, not on the laptop"),
    ("select approximate count(distinct i4) from samples", "APPROXIMATE estimates"),
    ("select i4 from samples group by all", "GROUP BY ALL"),
    ("select i4 from samples group by rollup (i4)", "ROLLUP is not imitated"),
    ("select i4 from samples qualify row_number() over (order by i4) = 1", "QUALIFY needs an alias"),
    ("select i4, sum(i2) from samples", "must appear in the GROUP BY clause or be used in an aggregate"),
    # functions by class
    ("select now()", "function now runs on Redshift's leader node only"),
    ("select substr('abc', 1)", "Use SUBSTRING."),
    ("select log(10)", "Use DLOG10 or LN."),
    ("select current_timestamp", "leader node only"),
    ("select localtime", "leader node only"),
    ("select st_x(s) from samples", "ST_X exists on Redshift, not on the laptop"),
    ("select json_parse(s) from samples", "exists on Redshift, not on the laptop"),
    ("select strftime(ts, '%Y') from samples", "function strftime does not exist on Redshift"),
    ("select time_bucket(interval '1 day', ts) from samples", "function time_bucket does not exist on Redshift"),
    ("select generate_series(1, 3)", "Use the calendar table."),
    ("select if(b, 1, 2) from samples", "Write CASE WHEN"),
    ("select columns('a') from samples", "function columns does not exist on Redshift"),
    ("select to_char(ts, 'J') from samples", "the TO_CHAR template 'J' is not imitated"),
    ("select extract(ms from ts) from samples", 'the date part "ms" is not imitated'),
    ("select concat('a', 'b', 'c')", "CONCAT takes two arguments on Redshift"),
    # types that AWS leaves open, or that do not meet
    ("select n / 2 from samples", "Divide floats: a::float8 / b"),
    ("select sum(n) / count(*) from samples", "Divide floats"),
    ("select d - d from samples", "Write DATEDIFF(day, start, end)"),
    ("select ts - ts from samples", "Use DATEADD or DATEDIFF"),
    ("select ts + 1 from samples", "operator does not exist: timestamp + int4"),
    ("select interval '1 day' as gap", "an interval cannot be a result column"),
    ("select s + 1 from samples", "arithmetic needs numbers, and this is varchar"),
    ("select round(i4) from samples", "the type of ROUND(integer) is not documented"),
    ("select i4 || 'x' from samples", "|| joins text"),
    ("select s = i4 from samples", "varchar and int4 cannot be compared"),
    ("select i4 from samples where i4", "a condition must be type boolean, not type int4"),
    ("select 1 as a union all select 'x'::varchar(1)", "UNION types int4 and varchar cannot be matched"),
    ("select 1 as a union all select 1, 2", "the same number of columns"),
    ("select i4 from samples except all select 1", "EXCEPT ALL is not supported"),
    ("select case when b then 1 else s end from samples", "types int4 and varchar cannot be matched"),
    ("select s::super from samples", "the type SUPER is not imitated"),
    ("select s::char(3) from samples", "is not imitated on the laptop"),
    ("select ts::timestamptz from samples", "is not imitated on the laptop"),
    ("select b::varchar(5) from samples", "cannot cast type bool to varchar"),
    # structure
    ("select distinct on (i4) i4 from samples", "DISTINCT ON is not supported"),
    ("select * exclude (i4) from samples", "this form of * is not imitated"),
    ("select top 5 percent i4 from samples", "a limit in percent"),
    ("select i4 from samples limit 5 percent", "a limit in percent"),
    ("select i4 from samples fetch first 5 rows only", 'syntax error at or near "FETCH"'),
    ("select i4 from samples limit :many", "LIMIT and OFFSET take a constant"),
    ("select i4 from samples tablesample (10 percent)", "is not imitated"),
    ("select a.i4 from samples a, samples b where a.i4 = b.i4(+)", "(+)"),
    ("select * from samples a natural join samples b", "NATURAL JOIN"),
    ("select * from samples a asof join samples b on a.i4 >= b.i4", "ASOF JOIN"),
    ("select * from samples, lateral (select 1) as x", "LATERAL in FROM is not supported"),
    ("select * from (values (1)) as t(a)", "VALUES as a table is not supported"),
    ("with recursive x as (select 1 as a) select a from x", "WITH RECURSIVE"),
    ("select s[1] from samples", "subscripts are not supported"),
    ("select [1, 2]", "array literals are not supported"),
    ("select i4 is distinct from 1 from samples", "IS DISTINCT FROM is not supported"),
    ("select (i4, i2) in (select 1, 2) from samples", "row values"),
    ("select s ~* 'a' from samples", "the operator ~* is not documented"),
    ("select s similar to 'a%' from samples", "SIMILAR TO is not imitated"),
    ("select ts at time zone 'UTC' from samples", "Use CONVERT_TIMEZONE."),
    ("select date '2015-06-01'::timestamp", "Write CAST(DATE '…' AS …)"),
    ("select * from samples pivot (count(*) for i4 in (1, 2))", "PIVOTS of a table is not imitated"),
    ("select i4 from samples for update", "FOR UPDATE is not imitated"),
    ("select 1 union by name select 2", "BY NAME of UNION is not imitated"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "sentence"), REFUSED)
def test_it_is_refused_with_its_sentence(engine: Engine, sql: str, sentence: str) -> None:
    with engine.session() as session, pytest.raises(SqlError) as raised:
        session.run(sql, {"many": "1"})
    assert str(raised.value).startswith("ERROR: ")
    assert sentence in str(raised.value)


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
