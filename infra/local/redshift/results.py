"""A statement's result, handed out as pages of the Data API's Fields.

Sources: AWS, Redshift Data API guide, "Mapping data types"; API reference, `Field` and `ColumnMetadata`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from infra.local.redshift.errors import SqlError
from infra.local.redshift.result_values import FewRows, ManyRows, Values
from infra.local.redshift.scope import Column, Columns
from infra.local.redshift.types import RedshiftType

PAGE_ROWS = 1_000
MAXIMUM_BYTES = 500_000_000

Field = dict[str, Any]

_FIELDS = {
    "int2": "longValue",
    "int4": "longValue",
    "int8": "longValue",
    "float4": "doubleValue",
    "float8": "doubleValue",
    "bool": "booleanValue",
    "numeric": "stringValue",
    "varchar": "stringValue",
    "date": "stringValue",
    "timestamp": "stringValue",
}


@dataclass(frozen=True, slots=True)
class Result:
    """The columns and rows of a finished statement."""

    columns: Columns
    values: Values

    @property
    def rows(self) -> int:
        """The number of rows."""
        return self.values.rows

    @property
    def size(self) -> int:
        """The number of bytes that the result takes here."""
        return self.values.size

    def page(self, offset: int) -> list[list[Field]]:
        """The rows from `offset` on, at most one page, as Fields."""
        columns = [
            _fields(self.values.written(number, column.type.name, offset, PAGE_ROWS), column.type)
            for number, column in enumerate(self.columns)
        ]
        return [list(row) for row in zip(*columns, strict=True)]

    def metadata(self) -> list[dict[str, Any]]:
        """The ColumnMetadata of each column."""
        return [_metadata(column) for column in self.columns]


def small_result(rows: Sequence[tuple[Any, ...]], columns: Columns) -> Result:
    """The result with these rows.

    Raises:
        SqlError: it holds a float that no client can read.
    """
    return _checked(Result(columns, FewRows(rows)))


def large_result(reader: pa.RecordBatchReader, columns: Columns) -> Result:
    """Read a result to its end.

    Raises:
        SqlError: it is larger than the Data API allows, or holds a float that no client can read.
    """
    batches, size = [], 0
    for batch in reader:
        size += batch.nbytes
        if size > MAXIMUM_BYTES:
            raise SqlError("Database response exceeded size limit")
        batches.append(batch)
    return _checked(Result(columns, ManyRows(pa.Table.from_batches(batches, reader.schema))))


def _checked(result: Result) -> Result:
    for number, column in enumerate(result.columns):
        if column.type.is_float and result.values.has_overflow(number):
            raise SqlError(f'value out of range: overflow in column "{column.name}"')
    return result


def _fields(values: list[Any], kind: RedshiftType) -> list[Field]:
    key = _FIELDS[kind.name]
    return [{"isNull": True} if value is None else {key: value} for value in values]


def _metadata(column: Column) -> dict[str, Any]:
    # facts RD-14 and RD-15: expressions are nullable and have no table.
    return {
        "name": column.name,
        "label": column.name,
        "typeName": column.type.name,
        "precision": column.type.precision,
        "scale": column.type.scale,
        "nullable": 1,
        "length": 0,
        "isSigned": column.type.is_number,
        "isCaseSensitive": column.type.name == "varchar",
        "isCurrency": False,
        "schemaName": "",
        "tableName": "",
    }
