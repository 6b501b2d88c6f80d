from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest
import sqlglot

from infra.local.data.setup_sql import FOLDER, ROLL_UPS, TABLES, VIEW, for_duckdb, run_setup

pytestmark = pytest.mark.fast

USER = FOLDER / "04-report-user.sql"

# NYC TLC: the columns of today's Parquet files of yellow trips, as Redshift folds their names.
TRIP_COLUMNS = """
    vendorid smallint, tpep_pickup_datetime timestamp, tpep_dropoff_datetime timestamp, passenger_count smallint,
    trip_distance double, ratecodeid smallint, store_and_fwd_flag varchar, pulocationid smallint,
    dolocationid smallint, payment_type smallint, fare_amount decimal(9,2), extra decimal(9,2),
    mta_tax decimal(9,2), tip_amount decimal(9,2), tolls_amount decimal(9,2), improvement_surcharge decimal(9,2),
    total_amount decimal(9,2), congestion_surcharge double, airport_fee double
"""
RULE_COLUMNS = """
    duration_seconds bigint,
    duration_minutes double, valid_distance boolean, valid_duration boolean, valid_fare boolean, valid_zone boolean,
    valid_dropoff_zone boolean, valid_speed boolean
"""


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        run_setup(connection, TABLES, VIEW, ROLL_UPS)
        yield connection


def columns(warehouse: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    rows = warehouse.execute(f"DESCRIBE {relation}").fetchall()
    return {name: kind.lower() for name, kind, *_ in rows}


def listed(text: str) -> dict[str, str]:
    words = re.findall(r"(\w+) (\w+(?:\(9,2\))?)", text)
    return dict(words)


def test_the_trips_have_the_columns_of_the_published_files(warehouse: duckdb.DuckDBPyConnection) -> None:
    made = columns(warehouse, "nyc_yellow_taxi")

    assert list(made.items()) == list(listed(TRIP_COLUMNS).items())


def test_the_view_adds_the_duration_and_the_rules(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert columns(warehouse, "trips") == listed(TRIP_COLUMNS) | listed(RULE_COLUMNS)


def test_zones_and_calendar_have_the_columns_that_reports_join(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert list(columns(warehouse, "taxi_zones")) == (
        ["locationid", "zone", "borough", "service_zone", "longitude", "latitude", "square_miles"]
    )
    assert columns(warehouse, "calendar") == listed(
        "day date, event varchar, rain_inches double, snow_inches double, highest_f smallint, published_trips integer"
    )


def test_keys_and_styles_are_stated_for_redshift_and_left_out_for_duckdb() -> None:
    redshift = TABLES.read_text(encoding="utf-8")

    assert "sortkey (tpep_pickup_datetime)" in redshift
    assert redshift.count("diststyle all") == 2
    assert not re.search("sortkey|diststyle", " ".join(for_duckdb(redshift)), re.IGNORECASE)


def test_a_set_up_file_that_is_not_redshift_s_sql_is_refused() -> None:
    with pytest.raises(sqlglot.errors.ParseError):
        for_duckdb("create table t (a int")


def test_running_the_set_up_again_changes_nothing(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("INSERT INTO nyc_yellow_taxi (vendorid) VALUES (1)")

    run_setup(warehouse, TABLES, VIEW, ROLL_UPS)

    assert warehouse.execute("SELECT count(*) FROM trips").fetchall() == [(1,)]


def test_the_report_user_may_only_read_what_reports_read(warehouse: duckdb.DuckDBPyConnection) -> None:
    text = re.sub(r"--.*", "", USER.read_text(encoding="utf-8"))
    privileges, listed_relations = re.findall(r"grant (\w+) on ([\w,\s]+?)\s+to", text)[-1]
    relations = re.findall(r"\w+", listed_relations)
    roll_ups = re.findall(r"create materialized view (\w+)", ROLL_UPS.read_text(encoding="utf-8"))

    assert privileges == "select"
    assert relations == ["trips", *roll_ups, "taxi_zones", "calendar"]
    assert re.findall(r"grant (\w+) ", text) == ["usage", "select"]
    for relation in relations:
        assert columns(warehouse, relation)


def test_nobody_but_administrators_may_make_tables_beside_the_trips() -> None:
    text = re.sub(r"--.*", "", USER.read_text(encoding="utf-8"))

    assert re.findall(r"revoke [^;]+;", text) == ["revoke create on schema public from public;"]


def test_the_report_user_s_file_has_exactly_the_blanks_that_deploying_fills() -> None:
    text = USER.read_text(encoding="utf-8")

    assert set(re.findall(r"\{\{(\w+)\}\}", text)) == {"StatementRoleName", "DeadlineMilliseconds"}
    assert '"IAMR:{{StatementRoleName}}" set statement_timeout to {{DeadlineMilliseconds}};' in text
