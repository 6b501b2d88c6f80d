"""Reads every value of a month's file once, so that whatever cannot be loaded is found before anything is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.tlc.files import MonthFile
from infra.local.data.tlc.footers import damaged
from infra.local.data.tlc.statements import YEAR, elsewhere, loaded_columns, rows_of

TableTypes = Mapping[str, str]
"""Columns of `nyc_yellow_taxi` and their types, as DuckDB calls them."""

# Counts alone may be answered from the footer; a hash of all values leaves no page unread.
_EVERY_VALUE = "bit_xor(hash({columns}))"
_MONTH = "strftime(tpep_pickup_datetime, '%B %Y') AS month"


@dataclass(frozen=True, slots=True)
class Contents:
    """How many trips of a file are unusual but loaded.

    `elsewhere` began outside the file's month or have no time of pickup, `other_year` began outside 2015, `undated`
    have no time of pickup, `rounded` have an amount of money with fractions of a cent.
    """

    elsewhere: int
    other_year: int
    undated: int
    rounded: int


def table_types(connection: duckdb.DuckDBPyConnection) -> TableTypes:
    """What the columns of the table can hold."""
    return {name: kind for name, kind, *_ in connection.execute("DESCRIBE nyc_yellow_taxi").fetchall()}


def check(connection: duckdb.DuckDBPyConnection, file: MonthFile, types: TableTypes) -> Contents:
    """Read all values of a file.

    Raises:
        DataError: the file is damaged, holds another month's trips for the most part, or has a value that the table
            cannot hold.
    """
    misfits = {name: _misfit(name, types[name], file.types[name]) for name in loaded_columns(file)}
    wanted = {
        "elsewhere": elsewhere(file.month),
        "other_year": f"NOT ({YEAR})",
        "undated": "tpep_pickup_datetime IS NULL",
        "rounded": _rounded(types),
    }
    counts = _counts(connection, file, {**wanted, **misfits})
    if counts["elsewhere"] * 2 > file.rows:
        raise _other_month(connection, file)
    for name, misfit in misfits.items():
        if counts[name]:
            raise _too_large(connection, file, name, misfit, types[name])
    return Contents(**{name: counts[name] for name in wanted})


def _misfit(name: str, table_type: str, file_type: str) -> str:
    """Whether a value is lost or changed in the table, roundings of money aside."""
    if table_type == "VARCHAR":
        return f"length({name}) > 1"
    if table_type == "DOUBLE":
        return f"NOT isfinite({name})"
    too_large = f"({name} IS NOT NULL AND try_cast({name} AS {table_type}) IS NULL)"
    if file_type == "double" and not _is_money(table_type):
        return f"{too_large} OR {name} <> trunc({name})"
    return too_large


def _rounded(types: TableTypes) -> str:
    # Binary fractions are a little off: 0.30 becomes 0.30000000000000004, which is no fraction of a cent.
    money = [name for name, kind in types.items() if _is_money(kind)]
    return " OR ".join(f"abs({name} * 100 - round({name} * 100)) > 0.001" for name in money)


def _is_money(table_type: str) -> bool:
    return table_type.startswith("DECIMAL")


def _counts(
    connection: duckdb.DuckDBPyConnection, file: MonthFile, predicates: Mapping[str, str]
) -> dict[str, int]:
    counts = [f"count(*) FILTER (WHERE {predicate})" for predicate in predicates.values()]
    everything = _EVERY_VALUE.format(columns=", ".join(loaded_columns(file)))
    try:
        rows = rows_of(connection, file).aggregate(", ".join([*counts, everything])).fetchall()
    except duckdb.Error as error:
        raise damaged(file.path, "its rows are damaged") from error
    return dict(zip(predicates, rows[0][:-1], strict=True))


def _other_month(connection: duckdb.DuckDBPyConnection, file: MonthFile) -> DataError:
    months = rows_of(connection, file).aggregate(f"{_MONTH}, count(*) AS trips", "month")
    most_common = months.order("trips DESC").limit(1).fetchall()[0][0]
    holds = f"trips of {most_common}" if most_common else "trips without a time of pickup"
    return DataError(
        f"{file.path.name} holds {holds} for the most part, not of {file.month_name} 2015. Nothing was loaded: fetch "
        "the right file with make data TLC=download or from the TLC, and start again."
    )


def _too_large(
    connection: duckdb.DuckDBPyConnection, file: MonthFile, name: str, misfit: str, table_type: str
) -> DataError:
    # As an aggregate, since a WHERE would believe the footer's least and greatest values, which may be wrong.
    example = f"any_value({name}::VARCHAR) FILTER (WHERE {misfit})"
    value = rows_of(connection, file).aggregate(example).fetchall()[0][0]
    return DataError(
        f"{file.path.name}: the column {name} holds the value {value!r}, which does not fit the table "
        f"({table_type.lower()}). Nothing was loaded: fetch the file again with make data TLC=download or from the "
        "TLC, and start again."
    )
