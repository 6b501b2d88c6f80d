"""Where the warehouse's own set-up files are, and which of them a data set is made with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from infra.warehouse import FOLDER

TABLES = FOLDER / "01-tables.sql"
VIEW = FOLDER / "02-trips-view.sql"
ROLL_UPS = FOLDER / "03-roll-ups.sql"
MADE_WITH = (TABLES, VIEW, ROLL_UPS, Path(__file__).with_name("checked_trips.py"))


def setup_hash() -> str:
    """What a data set was set up with: when a table, a view, a roll-up or how it is kept changes, it is made anew."""
    digest = hashlib.sha256()
    for file in MADE_WITH:
        digest.update(file.read_bytes())
    return digest.hexdigest()
