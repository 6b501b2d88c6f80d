"""Redshift's types: what a result column is called, and which DuckDB type holds its values exactly.

Sources: AWS, Redshift Database Developer Guide, "Numeric types" and "Computations with numeric values".
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

MAX_PRECISION = 38
MAX_VARCHAR = 65535


@dataclass(frozen=True, slots=True)
class RedshiftType:
    """A type by its Data API name; `precision` and `scale` are those of ColumnMetadata (a varchar's length)."""

    name: str
    precision: int
    scale: int = 0

    @property
    def is_integer(self) -> bool:
        """Whether this is int2, int4 or int8."""
        return self.name in _INTEGERS

    @property
    def is_exact(self) -> bool:
        """Whether this is an integer or a numeric."""
        return self.is_integer or self.name == "numeric"

    @property
    def is_float(self) -> bool:
        """Whether this is float4 or float8."""
        return self.name in {"float4", "float8"}

    @property
    def is_number(self) -> bool:
        """Whether arithmetic works on this type."""
        return self.is_exact or self.is_float

    @property
    def is_text(self) -> bool:
        """Whether this is text, or a quoted literal that has no type yet."""
        return self.name in {"varchar", "unknown"}

    @property
    def is_moment(self) -> bool:
        """Whether this is a date or a timestamp."""
        return self.name in {"date", "timestamp"}

    def duckdb(self) -> exp.DataType:
        """The DuckDB type that holds these values exactly."""
        digits = (self.precision, self.scale) if self.name == "numeric" else ()
        parameters = [exp.DataTypeParam(this=exp.Literal.number(count)) for count in digits]
        return exp.DataType(this=_DUCKDB[self.name], expressions=parameters, nested=False)

    def __str__(self) -> str:
        """The name an analyst would write."""
        return f"numeric({self.precision},{self.scale})" if self.name == "numeric" else self.name


_INTEGERS = ("int2", "int4", "int8")
_DUCKDB = {
    "int2": exp.DType.SMALLINT,
    "int4": exp.DType.INT,
    "int8": exp.DType.BIGINT,
    "float4": exp.DType.FLOAT,
    "float8": exp.DType.DOUBLE,
    "numeric": exp.DType.DECIMAL,
    "bool": exp.DType.BOOLEAN,
    "varchar": exp.DType.TEXT,
    "unknown": exp.DType.TEXT,
    "date": exp.DType.DATE,
    "timestamp": exp.DType.TIMESTAMP,
    "interval": exp.DType.INTERVAL,
}

INT2 = RedshiftType("int2", 5)
INT4 = RedshiftType("int4", 10)
INT8 = RedshiftType("int8", 19)
FLOAT4 = RedshiftType("float4", 8, 8)
FLOAT8 = RedshiftType("float8", 17, 17)
BOOL = RedshiftType("bool", 1)
VARCHAR = RedshiftType("varchar", MAX_VARCHAR)
DATE = RedshiftType("date", 13)
TIMESTAMP = RedshiftType("timestamp", 29, 6)
INTERVAL = RedshiftType("interval", 0)
# A quoted literal or NULL: it takes the type of what it meets.
UNKNOWN = RedshiftType("unknown", MAX_VARCHAR)


def numeric(precision: int, scale: int) -> RedshiftType:
    """A numeric; above 38 digits Redshift keeps 38 and gives up decimals, down to 4."""
    if precision > MAX_PRECISION:
        scale = max(MAX_PRECISION + scale - precision, min(scale, 4))
        precision = MAX_PRECISION
    return RedshiftType("numeric", precision, scale)


def varchar(length: int) -> RedshiftType:
    """A varchar of at most `length` bytes."""
    return RedshiftType("varchar", min(length, MAX_VARCHAR))


_NAMED = {
    exp.DType.SMALLINT: INT2,
    exp.DType.INT: INT4,
    exp.DType.BIGINT: INT8,
    exp.DType.FLOAT: FLOAT4,
    exp.DType.DOUBLE: FLOAT8,
    exp.DType.BOOLEAN: BOOL,
    exp.DType.DATE: DATE,
    exp.DType.TIMESTAMP: TIMESTAMP,
    exp.DType.TIMESTAMPNTZ: TIMESTAMP,
    exp.DType.TEXT: varchar(256),
    exp.DType.VARCHAR: VARCHAR,
}


def declared(written: exp.DataType) -> RedshiftType | None:
    """The type that a cast or a column declares; None for one that the laptop does not imitate."""
    names = [parameter.name for parameter in written.expressions]
    if not all(name.isdecimal() for name in names):
        return None
    numbers = [int(name) for name in names]
    if written.this == exp.DType.DECIMAL:
        # AWS: a bare numeric is numeric(18,0).
        return numeric(*([*numbers, 0][:2] if numbers else (18, 0)))
    if written.this == exp.DType.VARCHAR and numbers:
        return varchar(numbers[0])
    return _NAMED.get(written.this) if not numbers else None
