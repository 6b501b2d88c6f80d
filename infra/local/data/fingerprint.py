"""A hash of all trips of a data set that does not depend on their order."""

from __future__ import annotations

from pathlib import Path

from infra.local.data.storage import MEMORY, connect

# A sum, not an exclusive or: two copies of a trip must not cancel each other.
_SUM = "SELECT sum(hash(trip)::HUGEINT) FROM kept.nyc_yellow_taxi AS trip"


def fingerprint(database: Path) -> str:
    """The sum of the hashes of all rows, over all columns, as hexadecimal text."""
    quoted = str(database).replace("'", "''")
    with connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"ATTACH '{quoted}' AS kept (READ_ONLY)")
        total = connection.execute(_SUM).fetchall()[0][0]
    return f"{total or 0:x}"
