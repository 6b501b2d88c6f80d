"""`make data` beside a plain DuckDB script that writes as many crude rows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.figures import Figure, side_by_side
from infra.local.data.synthetic import SyntheticYear


def loading(folder: Path, scale: float) -> Figure:
    """Both as processes of their own, from their start to their end; the trips are in use in `folder` afterwards."""
    rows = SyntheticYear(scale).trips
    ours, plain = side_by_side(
        lambda: _run("infra.local.data", "--scale", str(scale), "--data", str(folder)),
        lambda: _run("bench.crude_rows", str(folder / "crude.duckdb"), str(rows)),
        rounds=1,
    )
    return Figure(f"Loading {rows:,} trips", ours, plain)


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.DEVNULL)
