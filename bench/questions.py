"""The four questions by which databases are compared on New York's taxis, beside the same of crude rows in memory.

Source: M. Litwintschik, "Summary of the 1.1 Billion Taxi Rides Benchmarks"; here by vendor and month, since one
year's rows have no kind of cab and one year only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench import crude_rows
from bench.figures import Figure, side_by_side
from infra.local.redshift import Engine

# A machine's seconds say little on another one; these are the budgets' seconds by those of crude rows beside them.
LIMIT = 1.25


@dataclass(frozen=True, slots=True)
class Question:
    """A statement in SQL that Redshift and DuckDB understand in the same way; `{trips}` is the table."""

    name: str
    sql: str


QUESTIONS = (
    Question("Trips by vendor", "select vendorid, count(*) as trips from {trips} group by vendorid"),
    Question(
        "Mean total by passengers",
        "select passenger_count, sum(total_amount)::float8 / count(*) as mean from {trips} group by passenger_count",
    ),
    Question(
        "Trips by passengers and month",
        "select passenger_count, extract(month from tpep_pickup_datetime) as month, count(*) as trips"
        " from {trips} group by 1, 2",
    ),
    Question(
        "Trips by passengers, month and miles",
        "select passenger_count, extract(month from tpep_pickup_datetime) as month, round(trip_distance) as miles,"
        " count(*) as trips from {trips} group by 1, 2, 3 order by 2, 4 desc",
    ),
)


def questions(database: Path, rows: int, rounds: int) -> Iterator[Figure]:
    """Each as the stand-in's engine puts it to its database, beside DuckDB's own of as many crude rows."""
    translated = _translated(database)
    with duckdb.connect() as crude, duckdb.connect(str(database), read_only=True) as trips:
        crude_rows.fill(crude, rows)
        for question, ours in zip(QUESTIONS, translated, strict=True):
            plain = partial(_answer, crude, question.sql.format(trips=crude_rows.TABLE))
            taken = side_by_side(partial(_answer, trips, ours), plain, rounds)
            yield Figure(question.name, *taken, LIMIT)


def _translated(database: Path) -> list[str]:
    engine = Engine(database)
    try:
        return [engine.translate(question.sql.format(trips="trips")).sql for question in QUESTIONS]
    finally:
        engine.close()


def _answer(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()
