"""Whole queries of the kind that analysts write."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.redshift import Engine

QUERIES: list[tuple[str, list[list[Any]]]] = [
    ("select count(*) as trips from trips t join taxi_zones z on z.locationid = t.pulocationid", [[2500]]),
    ("select count(*) from trips t left join taxi_zones z on z.locationid = t.dolocationid where z.zone is null",
     [[625]]),
    ("""select z.zone, count(*) as trips from trips as t, taxi_zones as z
        where z.locationid = t.pulocationid group by z.zone order by trips desc, zone limit 2""",
     [["Newark Airport", 834], ["Alley Pond Park", 833]]),
    ("""select borough, count(*) as trips from nyc_yellow_taxi join taxi_zones on locationid = pulocationid
        group by borough order by borough desc""", [[None, 833], ["Queens", 833], ["EWR", 834]]),
    ("select distinct passenger_count is null as unknown from trips order by 1", [[False], [True]]),
    ("select i4, n from samples order by n desc nulls last", [[1, "28.05"], [2, "-1.55"], [4, None]]),
    ("""select i4 from (select i4, row_number() over (order by i4 desc) as place from samples) as ranked
        where place = 1""", [[4]]),
    ("select vendorid, count(*) as n from trips group by vendorid having count(*) > 10 order by vendorid",
     [[1, 1250], [2, 1250]]),
    ("select extract(dow from day) as dow, count(*) as days from calendar group by dow order by dow limit 2",
     [[0, 4], [1, 5]]),
    ("select case when i4 > 1 then 'many' else 'one' end, count(*) from samples group by 1 order by 1",
     [["many", 2], ["one", 1]]),
    ("select sum(case when b then n end)::float8 / nullif(sum(case when b then 1 end), 0) as x from samples",
     [[28.05]]),
    ("select i4 from samples where i4 in (1, 2) and not (i4 = 1)", [[2]]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "rows"), QUERIES)
def test_it_gives_these_rows(engine: Engine, sql: str, rows: list[list[Any]]) -> None:
    with engine.session() as session:
        result = session.run(sql, {})
    got = [
        [None if "isNull" in cell else next(iter(cell.values())) for cell in row] for row in result.page(0)
    ]
    assert got == rows


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("select count(*), max(i4), i4::int, 1, case when true then 1 end from samples group by i4",
         ["count", "max", "i4", "?column?", "case"]),
        ('select i4 as "Total Trips", s.I8 from samples s', ["total trips", "i8"]),
        ("select * from taxi_zones", ["locationid", "zone", "borough"]),
        ("select z.*, 1 as one from taxi_zones z", ["locationid", "zone", "borough", "one"]),
        ("select (select 1) as given", ["given"]),
    ],
)  # fmt: skip
def test_columns_are_named_in_lower_case_as_redshift_names_them(
    engine: Engine, sql: str, names: list[str]
) -> None:
    assert [column.name for column in engine.translate(sql).columns] == names


def test_few_rows_and_many_are_read_alike(engine: Engine) -> None:
    for where in ("", " where i4 < 0"):
        pages = []
        for limit in (5_000, 5_001):
            with engine.session() as session:
                result = session.run(f"select * from samples{where} order by i4 limit {limit}", {})
            pages.append((result.page(0), result.rows, result.metadata()))
        assert pages[0] == pages[1]


def test_the_types_of_a_table_are_those_of_redshift(engine: Engine) -> None:
    columns = engine.translate("select * from samples").columns
    assert [str(column.type) for column in columns] == [
        "int2", "int4", "int8", "numeric(8,2)", "float8", "timestamp", "date", "varchar", "bool",
    ]  # fmt: skip


def test_decimals_that_are_cut_already_are_not_cut_again(engine: Engine) -> None:
    assert engine.translate("select trunc(trunc(n, 1), 1) as x from samples").sql.count("%") == 1
