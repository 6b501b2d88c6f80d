"""What the TLC's Parquet files of 2015 look like, in one place: the check of the files, the load, COPY and the export.

Source of the columns and types: the footer of the TLC's published `yellow_tripdata_2015-01.parquet`.
"""

from __future__ import annotations

from dataclasses import dataclass

_INTEGERS = frozenset(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))
_NUMBERS = _INTEGERS | {"double"}
_TIMES = frozenset(f"timestamp[{unit}]" for unit in ("ms", "us", "ns"))
_TEXTS = frozenset({"string", "large_string"})
_MAYBE_EMPTY = _NUMBERS | {"null"}


@dataclass(frozen=True, slots=True)
class TlcColumn:
    """A column as the TLC writes it; types by their names in Arrow.

    `published` is its type in the files of 2015 as they are offered today. `accepted` are the types that can be loaded,
    because other publications of the same files have them. A column that is not `required` may be missing.
    """

    name: str
    published: str
    accepted: frozenset[str]
    required: bool = True

    @property
    def table_name(self) -> str:
        """The name of the same column in `nyc_yellow_taxi`; the TLC has changed the case of some names."""
        return self.name.lower()


def _double(name: str) -> TlcColumn:
    return TlcColumn(name, "double", frozenset({"double"}))


TLC_COLUMNS: tuple[TlcColumn, ...] = (
    TlcColumn("VendorID", "int64", _INTEGERS),
    TlcColumn("tpep_pickup_datetime", "timestamp[us]", _TIMES),
    TlcColumn("tpep_dropoff_datetime", "timestamp[us]", _TIMES),
    TlcColumn("passenger_count", "int64", _NUMBERS),
    _double("trip_distance"),
    TlcColumn("RatecodeID", "int64", _NUMBERS),
    # An extract without a single flag has no type for it.
    TlcColumn("store_and_fwd_flag", "string", _TEXTS | {"null"}),
    TlcColumn("PULocationID", "int64", _INTEGERS),
    TlcColumn("DOLocationID", "int64", _INTEGERS),
    TlcColumn("payment_type", "int64", _INTEGERS),
    _double("fare_amount"),
    _double("extra"),
    _double("mta_tax"),
    _double("tip_amount"),
    _double("tolls_amount"),
    _double("improvement_surcharge"),
    _double("total_amount"),
    # Charged from 2019 on: without a single value in 2015, and so without a type.
    TlcColumn("congestion_surcharge", "null", _MAYBE_EMPTY, required=False),
    TlcColumn("airport_fee", "null", _MAYBE_EMPTY, required=False),
)
"""The columns of a published file, in its order."""


def file_name(month: int) -> str:
    """What the TLC calls the file of a month of 2015."""
    return f"yellow_tripdata_2015-{month:02d}.parquet"
