"""Where the warehouse's own set-up files are, and which of them a data set is made with."""

from __future__ import annotations

import hashlib

from infra.warehouse import FOLDER

TABLES = FOLDER / "01-tables.sql"
VIEW = FOLDER / "02-trips-view.sql"
ROLL_UPS = FOLDER / "03-roll-ups.sql"
MADE_WITH = (TABLES, VIEW, ROLL_UPS)


def setup_hash() -> str:
    """What a data set was set up with: when a table, a view or a roll-up changes, it must be made anew."""
    digest = hashlib.sha256()
    for file in MADE_WITH:
        digest.update(file.read_bytes())
    return digest.hexdigest()
