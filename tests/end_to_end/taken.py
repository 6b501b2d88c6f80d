"""The files that a page hands out, read again."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from playwright.sync_api import Page

Table = list[list[Any]]


@dataclass(frozen=True)
class File:
    """What the browser was given."""

    name: str
    content: bytes


def taken(page: Page, label: str, press: Callable[[], None] | None = None) -> File:
    """Take a file: by a click on the button with this label, or as `press` does it."""
    with page.expect_download() as download:
        if press is None:
            page.get_by_role("button", name=label).click()
        else:
            press()
    return File(download.value.suggested_filename, Path(download.value.path()).read_bytes())


def rows_of_csv(packed: bytes) -> Table:
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        name = next(name for name in files.namelist() if name.endswith(".csv"))
        return list(csv.reader(files.read(name).decode().splitlines()))[1:]


def rows_of_excel(content: bytes) -> Table:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    rows = [list(row) for row in book["Rows"].iter_rows(min_row=2, values_only=True)]
    book.close()
    return rows


def rows_of_parquet(content: bytes) -> Table:
    return [list(row.values()) for row in pq.read_table(io.BytesIO(content)).to_pylist()]


def as_texts(rows: Table) -> list[list[str]]:
    """Write cells alike, whatever the file made of their types: days in ISO, numbers without spare zeros."""
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    text = str(cell)
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text.removesuffix(" 00:00:00")
