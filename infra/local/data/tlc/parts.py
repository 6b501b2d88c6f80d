"""A file on its way: what has come of it, and beside it what the server said of the whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from infra.local.data.errors import DataError
from infra.local.data.tlc.answers import Announced
from infra.local.data.tlc.footers import read_footer


class Part:
    """The unfinished form of a file; it takes the file's name only when it is whole."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._part = file.with_name(f"{file.name}.part")
        self._mark = file.with_name(f"{file.name}.part.json")

    @property
    def length(self) -> int:
        """How many bytes are there."""
        return self._part.stat().st_size if self._part.exists() else 0

    def length_of(self, announced: Announced) -> int:
        """How many bytes are there of the file that is announced now; 0 if it is of another, or cannot be continued."""
        mine = announced.validator is not None and self._marked() == announced
        return self.length if mine and self.length <= announced.bytes else 0

    def begin(self, announced: Announced) -> None:
        """Start anew."""
        self.remove()
        self._mark.write_text(json.dumps(asdict(announced)), encoding="utf-8")

    def append(self, chunks: Iterable[bytes], written: Callable[[int], None]) -> None:
        """Add what comes; tell how many bytes each time."""
        with self._part.open("ab") as file:
            for chunk in chunks:
                file.write(chunk)
                written(len(chunk))

    def finish(self) -> bool:
        """Give the file its name; a damaged one is removed instead, and the answer is False."""
        whole = is_whole(self._part)
        if whole:
            self._part.replace(self._file)
        self.remove()
        return whole

    def remove(self) -> None:
        """Forget what has come."""
        self._part.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def _marked(self) -> Announced | None:
        try:
            return Announced(**json.loads(self._mark.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def is_whole(path: Path) -> bool:
    """Whether this is a Parquet file from its first bytes to its footer."""
    try:
        read_footer(path)
    except DataError:
        return False
    return True
