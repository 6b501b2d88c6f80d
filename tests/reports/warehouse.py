"""Asks the Data API as the pipeline does, and reads the answer into values that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.infra.local.redshift.service import ended, execute
from tests.reports.twins.common.question import Kind, Row, Value

# AWS: Redshift Data API, type names of result columns.
_KINDS: Mapping[str, Kind] = {
    "int2": "integer",
    "int4": "integer",
    "int8": "integer",
    "numeric": "decimal",
    "float8": "double",
    "date": "date",
    "timestamp": "timestamp",
    "varchar": "text",
}


@dataclass(frozen=True)
class Answer:
    """The columns with their kinds, in order, and the rows, in order."""

    columns: dict[str, Kind]
    rows: list[Row]


@dataclass(frozen=True)
class Warehouse:
    """The Data API of the stand-in."""

    client: Any

    def answer(self, sql: str, parameters: Mapping[str, str]) -> Answer:
        """Run a statement and read all pages of its result."""
        more = {"Parameters": [{"name": n, "value": v} for n, v in parameters.items()]} if parameters else {}
        statement = execute(self.client, sql, **more)
        description = ended(self.client, statement)
        assert description["Status"] == "FINISHED", description.get("Error")
        pages = list(self._pages(statement))
        columns = {column["name"]: _KINDS[column["typeName"]] for column in pages[0]["ColumnMetadata"]}
        rows = [_row(columns, record) for page in pages for record in page["Records"]]
        assert len(rows) == pages[0]["TotalNumRows"]
        return Answer(columns, rows)

    def _pages(self, statement: str) -> Iterator[Any]:
        token: dict[str, str] = {}
        while True:
            page = self.client.get_statement_result(Id=statement, **token)
            yield page
            if not page.get("NextToken"):
                return
            token = {"NextToken": page["NextToken"]}


def _row(columns: Mapping[str, Kind], record: list[dict[str, Any]]) -> Row:
    return {name: _value(kind, field) for (name, kind), field in zip(columns.items(), record, strict=True)}


def _value(kind: Kind, field: Mapping[str, Any]) -> Value:
    ((form, value),) = field.items()
    if form == "isNull":
        return None
    match kind:
        case "decimal":
            return Decimal(value)
        case "date":
            return date.fromisoformat(value)
        case "timestamp":
            return datetime.fromisoformat(value)
        case "double":
            return float(value)
        case _:
            return value  # type: ignore[no-any-return]  # JSON gave it
