"""A twin that shares code with the warehouse would share its mistakes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.fast

ROOM = Path(__file__).parent
ALLOWED = {
    "__future__",
    "collections",
    "collections.abc",
    "csv",
    "dataclasses",
    "datetime",
    "decimal",
    "fractions",
    "math",
    "numpy",
    "pandas",
    "pathlib",
    "typing",
}
TWINS = sorted(file for file in ROOM.rglob("*.py") if not file.name.startswith("test_"))


def imported(file: Path) -> set[str]:
    """Name the modules that a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("file", TWINS, ids=lambda file: file.stem)
def test_a_twin_imports_pandas_and_other_twins_only(file: Path) -> None:
    strange = {name for name in imported(file) - ALLOWED if not name.startswith("tests.reports.twins")}
    assert strange == set()


@pytest.mark.parametrize("file", TWINS, ids=lambda file: file.stem)
def test_a_twin_knows_neither_the_files_nor_the_names_of_the_sql(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [
        word for word in (".sql", "nyc_yellow_taxi", "valid_", "trips_by_", "duckdb") if word in text
    ] == []
