"""The engine: promises checked at start, nothing but the database within reach, errors in Redshift's words."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from infra.local.redshift import Engine
from infra.local.redshift.errors import Cancelled, SqlError


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("select 1 / 0 as x", "ERROR: division by zero (line 1, column 8)"),
        ("select 1 % 0 as x", "ERROR: division by zero (line 1, column 8)"),
        ("select 1.5::float8 / 0 as x", "ERROR: division by zero (line 1, column 8)"),
        ("select i4 / (i4 - i4) as x from samples", "ERROR: division by zero (line 1, column 8)"),
        ("select sqrt(-1) as x", "ERROR: cannot take square root of a negative number (line 1, column 8)"),
        ("select ln(0) as x", "ERROR: cannot take logarithm of zero (line 1, column 8)"),
        ("select 2147483647 + 1 as x", "ERROR: integer out of range (line 1, column 8)"),
        ("select i8 + i8 as x from samples", "ERROR: bigint out of range (line 1, column 8)"),
        ("select 99999::smallint as x", "ERROR: smallint out of range (line 1, column 8)"),
        ("select sum(i8) as x from (select i8 from samples union all select i8 from samples) as t",
         "ERROR: bigint out of range (line 1, column 8)"),
        ("select 12345.6::numeric(4,1) as x", "ERROR: numeric data overflow (line 1, column 8)"),
        ("select 1e300 * 1e300 as x", 'ERROR: value out of range: overflow in column "x"'),
    ],
)  # fmt: skip
def test_arithmetic_fails_where_redshift_fails(engine: Engine, sql: str, error: str) -> None:
    with engine.session() as session, pytest.raises(SqlError) as raised:
        session.run(sql, {})
    assert str(raised.value) == error


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{path}')",
        "SELECT * FROM '{path}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY samples TO '{path}.out'",
        "ATTACH '{path}.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET GLOBAL threads = 1",
        "CREATE TABLE made (x INTEGER)",
        "EXPORT DATABASE '{folder}/out'",
    ],
)
def test_even_duckdbs_own_sql_reaches_no_file_and_changes_nothing(
    engine: Engine, tmp_path: Path, sql: str
) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a\n1\n")
    before = sorted(tmp_path.iterdir())
    # The translator lets none of these through; this is the wall behind it.
    with engine.session() as session, pytest.raises(duckdb.Error):
        session._cursor.execute(sql.format(path=path, folder=tmp_path))
    assert sorted(tmp_path.iterdir()) == before


def test_two_engines_may_read_one_file(engine: Engine, database: Path) -> None:
    second = Engine(database)
    with second.session() as session:
        assert session.run("select count(*) as n from trips", {}).rows == 1
    second.close()


def test_a_column_type_that_redshift_lacks_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "odd.duckdb"
    connection = duckdb.connect(str(path))
    connection.execute("CREATE TABLE odd (x UTINYINT)")
    connection.close()
    with pytest.raises(RuntimeError, match=r"odd\.x has the type UTINYINT"):
        Engine(path)


def test_pairs_of_zones_are_counted_in_an_array(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "zones.duckdb")) as connection:
        connection.execute(
            "CREATE TABLE journeys AS SELECT (i % 265 + 1)::SMALLINT AS a, (i % 264 + 1)::SMALLINT AS b "
            "FROM range(999) AS numbers(i)"
        )
    engine = Engine(tmp_path / "zones.duckdb")
    with engine.session() as session:
        plan = session._cursor.execute("EXPLAIN SELECT a, b, count(*) FROM journeys GROUP BY a, b").fetchall()
    engine.close()
    assert "Perfect Hash Group By" in plan[0][1]


def test_a_translation_is_remembered_by_its_text(engine: Engine) -> None:
    sql = "select i4 from samples"
    assert engine.translate(sql) is engine.translate(sql)
    assert engine.translate(sql + " ") is not engine.translate(sql)


def test_an_interrupt_cancels_what_runs(engine: Engine) -> None:
    sql = "select count(*) as n from trips a, trips b, trips c where a.fare_amount + b.fare_amount > c.fare_amount"
    with engine.session() as session:
        stop = threading.Event()

        def interrupt() -> None:
            while not stop.wait(0.01):
                session.interrupt()

        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(Cancelled):
            session.run(sql, {})
        stop.set()
        thread.join()
    session.interrupt()  # a closed session takes it without harm
