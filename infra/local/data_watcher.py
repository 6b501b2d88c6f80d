"""Changes the warehouse over to data that were loaded while the stand-in runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from infra.local.data import Dataset, served_version, serving
from infra.local.watch import Watch

_log = logging.getLogger(__name__)


class DataWatcher:
    """Looks which data set of a folder is in use, in a thread; tells `change_over` of each new one."""

    def __init__(self, folder: Path, seen: str | None, change_over: Callable[[Dataset], None]) -> None:
        """Take `seen`, the version in use at the start, for no news."""
        self._folder = folder
        self._change_over = change_over
        self._seen = seen
        complaint = "The warehouse could not change over to other data; the old ones stay in use."
        self._watch = Watch("data-watcher", self.look, complaint)

    def start(self) -> None:
        """Watch from now on."""
        self._watch.start()

    def close(self) -> None:
        """Stop watching."""
        self._watch.close()

    def look(self) -> None:
        """Change over if another data set was put in use since the last look."""
        version = served_version(self._folder)
        if version is None or version == self._seen:
            return
        self._seen = version
        dataset = serving(self._folder)
        if dataset is None:
            _log.warning("The data set %s is damaged or incomplete: the one in use stays.", version)
            return
        self._change_over(dataset)
        _log.info("The data changed over to %s.", version)
