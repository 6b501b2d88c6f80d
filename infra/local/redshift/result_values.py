"""The values of a result as the Data API writes them: numbers, booleans, and text for everything else.

Many rows stay columns of Arrow, which is compact; few rows stay as they came. (Building Arrow columns from Python
values would load pandas, which takes a second.)

Source: AWS, Redshift Data API guide, "Mapping data types".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

# Arrow writes small numbers of a larger scale with an exponent.
_PLAIN_SCALE = 6


class Values(Protocol):
    """The values of a result, by column."""

    @property
    def rows(self) -> int:
        """The number of rows."""

    @property
    def size(self) -> int:
        """The number of bytes, as this form counts them."""

    def written(self, number: int, type_name: str, offset: int, count: int) -> list[Any]:
        """The values of a column from row `offset` on, at most `count`, as JSON has them; None for NULL."""

    def has_overflow(self, number: int) -> bool:
        """Whether a float of the column is infinite or not a number."""


@dataclass(frozen=True, slots=True)
class FewRows:
    """Rows as DuckDB's Python client gives them."""

    table: Sequence[tuple[Any, ...]]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.table)

    @property
    def size(self) -> int:
        """The number of characters of all values."""
        return sum(len(str(value)) for row in self.table for value in row)

    def written(self, number: int, type_name: str, offset: int, count: int) -> list[Any]:
        """The values of a column."""
        write = _WRITTEN_BY_PYTHON.get(type_name)
        values = [row[number] for row in self.table[offset : offset + count]]
        return [None if value is None else write(value) for value in values] if write else values

    def has_overflow(self, number: int) -> bool:
        """Whether a float of the column is infinite or not a number."""
        return any(row[number] is not None and not math.isfinite(row[number]) for row in self.table)


@dataclass(frozen=True, slots=True)
class ManyRows:
    """Columns of Arrow."""

    table: pa.Table

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self.table.num_rows)

    @property
    def size(self) -> int:
        """The number of bytes in memory."""
        return int(self.table.nbytes)

    def written(self, number: int, type_name: str, offset: int, count: int) -> list[Any]:
        """The values of a column."""
        write = _WRITTEN_BY_ARROW.get(type_name, _as_it_is)
        return write(self.table.column(number).slice(offset, count))

    def has_overflow(self, number: int) -> bool:
        """Whether a float of the column is infinite or not a number."""
        return pc.all(pc.is_finite(self.table.column(number))).as_py() is False


def _timestamp(value: object) -> str:
    # AWS's own example of a whole second ends in ".0".
    whole, _, fraction = str(value).partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}"


def _decimal(value: object) -> str:
    return format(value, "f")


_WRITTEN_BY_PYTHON: dict[str, Callable[[object], str]] = {
    "numeric": _decimal,
    "date": str,
    "timestamp": _timestamp,
}


def _as_it_is(values: pa.ChunkedArray) -> list[Any]:
    return list(values.to_pylist())


def _texts(values: pa.ChunkedArray) -> list[Any]:
    return _as_it_is(pc.cast(values, pa.string()))


def _decimals(values: pa.ChunkedArray) -> list[Any]:
    if values.type.scale <= _PLAIN_SCALE:
        return _texts(values)
    return [None if value is None else _decimal(value) for value in values.to_pylist()]


def _timestamps(values: pa.ChunkedArray) -> list[Any]:
    trimmed = pc.utf8_rtrim(pc.cast(values, pa.string()), characters="0")
    return _as_it_is(pc.replace_substring_regex(trimmed, pattern=r"\.$", replacement=".0"))


_WRITTEN_BY_ARROW: dict[str, Callable[[pa.ChunkedArray], list[Any]]] = {
    "numeric": _decimals,
    "date": _texts,
    "timestamp": _timestamps,
}
