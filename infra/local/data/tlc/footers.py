"""The footer of a Parquet file: what the file says it holds, read without reading its rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from infra.local.data.errors import DataError

_MAGIC = b"PAR1"
_TAIL = 8
"""The length of the footer in four bytes, then the magic again (Apache Parquet, "File format")."""


@dataclass(frozen=True, slots=True)
class Footer:
    """`columns` are name and Arrow type in the file's order; `digest` stands for the file's size and its footer."""

    rows: int
    columns: tuple[tuple[str, str], ...]
    digest: str


def read_footer(path: Path) -> Footer:
    """Read what a Parquet file says of itself.

    Raises:
        DataError: there is no such file, it cannot be read, or it is no whole Parquet file.
    """
    try:
        digest = _digest(path)
        with pq.ParquetFile(path) as file:
            columns = tuple((field.name, str(field.type)) for field in file.schema_arrow)
            return Footer(file.metadata.num_rows, columns, digest)
    except (pa.ArrowException, ValueError) as error:
        raise damaged(path, "its footer makes no sense") from error
    except OSError as error:
        raise damaged(path, error.strerror or "its footer makes no sense") from error


def damaged(path: Path, why: str) -> DataError:
    """The refusal of a file that cannot be read."""
    return DataError(
        f"{path.name} cannot be read ({why}). Nothing was loaded: remove it from {path.parent.absolute()}, fetch it "
        "again with make data TLC=download or from the TLC, and start again."
    )


def _digest(path: Path) -> str:
    size = path.stat().st_size
    with path.open("rb") as file:
        begins = file.read(len(_MAGIC))
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        _require_whole(path, size, begins, tail)
        file.seek(max(0, size - _TAIL - int.from_bytes(tail[:4], "little")))
        return hashlib.sha256(f"{size} ".encode() + file.read()).hexdigest()


def _require_whole(path: Path, size: int, begins: bytes, tail: bytes) -> None:
    if size == 0:
        raise damaged(path, "it is empty")
    if begins != _MAGIC:
        raise damaged(path, "it is no Parquet file")
    if not tail.endswith(_MAGIC):
        raise damaged(path, "its end is missing: it was cut off")
