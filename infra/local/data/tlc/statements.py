"""The pieces of SQL that the check and the load share."""

from __future__ import annotations

import duckdb

from infra.local.data.tlc.files import MonthFile

YEAR = "tpep_pickup_datetime >= TIMESTAMP '2015-01-01' AND tpep_pickup_datetime < TIMESTAMP '2016-01-01'"
"""Whether a trip began in 2015; NULL where it has no time of pickup."""


def rows_of(connection: duckdb.DuckDBPyConnection, file: MonthFile) -> duckdb.DuckDBPyRelation:
    """The rows of a file, not yet read."""
    return connection.read_parquet(str(file.path))


def in_month(month: int) -> str:
    """Whether a trip began in this month of 2015; NULL where it has no time of pickup."""
    year, following = divmod(2015 * 12 + month, 12)
    return (
        f"tpep_pickup_datetime >= TIMESTAMP '2015-{month:02d}-01' "
        f"AND tpep_pickup_datetime < TIMESTAMP '{year}-{following + 1:02d}-01'"
    )


def elsewhere(month: int) -> str:
    """Whether a trip began at any other time, or at none."""
    return f"({in_month(month)}) IS NOT TRUE"


def loaded_columns(file: MonthFile) -> tuple[str, ...]:
    """The columns of a file that hold values."""
    return tuple(name for name, kind in file.types.items() if kind != "null")
