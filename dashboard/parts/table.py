"""The rows of an answer: a plain table while they are few, a scrolling one beyond; and the files to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st
from pandas.io.formats.style import Styler

from dashboard.answers import Answer
from dashboard.files import csv_zip, excel_bytes, file_name, parquet_bytes
from dashboard.formats import MISSING, cell_text, plain
from dashboard.questions import Question
from dashboard.receipt import Receipt
from dashboard.state import PageState
from dashboard.tables import (
    MAXIMUM_PLAIN_ROWS,
    is_numeric,
    titled_columns,
    total_sentence,
    typed_frame,
)
from pipeline.core.reports import Format

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ARRIVING = "The rows are still arriving."
_NUMBER_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "integer": "localized",
        "usd": "accounting",
        "miles": "%.2f",
        "minutes": "%.1f",
        "mph": "%.1f",
        "percent": "%.1f",
    }
)


def draw_table(
    state: PageState,
    answer: Answer,
    question: Question,
    receipt: Callable[[], Receipt],
    *,
    arriving: bool = False,
) -> None:
    """Draw the rows, and the buttons that take them away with their receipt; not while more rows are `arriving`."""
    st.subheader("Table", anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="table_head"):
        st.markdown(plain(total_sentence(answer)))
        _draw_downloads(answer, question, receipt, arriving=arriving)
    if len(answer.records) <= MAXIMUM_PLAIN_ROWS:
        with st.container(key="answer_rows"):
            st.table(_written(answer), border="horizontal", hide_index=True, alt=_alt(answer))
    else:
        st.dataframe(
            state.long_table(answer),
            hide_index=True,
            column_config=_column_config(answer),
            placeholder=MISSING,
            alt=_alt(answer),
        )


def _draw_downloads(
    answer: Answer, question: Question, receipt: Callable[[], Receipt], *, arriving: bool
) -> None:
    """Draw a button for each kind of file; it is made when the button is pressed."""
    files: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "CSV": ("zip", "application/zip", lambda: csv_zip(answer, question, receipt())),
        "Excel": ("xlsx", _EXCEL, lambda: excel_bytes(answer, receipt())),
        "Parquet": ("parquet", "application/vnd.apache.parquet", lambda: parquet_bytes(answer, receipt())),
    }
    for label, (ending, mime, make) in files.items():
        st.download_button(
            label,
            make,
            file_name=file_name(answer, question, ending),
            mime=mime,
            key=label.lower(),
            on_click="ignore",
            icon=":material/download:",
            disabled=arriving,
            help=_ARRIVING if arriving else None,
        )


def _alt(answer: Answer) -> str:
    return f"{answer.report.title}: {len(answer.records):,} rows"


def _written(answer: Answer) -> Styler:
    """Write each cell as its column's format says; the numbers below keep the column to the right."""
    writers: dict[str, Any] = {
        title: partial(_cell, column.format) for title, column in titled_columns(answer).items()
    }
    return typed_frame(answer).style.format(writers)


def _cell(form: Format | None, value: object) -> str:
    return plain(cell_text(value, form))


def _column_config(answer: Answer) -> dict[str, Any]:
    """Pin the first column, and write numbers as their format says; without one they stand as they came."""
    titled = titled_columns(answer)
    config: dict[str, Any] = {
        title: st.column_config.NumberColumn(
            format=_NUMBER_FORMATS.get(column.format or "text"), alignment="right"
        )
        for title, column in titled.items()
        if is_numeric(column)
    }
    first = next(iter(titled), None)
    if first is not None and first not in config:
        config[first] = st.column_config.Column(pinned=True)
    return config
