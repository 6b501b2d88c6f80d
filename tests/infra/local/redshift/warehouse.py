"""A small warehouse for these tests: the tables and the view of the real one, and `samples` for single constructs."""

from __future__ import annotations

from pathlib import Path

import duckdb

TRIPS = 2_500

_SCHEMA = f"""
CREATE TABLE nyc_yellow_taxi AS SELECT
    (i % 2 + 1)::SMALLINT AS vendorid,
    TIMESTAMP '2015-06-01 00:00:00' + to_minutes(i * 17) AS tpep_pickup_datetime,
    TIMESTAMP '2015-06-01 00:00:00' + to_minutes(i * 17 + i % 40) AS tpep_dropoff_datetime,
    (CASE WHEN i % 7 = 0 THEN NULL ELSE i % 6 END)::SMALLINT AS passenger_count,
    (i % 100)::DOUBLE / 10 AS trip_distance,
    (i % 3 + 1)::INTEGER AS pulocationid,
    (i % 4 + 1)::INTEGER AS dolocationid,
    (i % 2 + 1)::SMALLINT AS payment_type,
    (2.5 + i % 1000 / 10.0)::DECIMAL(9, 2) AS fare_amount,
    (3.3 + i % 1000 / 10.0)::DECIMAL(9, 2) AS total_amount
FROM range({TRIPS}) AS numbers(i);
CREATE VIEW trips AS SELECT *,
    date_diff('second', tpep_pickup_datetime, tpep_dropoff_datetime)::DOUBLE / 60 AS duration_minutes,
    fare_amount > 5 AS valid_fare,
    trip_distance > 0 AS valid_distance
FROM nyc_yellow_taxi;
CREATE TABLE taxi_zones (locationid INTEGER, zone VARCHAR, borough VARCHAR);
INSERT INTO taxi_zones VALUES (1, 'Newark Airport', 'EWR'), (2, 'Jamaica Bay', 'Queens'), (3, 'Alley Pond Park', NULL);
CREATE TABLE calendar AS SELECT
    (DATE '2015-06-01' + i::INTEGER) AS day,
    CASE WHEN i = 27 THEN 'Pride' END AS event
FROM range(31) AS numbers(i);
CREATE TABLE samples (i2 SMALLINT, i4 INTEGER, i8 BIGINT, n DECIMAL(8, 2), f8 DOUBLE,
                      ts TIMESTAMP, d DATE, s VARCHAR, b BOOLEAN);
INSERT INTO samples VALUES
    (32767, 1, 9223372036854775806, 28.05, 2.5, '2015-06-28 14:30:45.123456', '2015-01-31', 'a_b', true),
    (2, 2, 2, -1.55, 0.5, '2015-01-01 00:00:00', '2015-04-30', 'axb', false),
    (NULL, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
"""


def make_warehouse(database: Path) -> None:
    """Write the warehouse to that file."""
    connection = duckdb.connect(str(database))
    connection.execute(_SCHEMA)
    connection.close()
