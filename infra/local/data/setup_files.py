"""Where the warehouse's own set-up files are."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[3] / "sql" / "setup"
TABLES = FOLDER / "01-tables.sql"
VIEW = FOLDER / "02-trips-view.sql"
