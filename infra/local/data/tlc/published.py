"""How many trips of 2015 the TLC published: what a load is compared with, never what it must be."""

from __future__ import annotations

# NYC TLC, yellow taxi trip records of 2015 in Parquet, rows of each month's file as counted by others.
PARQUET_TRIPS: tuple[int, ...] = (
    12_741_035,
    12_442_394,
    13_342_951,
    13_063_758,
    13_157_677,
    12_324_936,
    11_559_666,
    11_123_123,
    11_218_122,
    12_307_333,
    11_305_240,
    11_452_996,
)
"""January first."""

CSV_TRIPS = 146_112_989
"""The same year in the TLC's former CSV files, which the calendar's published trips are counted from."""
