"""The name of a data set: it changes with everything that could change a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version as installed
from pathlib import Path

from infra.local.data import fact_tables, facts, setup_files

SEED = 2015
_ROOM = Path(__file__).parent
_LIBRARIES = ("numpy", "duckdb", "sqlglot")


def data_version(scale: float, seed: int = SEED) -> str:
    """For example `2015-synthetic-0.01-9a2e41c07b3d`; the end is a hash of generator, facts, tables and libraries.

    NumPy promises the same numbers from the same seed within one version only, so its version counts.
    """
    digest = hashlib.sha256(f"{seed} {[installed(name) for name in _LIBRARIES]}".encode())
    for file in _sources():
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return f"2015-synthetic-{scale:.12g}-{digest.hexdigest()[:12]}"


def _sources() -> Iterator[Path]:
    yield from sorted((_ROOM / "trips").glob("*.py"))
    yield from sorted(fact_tables.FOLDER.glob("*.csv"))
    yield from (Path(facts.__file__), Path(fact_tables.__file__), _ROOM / "load.py")
    yield from setup_files.MADE_WITH
