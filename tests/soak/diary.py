"""What pages write down, fact by fact: a file that is whole whatever becomes of its process."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.simulation.facts import Fact
from tests.simulation.history import View


class Diary:
    """A file of facts and views. What was noted is there even if the process is killed a moment later."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        self._lock = threading.Lock()

    def note(self, *entries: Fact | View) -> None:
        """Write them down together. Any thread."""
        with self._lock:
            self._file.write(b"".join(pickle.dumps(entry) for entry in entries))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read_diary(path: Path) -> Iterator[Fact | View]:
    """Give what is in a diary; what its process was killed in the midst of is left out."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except (EOFError, pickle.UnpicklingError):
                return
