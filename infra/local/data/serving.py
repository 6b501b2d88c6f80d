"""Which data set of a folder is in use: the one that was loaded last, named by a small file.

The name changes in one step, after the data set is whole. A stand-in that runs looks at it and changes over.
"""

from __future__ import annotations

import json
from pathlib import Path

from infra.local.data.storage import Dataset, find, write_whole

_NAME = "in-use.json"


def serve(folder: Path, version: str) -> None:
    """Make this data set the one in use."""
    write_whole(folder / _NAME, json.dumps({"version": version}))


def served_version(folder: Path) -> str | None:
    """The version that was loaded last; None if none was, or the file that names it cannot be read."""
    try:
        version = json.loads((folder / _NAME).read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version if isinstance(version, str) else None


def serving(folder: Path) -> Dataset | None:
    """The data set in use; None if none was loaded, or it is missing, damaged or set up in another way than now."""
    version = served_version(folder)
    return None if version is None else find(folder, version)
