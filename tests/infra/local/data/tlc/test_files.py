"""The twelve files before they are loaded: whatever is not what the TLC publishes is one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local.data import DataError
from infra.local.data.tlc import TLC_COLUMNS, read_year
from tests.infra.local.data.tlc.made import TRIPS, TYPES, month_of, write_month


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_year(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "othing was loaded" in sentence
    return sentence


def test_the_columns_are_those_of_the_tlcs_files() -> None:
    # As the footer of the published yellow_tripdata_2015-01.parquet names them.
    assert [(column.name, column.published) for column in TLC_COLUMNS] == [
        ("VendorID", "int64"),
        ("tpep_pickup_datetime", "timestamp[us]"),
        ("tpep_dropoff_datetime", "timestamp[us]"),
        ("passenger_count", "int64"),
        ("trip_distance", "double"),
        ("RatecodeID", "int64"),
        ("store_and_fwd_flag", "string"),
        ("PULocationID", "int64"),
        ("DOLocationID", "int64"),
        ("payment_type", "int64"),
        ("fare_amount", "double"),
        ("extra", "double"),
        ("mta_tax", "double"),
        ("tip_amount", "double"),
        ("tolls_amount", "double"),
        ("improvement_surcharge", "double"),
        ("total_amount", "double"),
        ("congestion_surcharge", "null"),
        ("airport_fee", "null"),
    ]
    assert all(column.published in column.accepted for column in TLC_COLUMNS)


def test_a_year_as_it_is_published_is_accepted_and_counted(published: Path) -> None:
    year = read_year(published)

    assert [file.month for file in year.months] == list(range(1, 13))
    assert [file.rows for file in year.months] == [TRIPS] * 12
    assert year.trips == 12 * TRIPS
    assert {file.unknown for file in year.months} == {()}


def test_every_missing_month_is_named(folder: Path) -> None:
    (folder / "yellow_tripdata_2015-04.parquet").unlink()
    (folder / "yellow_tripdata_2015-11.parquet").unlink()

    assert "lacks yellow_tripdata_2015-04.parquet, yellow_tripdata_2015-11.parquet:" in refusal(folder)


def test_a_folder_that_is_not_there_is_said_and_no_file_is_named(tmp_path: Path) -> None:
    said = refusal(tmp_path / "nowhere")

    assert said.startswith(f"There is no folder {tmp_path / 'nowhere'}: ")
    assert "yellow_tripdata" not in said


def test_a_file_in_the_place_of_the_folder_is_no_folder(folder: Path) -> None:
    file = folder / "yellow_tripdata_2015-01.parquet"

    assert refusal(file).startswith(f"There is no folder {file}: ")


def emptied(_: bytes) -> bytes:
    return b""


def of_another_kind(_: bytes) -> bytes:
    return b"VendorID,tpep_pickup_datetime\n1,2015-01-01 00:00:00\n"


def cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def with_a_scrambled_footer(content: bytes) -> bytes:
    return content[:-408] + b"\xff" * 400 + content[-8:]


def with_a_footer_that_begins_before_the_file(content: bytes) -> bytes:
    return content[:-8] + b"\xff\xff\xff\x7f" + content[-4:]


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (emptied, "it is empty"),
        (of_another_kind, "it is no Parquet file"),
        (cut_off, "its end is missing: it was cut off"),
        (with_a_scrambled_footer, "its footer makes no sense"),
        (with_a_footer_that_begins_before_the_file, "its footer makes no sense"),
    ],
)
def test_a_damaged_file_is_named_with_what_is_wrong(
    folder: Path, damage: Callable[[bytes], bytes], why: str
) -> None:
    file = folder / "yellow_tripdata_2015-03.parquet"
    file.write_bytes(damage(file.read_bytes()))

    assert refusal(folder).startswith(f"yellow_tripdata_2015-03.parquet cannot be read ({why}). ")


def test_a_folder_in_the_place_of_a_file_is_no_file(folder: Path) -> None:
    (folder / "yellow_tripdata_2015-03.parquet").unlink()
    (folder / "yellow_tripdata_2015-03.parquet").mkdir()

    assert "yellow_tripdata_2015-03.parquet cannot be read (Is a directory)" in refusal(folder)


def test_a_month_without_trips_is_refused(folder: Path) -> None:
    write_month(folder, 2, month_of(2, trips=0))

    assert refusal(folder).startswith("yellow_tripdata_2015-02.parquet holds no trips.")


@pytest.mark.parametrize(
    ("column", "found", "expected", "value"),
    [
        ("fare_amount", "string", "double", "12.5"),
        ("fare_amount", "null", "double", None),
        ("fare_amount", "int64", "double", 12),
        ("VendorID", "double", "int64", 1.0),
        ("payment_type", "string", "int64", "1"),
        ("passenger_count", "string", "int64", "1"),
        ("tpep_pickup_datetime", "string", "timestamp[us]", "2015-05-01 00:00:00"),
        ("tpep_pickup_datetime", "timestamp[us, tz=UTC]", "timestamp[us]", 1_430_438_400_000_000),
        ("tpep_dropoff_datetime", "int64", "timestamp[us]", 1_430_438_400_000_000),
        ("store_and_fwd_flag", "bool", "string", True),
        ("congestion_surcharge", "string", "null", "2.5"),
        ("trip_distance", "float", "double", 1.5),
    ],
)
def test_a_wrong_type_is_said_with_file_column_found_and_expected(
    folder: Path, column: str, found: str, expected: str, value: object
) -> None:
    write_month(folder, 5, month_of(5) | {column: [value] * TRIPS}, {**TYPES, column: found})

    said = f"yellow_tripdata_2015-05.parquet: the column {column} is {found}, where {expected} is expected. "
    assert refusal(folder).startswith(said)


def test_columns_that_are_missing_are_all_named(folder: Path) -> None:
    kept = {
        name: kind for name, kind in TYPES.items() if name not in {"VendorID", "tip_amount", "airport_fee"}
    }
    write_month(folder, 7, types=kept)

    assert refusal(folder).startswith(
        "yellow_tripdata_2015-07.parquet lacks the column VendorID, tip_amount. "
    )


def test_a_column_that_is_there_twice_is_refused(folder: Path) -> None:
    columns = month_of(7)
    write_month(
        folder, 7, {**columns, "Airport_fee": columns["airport_fee"]}, {**TYPES, "Airport_fee": "double"}
    )

    assert refusal(folder).startswith("yellow_tripdata_2015-07.parquet has the column airport_fee twice. ")
