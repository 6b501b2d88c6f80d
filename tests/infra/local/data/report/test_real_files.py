"""Real rows are read in each shape that the TLC has given them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from infra.local.data.errors import DataError
from infra.local.data.facts import Facts
from infra.local.data.report.real_files import RealRows, read_folder
from tests.infra.local.data.report.conftest import quiet

# Headers of the TLC's files of January and of July 2015; rows in their form, between the middles of known zones.
HEADER = (
    "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,pickup_latitude,"
    "{rate},store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,fare_amount,extra,mta_tax,tip_amount,"
    "tolls_amount,improvement_surcharge,total_amount\n"
)
ROW = "2,{day} 08:00:00,{day} 08:10:00,1,2.5,-73.9857,40.7577,1,N,-73.7789,40.6441,1,11,0,0.5,2.36,0,0.3,14.16\n"


def read(folder: Path, facts: Facts) -> tuple[RealRows, list[tuple[object, ...]]]:
    with duckdb.connect() as connection:
        found = read_folder(connection, folder, facts, quiet)
        return found, connection.execute(
            "FROM real_rows "
            "SELECT vendorid, hour(tpep_pickup_datetime), ratecodeid, pulocationid, dolocationid, tip_amount "
            "ORDER BY tpep_pickup_datetime"
        ).fetchall()


def test_old_files_are_read_whatever_the_case_of_their_rate_code(tmp_path: Path, facts: Facts) -> None:
    for month, rate in ((1, "RateCodeID"), (7, "RatecodeID")):
        text = HEADER.format(rate=rate) + ROW.format(day=f"2015-{month:02}-05")
        (tmp_path / f"yellow_tripdata_2015-{month:02}.csv").write_text(text)

    found, rows = read(tmp_path, facts)

    assert rows == [(2, 8, 1, 230, 132, 2.36)] * 2
    assert found.has_places
    assert {"ratecodeid", "pulocationid"} <= found.columns


def test_old_and_new_files_may_lie_side_by_side(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "old.csv").write_text(HEADER.format(rate="RateCodeID") + ROW.format(day="2015-01-05"))
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 1::BIGINT AS \"VendorID\", TIMESTAMP '2015-02-01 09:00:00' AS tpep_pickup_datetime, "
            "TIMESTAMP '2015-02-01 09:05:00' AS tpep_dropoff_datetime, 99::BIGINT AS \"RatecodeID\", "
            '48::BIGINT AS "PULocationID", 68::BIGINT AS "DOLocationID", 0.0 AS tip_amount) '
            f"TO '{tmp_path}/new.parquet'"
        )

    _, rows = read(tmp_path, facts)

    assert rows == [(2, 8, 1, 230, 132, 2.36), (1, 9, 99, 48, 68, 0)]


def test_what_no_file_has_is_no_column(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "few.csv").write_text("TPEP_PICKUP_DATETIME,fare_amount\n2015-03-01 10:00:00,8.5\n")

    found, rows = read(tmp_path, facts)

    assert len(rows) == 1
    assert found.columns == {"tpep_pickup_datetime", "fare_amount"}


def test_times_as_the_citys_portal_writes_them_are_understood(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "portal.csv").write_text("tpep_pickup_datetime\n03/01/2015 10:00:00 PM\n")

    assert read(tmp_path, facts)[1][0][1] == 22


def test_rows_of_other_years_are_left_out(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "two.csv").write_text("tpep_pickup_datetime\n2015-12-31 23:59:59\n2016-01-01 00:00:00\n")

    assert read(tmp_path, facts)[0].rows == 1


def test_a_file_without_pickup_times_is_left_out_and_named(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "good.csv").write_text("tpep_pickup_datetime\n2015-12-31 23:59:59\n")
    (tmp_path / "zones.csv").write_text("LocationID,Zone\n1,Newark Airport\n")

    assert read(tmp_path, facts)[0].notes == ("zones.csv has no column with pickup times and was left out.",)


def test_a_file_that_separates_its_values_by_semicolons_is_read_and_named(
    tmp_path: Path, facts: Facts
) -> None:
    (tmp_path / "rows.csv").write_text("tpep_pickup_datetime;fare_amount\n2015-03-01 10:00:00;8.5\n")

    found, rows = read(tmp_path, facts)

    assert len(rows) == 1
    assert found.notes == (
        "rows.csv separates its values by ';', unlike the TLC: numbers with a decimal comma count as missing.",
    )


def test_a_folder_with_the_name_of_a_file_is_no_file(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "good.csv").write_text("tpep_pickup_datetime\n2015-12-31 23:59:59\n")
    (tmp_path / "x.csv").mkdir()

    assert read(tmp_path, facts)[0].rows == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        pytest.param(None, "There is no folder", id="missing"),
        pytest.param({}, "holds no CSV and no Parquet file", id="empty"),
        pytest.param(
            {"a.csv": b"tpep_pickup_datetime\n2014-05-05 10:00:00\n"}, "no trips of 2015", id="2014"
        ),
        pytest.param({"a.csv": b"tpep_pickup_datetime\n"}, "no trips of 2015", id="header alone"),
        pytest.param(
            {"a.parquet": b"PAR1 and then noise"}, "cannot be read as the TLC's", id="damaged Parquet"
        ),
        pytest.param({"a.csv.gz": b"not compressed"}, "cannot be read as the TLC's", id="damaged archive"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence(
    files: dict[str, bytes] | None, sentence: str, tmp_path: Path, facts: Facts
) -> None:
    folder = tmp_path / "real"
    if files is not None:
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)

    with pytest.raises(DataError, match=sentence):
        read(folder, facts)
