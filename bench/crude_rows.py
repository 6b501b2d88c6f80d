"""Rows as anybody would make them up in DuckDB: the columns of the trips, chance values, in order of pickup.

`python -m bench.crude_rows FILE ROWS` writes them into a new database.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

TABLE = "crude_trips"
_FILL = """
    CREATE TABLE crude_trips AS
    SELECT
        (1 + floor(random() * 2))::SMALLINT AS vendorid,
        pickup AS tpep_pickup_datetime,
        pickup + to_seconds((random() * 3600)::INTEGER) AS tpep_dropoff_datetime,
        floor(random() * 7)::SMALLINT AS passenger_count,
        round(random() * 20, 2)::DOUBLE AS trip_distance,
        (1 + floor(random() * 6))::SMALLINT AS ratecodeid,
        CASE WHEN random() < 0.99 THEN 'N' ELSE 'Y' END AS store_and_fwd_flag,
        (1 + floor(random() * 265))::SMALLINT AS pulocationid,
        (1 + floor(random() * 265))::SMALLINT AS dolocationid,
        (1 + floor(random() * 4))::SMALLINT AS payment_type,
        (random() * 60)::DECIMAL(9, 2) AS fare_amount,
        (floor(random() * 3) / 2)::DECIMAL(9, 2) AS extra,
        0.5::DECIMAL(9, 2) AS mta_tax,
        (random() * 10)::DECIMAL(9, 2) AS tip_amount,
        (floor(random() * 2) * 5.54)::DECIMAL(9, 2) AS tolls_amount,
        0.3::DECIMAL(9, 2) AS improvement_surcharge,
        (random() * 80)::DECIMAL(9, 2) AS total_amount,
        NULL::DOUBLE AS congestion_surcharge,
        NULL::DOUBLE AS airport_fee
    FROM (SELECT TIMESTAMP '2015-01-01' + to_seconds(floor(random() * 31_536_000)::BIGINT) AS pickup FROM range(?))
    ORDER BY tpep_pickup_datetime
"""


def fill(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Make the table and that many rows."""
    connection.execute("SET enable_progress_bar = false")
    connection.execute(_FILL, [rows])


def main(arguments: Sequence[str]) -> None:
    """Write a database; it must not be there yet."""
    file, rows = arguments
    with duckdb.connect(str(Path(file))) as connection:
        fill(connection, int(rows))
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    main(sys.argv[1:])
