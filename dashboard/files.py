"""An answer as a file to take away: CSV, Excel or Parquet, each with its receipt inside. Nothing is rounded."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from dashboard.answers import Answer, typed
from dashboard.formats import number
from dashboard.questions import END, START, Question
from dashboard.receipt import Receipt, receipt_json, receipt_text
from dashboard.tables import headings
from pipeline.core.reports import Column, ColumnType
from pipeline.core.result_pages import Cell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# ZIP keeps no time before 1980 and no zone; one that is always the same makes equal answers equal files.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_WIDTH = 18


def csv_text(answer: Answer) -> str:
    """Write all columns under their names, values as they came, NULL as nothing; formula-like text is escaped."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in answer.columns])
    writer.writerows([_csv_cell(cell) for cell in record] for record in answer.records)
    return buffer.getvalue()


def csv_digest(answer: Answer) -> str:
    """Give the SHA-256 of the rows as CSV, in UTF-8: what `sha256sum` says of the file in the ZIP."""
    return sha256(csv_text(answer).encode()).hexdigest()


def csv_zip(answer: Answer, question: Question, receipt: Receipt) -> bytes:
    """Pack the CSV file and its receipt."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (
            (file_name(answer, question, "csv"), csv_text(answer)),
            (file_name(answer, question, "receipt.txt"), receipt_text(receipt)),
        ):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def excel_bytes(answer: Answer, receipt: Receipt) -> bytes:
    """Write a workbook: the rows with their types under readable headings, and a sheet "About" with the receipt.

    Text is written as text, whatever it begins with. Excel keeps 15 digits of a number.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("Rows")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(answer.columns) - 1, _WIDTH)
        for place, title in enumerate(headings(answer.columns)):
            sheet.write_string(0, place, title, bold)
            for row, cell in enumerate(_cells(answer, place), start=1):
                _write(sheet, row, place, cell, moment)
        _write_about(book.add_worksheet("About"), receipt, bold)
    return buffer.getvalue()


def parquet_bytes(answer: Answer, receipt: Receipt) -> bytes:
    """Write a Parquet file with the columns' types; the key `receipt` of its metadata holds the receipt as JSON."""
    arrays = [_array(column, _cells(answer, place)) for place, column in enumerate(answer.columns)]
    table = pa.table(arrays, names=[column.name for column in answer.columns])
    table = table.replace_schema_metadata({"receipt": receipt_json(receipt)})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def file_name(answer: Answer, question: Question, ending: str) -> str:
    """Name a file: report, days, `first-1000-of-2500` where not all rows came, and `SYNTHETIC` where the data is."""
    days = [question.parameters[name] for name in (START, END) if name in question.parameters]
    part = [] if answer.part_of is None else [f"first-{len(answer.records)}-of-{answer.part_of}"]
    mark = ["SYNTHETIC"] if answer.synthetic else []
    return "_".join(["nyc-taxi", question.topic_name, *days, *part, *mark]) + f".{ending}"


def _cells(answer: Answer, place: int) -> list[Any]:
    return typed((record[place] for record in answer.records), answer.columns[place].type)


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) and number(cell) is None:
        return f"'{cell}"
    return cell


def _write(sheet: Any, row: int, place: int, cell: Any, moment: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, place, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, moment)
    elif cell is not None:
        sheet.write(row, place, cell)


def _write_about(sheet: Any, receipt: Receipt, bold: Any) -> None:
    sheet.set_column(0, 0, _WIDTH)
    sheet.set_column(1, 1, 5 * _WIDTH)
    for row, (label, said) in enumerate((*receipt.lines, ("SQL", receipt.sql))):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, said)


def _array(column: Column, cells: Sequence[Any]) -> pa.Array:
    """Make a column. A decimal keeps as many places as its longest cell; Redshift's have at most 38 digits."""
    if column.type != "decimal":
        return pa.array(cells, _ARROW_TYPES[column.type])
    places = [len(str(cell).partition(".")[2]) for cell in cells if cell is not None]
    return pa.array(cells, pa.decimal128(38, max(places, default=0)))


_ARROW_TYPES: Mapping[ColumnType, pa.DataType] = MappingProxyType(
    {
        "integer": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us"),
        "text": pa.string(),
    }
)
