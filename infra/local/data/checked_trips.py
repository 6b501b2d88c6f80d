"""Where the laptop keeps the trips: the answer of the view `checked_trips`, computed once, while they are loaded.

To compute the rules with each question costs more than most questions. So the view becomes a table of the same columns,
filled by the view's own query, and the table `nyc_yellow_taxi` a view of its published columns. `trips` reads
`checked_trips` on both engines.
"""

from __future__ import annotations

from functools import cache

import duckdb

from infra.local.data.setup_files import TABLES, VIEW
from infra.local.data.setup_sql import for_duckdb, run_setup
from infra.warehouse import query_of_the_view

_KEEP = """
    CREATE TABLE kept_trips AS FROM checked_trips LIMIT 0;
    DROP VIEW checked_trips;
    ALTER TABLE kept_trips RENAME TO checked_trips;
    DROP TABLE nyc_yellow_taxi;
    CREATE VIEW nyc_yellow_taxi AS SELECT {published} FROM checked_trips;
"""


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and views of a data set, all of them empty."""
    run_setup(connection, TABLES, VIEW)
    published = ", ".join(connection.table("nyc_yellow_taxi").columns)
    connection.execute(_KEEP.format(published=published))


def inserting(rows: str) -> str:
    """The statement that adds these rows to `checked_trips`; an ORDER BY may follow.

    `rows` is a query whose columns have the names and types of `nyc_yellow_taxi`; a column that it lacks becomes NULL,
    unless a rule looks at it.
    """
    # Within the statement the name of the table means these rows: the query of the view needs no change.
    return f"INSERT INTO checked_trips BY NAME WITH nyc_yellow_taxi AS ({rows}) {_query_of_the_view()}"


@cache
def _query_of_the_view() -> str:
    (query,) = for_duckdb(query_of_the_view())
    return query
