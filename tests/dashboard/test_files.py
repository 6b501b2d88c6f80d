from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.answers import Answer
from dashboard.files import csv_digest, csv_text, csv_zip, excel_bytes, file_name, parquet_bytes
from dashboard.questions import Question
from dashboard.receipt import Receipt, receipt_text
from dashboard.tables import headings
from pipeline.core.reports import Column
from tests.dashboard.samples import answer_of, daily_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast

RECEIPT = Receipt((("Question", "Small report"), ("Rows", "all 2 rows")), "select 1")
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})
PICKED_UP = datetime.fromisoformat("2015-06-01T14:30:45.500000")
FIRST, SECOND = datetime.fromisoformat("2015-06-01"), datetime.fromisoformat("2015-06-02")
TYPED = (
    Column("day", "date", "Day", "dimension"),
    Column("at", "timestamp", "Picked up", "dimension"),
    Column("zone", "text", "Zone", "dimension"),
    Column("trips", "integer", "Trips", "measure"),
    Column("fare", "decimal", "Fare", "measure", unit="$"),
    Column("miles", "double", "Distance", "measure", unit="mi"),
    Column("night", "boolean", "Night", "dimension"),
)
TYPED_ROWS = (
    ("2015-06-01", "2015-06-01T14:30:45.500000", "=1+1", 2**53 + 1, "12345678901234567.10", 2.5, True),
    ("2015-06-02", None, None, None, None, None, None),
)


def typed_answer() -> Answer:
    return replace(small_answer(), columns=TYPED, records=TYPED_ROWS)


def workbook(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def parquet(answer: Answer) -> pa.Table:
    return pq.read_table(io.BytesIO(parquet_bytes(answer, RECEIPT)))


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_csv_file_holds_every_column_as_it_came() -> None:
    rows = list(csv.reader(io.StringIO(csv_text(small_answer()))))
    assert rows[0] == ["zone", "hour", "trips", "fares", "control_trips", "without_fare"]
    assert rows[1] == ["JFK", "7", "10", "100.10", "36", "2"]


def test_text_that_a_spreadsheet_would_run_is_escaped_and_null_is_empty() -> None:
    rows = list(csv.reader(io.StringIO(csv_text(small_answer()))))
    assert rows[2][0] == "'=Midtown*"
    assert rows[2][3] == ""


def test_a_negative_number_is_no_formula() -> None:
    answer = small_answer([("-5.25", 1, -3, "-2.50", 0, 0)])
    assert csv_text(answer).splitlines()[1] == "-5.25,1,-3,-2.50,0,0"


def test_the_zip_has_the_rows_and_the_receipt() -> None:
    answer = answer_of(shipped_report("daily-summary"), daily_rows())
    files = unpacked(csv_zip(answer, JUNE, RECEIPT))
    name = "nyc-taxi_daily-summary_2015-06-01_2015-06-30_SYNTHETIC"
    assert list(files) == [f"{name}.csv", f"{name}.receipt.txt"]
    assert files[f"{name}.csv"].decode() == csv_text(answer)
    assert files[f"{name}.receipt.txt"].decode() == receipt_text(RECEIPT)


def test_the_digest_is_that_of_the_file_in_the_zip() -> None:
    answer = small_answer()
    rows = unpacked(csv_zip(answer, JUNE, RECEIPT))
    assert csv_digest(answer) == sha256(next(iter(rows.values()))).hexdigest()
    assert csv_digest(replace(answer, records=answer.records[::-1])) != csv_digest(answer)


def test_equal_answers_are_equal_files() -> None:
    assert csv_zip(small_answer(), JUNE, RECEIPT) == csv_zip(small_answer(), JUNE, RECEIPT)


def test_excel_gets_types_headings_with_units_and_no_formula() -> None:
    rows = workbook(excel_bytes(typed_answer(), RECEIPT))["Rows"]
    assert rows[0] == ("Day", "Picked up", "Zone", "Trips", "Fare ($)", "Distance (mi)", "Night")
    day, at, zone, _, fare, miles, night = rows[1]
    assert (day, at) == (FIRST, PICKED_UP)
    assert (zone, miles, night) == ("=1+1", 2.5, True)
    assert fare == pytest.approx(12345678901234567.10)
    assert rows[2] == (SECOND, None, None, None, None, None, None)
    assert (
        openpyxl.load_workbook(io.BytesIO(excel_bytes(typed_answer(), RECEIPT)))["Rows"]["C2"].data_type
        == "s"
    )


def test_no_two_columns_of_a_sheet_have_the_same_heading() -> None:
    answer = small_answer()
    twins = tuple(replace(column, label="Trips", unit=None) for column in answer.columns)
    titles = workbook(excel_bytes(replace(answer, columns=twins), RECEIPT))["Rows"][0]
    assert titles == tuple(f"Trips, {column.name}" for column in answer.columns)


def test_the_heading_of_a_number_that_only_orders_the_rows_says_what_it_counts() -> None:
    topics = ("od-flows", "demand-hour-weekday", "speed-hour", "vendors")
    assert [headings(shipped_report(topic).columns)[0] for topic in topics] == [
        "Rank by trips",
        "Weekday (1 = Monday)",
        "Weekday (1 = Monday)",
        "Order of the measures",
    ]


def test_excel_says_in_a_sheet_of_its_own_what_the_rows_are() -> None:
    assert workbook(excel_bytes(small_answer(), RECEIPT))["About"] == [
        ("Question", "Small report"),
        ("Rows", "all 2 rows"),
        ("SQL", "select 1"),
    ]


def test_parquet_keeps_every_type_and_every_digit() -> None:
    table = parquet(typed_answer())
    assert [str(field.type) for field in table.schema] == [
        "date32[day]",
        "timestamp[us]",
        "string",
        "int64",
        "decimal128(38, 2)",
        "double",
        "bool",
    ]
    assert table.to_pylist()[0] == {
        "day": date(2015, 6, 1),
        "at": PICKED_UP,
        "zone": "=1+1",
        "trips": 2**53 + 1,
        "fare": Decimal("12345678901234567.10"),
        "miles": 2.5,
        "night": True,
    }
    assert set(table.to_pylist()[1].values()) == {date(2015, 6, 2), None}


def test_parquet_holds_the_receipt_in_its_metadata() -> None:
    held = json.loads(parquet(small_answer()).schema.metadata[b"receipt"])
    assert held == {"lines": [["Question", "Small report"], ["Rows", "all 2 rows"]], "sql": "select 1"}


def test_an_answer_without_rows_is_a_file_too() -> None:
    empty = replace(typed_answer(), records=())
    assert parquet(empty).num_rows == 0
    assert len(workbook(excel_bytes(empty, RECEIPT))["Rows"]) == 1


def test_a_file_name_says_report_days_and_synthetic() -> None:
    name = file_name(small_answer(), JUNE, "xlsx")
    assert name == "nyc-taxi_daily-summary_2015-06-01_2015-06-30_SYNTHETIC.xlsx"
    assert file_name(small_answer(synthetic=False), Question("small", {}), "zip") == "nyc-taxi_small.zip"


def test_a_file_of_a_part_says_so_in_its_name() -> None:
    name = file_name(small_answer(part_of=100_000), Question("small", {}), "zip")
    assert name == "nyc-taxi_small_first-2-of-100000_SYNTHETIC.zip"
