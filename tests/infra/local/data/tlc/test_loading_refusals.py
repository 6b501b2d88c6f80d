"""Files that cannot be loaded, found by their values: one sentence each, with the file's name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.infra.local.data.tlc.loads import Warehouse, refusal, rows
from tests.infra.local.data.tlc.made import TRIPS, TYPES, month_of, write_month


@pytest.mark.parametrize(
    ("column", "value", "text", "table_type", "types"),
    [
        ("PULocationID", 32_768, "32768", "smallint", {}),
        ("VendorID", -32_769, "-32769", "smallint", {}),
        ("passenger_count", 1.5, "1.5", "smallint", {"passenger_count": "double"}),
        ("RatecodeID", 1e9, "1000000000.0", "smallint", {"RatecodeID": "double"}),
        ("fare_amount", 10_000_000.0, "10000000.0", "decimal(9,2)", {}),
        ("total_amount", -1e300, "-1e+300", "decimal(9,2)", {}),
        ("tip_amount", float("nan"), "nan", "decimal(9,2)", {}),
        ("trip_distance", float("inf"), "inf", "double", {}),
        ("store_and_fwd_flag", "YES", "YES", "varchar", {}),
    ],
)
def test_a_value_that_does_not_fit_is_said_with_file_and_column(
    warehouse: Warehouse,
    folder: Path,
    column: str,
    value: object,
    text: str,
    table_type: str,
    types: dict[str, str],
) -> None:
    columns = month_of(8)
    columns[column][17] = value
    write_month(folder, 8, columns, {**TYPES, **types})

    assert refusal(warehouse, folder).startswith(
        f"yellow_tripdata_2015-08.parquet: the column {column.lower()} holds the value '{text}', which does not fit "
        f"the table ({table_type}). Nothing was loaded: "
    )
    assert rows(warehouse) == []


def test_a_file_of_another_year_is_refused_by_name(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(9)
    pickups = columns["tpep_pickup_datetime"]
    columns["tpep_pickup_datetime"] = [pickup + timedelta(days=366) for pickup in pickups]
    write_month(folder, 9, columns)

    assert refusal(warehouse, folder).startswith(
        "yellow_tripdata_2015-09.parquet holds trips of September 2016 for the most part, not of September 2015. "
    )
    assert rows(warehouse) == []


def test_a_file_of_another_month_is_refused_by_name(warehouse: Warehouse, folder: Path) -> None:
    (folder / "yellow_tripdata_2015-12.parquet").write_bytes(
        (folder / "yellow_tripdata_2015-11.parquet").read_bytes()
    )

    assert refusal(warehouse, folder).startswith(
        "yellow_tripdata_2015-12.parquet holds trips of November 2015 for the most part, not of December 2015. "
    )


def test_a_file_without_times_is_refused(warehouse: Warehouse, folder: Path) -> None:
    write_month(folder, 9, month_of(9) | {"tpep_pickup_datetime": [None] * TRIPS})

    assert "holds trips without a time of pickup for the most part" in refusal(warehouse, folder)


def test_damaged_pages_are_one_sentence(warehouse: Warehouse, folder: Path) -> None:
    file = folder / "yellow_tripdata_2015-10.parquet"
    content = bytearray(file.read_bytes())
    content[4:2_000] = b"\xff" * 1_996
    file.write_bytes(content)

    assert refusal(warehouse, folder).startswith(
        "yellow_tripdata_2015-10.parquet cannot be read (its rows are damaged). Nothing was loaded: "
    )
    assert rows(warehouse) == []


def test_a_file_that_holds_fewer_trips_than_its_footer_announces_is_refused(
    warehouse: Warehouse, folder: Path
) -> None:
    file = folder / "yellow_tripdata_2015-10.parquet"
    file.write_bytes(announcing_one_more(file.read_bytes()))

    assert refusal(warehouse, folder).startswith(
        "yellow_tripdata_2015-10.parquet announces 201 trips in its footer and holds 200. Nothing was kept: "
    )


def announcing_one_more(content: bytes) -> bytes:
    """Raise the number of rows of the whole file, which the footer has first (Thrift: 64-bit field, zigzag number)."""
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    two_hundred, one_more = b"\x16\x90\x03", b"\x16\x92\x03"
    return content[:footer] + content[footer:].replace(two_hundred, one_more, 1)
