"""One page of an answer: from the Data API's typed fields to columns and rows as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.core.records import QueryRecord
from pipeline.core.schema import ROWS

Cell = str | int | float | bool | None

# AWS: Redshift Data API, type names of result columns; `type` is what this project calls them on the wire.
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "int2": "integer",
        "int4": "integer",
        "int8": "integer",
        "numeric": "decimal",
        "float4": "double",
        "float8": "double",
        "bool": "boolean",
        "date": "date",
        "timestamp": "timestamp",
        "timestamptz": "timestamp",
        "varchar": "text",
        "bpchar": "text",
    }
)


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column as the warehouse returned it: its name, and its type in this project's words."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of rows, in column order. `next_page` is opaque and None on the last page.

    `truncated` says that the report's row cap cut the answer; `total_rows` counts the rows that are served.
    """

    statement_id: str
    query_id: str
    topic_name: str
    report_version: str
    data_version: str
    synthetic: bool
    columns: tuple[ResultColumn, ...]
    records: tuple[tuple[Cell, ...], ...] = field(metadata=ROWS)
    total_rows: int
    truncated: bool
    next_page: str | None


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as the warehouse gave it: columns as (name, type name), fields as the Data API's unions."""

    columns: Sequence[tuple[str, str]]
    records: Sequence[Sequence[Mapping[str, Any]]]
    total_rows: int
    next_token: str | None


def result_columns(raw: RawPage) -> tuple[ResultColumn, ...]:
    """Name the columns; a type outside the table is text, which every Data API value can be shown as."""
    return tuple(ResultColumn(name, _TYPES.get(type_name, "text")) for name, type_name in raw.columns)


def result_records(raw: RawPage) -> list[tuple[Cell, ...]]:
    """Read the rows: decimals stay text so that no digit is lost, NULL is None."""
    readers = [_reader(type_name) for _, type_name in raw.columns]
    return [tuple(read(field) for read, field in zip(readers, row, strict=True)) for row in raw.records]


def _reader(type_name: str) -> Callable[[Mapping[str, Any]], Cell]:
    return _timestamp if type_name in {"timestamp", "timestamptz"} else _cell


def _cell(field: Mapping[str, Any]) -> Cell:
    ((kind, value),) = field.items()
    return None if kind == "isNull" else value


def _timestamp(field: Mapping[str, Any]) -> Cell:
    """Turn the warehouse's `2015-06-01 14:30:45.5` into ISO 8601 with six decimals, which sorts as text.

    AWS: Redshift writes a timestamptz in the session's zone, which is UTC: `2015-06-01 14:30:45.5+00`.
    """
    text = _cell(field)
    if not isinstance(text, str):
        return text
    whole, _, fraction = text.removesuffix("+00").replace(" ", "T").partition(".")
    return f"{whole}.{fraction:0<6}"


def result_page(record: QueryRecord, statement_id: str, maximum_rows: int, raw: RawPage) -> ResultPage:
    """Make the page that is served. The statement asked for one row more than the cap: it is never served."""
    records = result_records(raw)
    truncated = raw.total_rows > maximum_rows
    if truncated and raw.next_token is None:
        records = records[:-1]
    return ResultPage(
        statement_id=statement_id,
        query_id=record.query_id,
        topic_name=record.topic_name,
        report_version=record.report_version,
        data_version=record.data_version,
        synthetic=record.synthetic,
        columns=result_columns(raw),
        records=tuple(records),
        total_rows=min(raw.total_rows, maximum_rows),
        truncated=truncated,
        next_page=raw.next_token,
    )
