"""Changes the warehouse over to data that were loaded while the stand-in runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from infra.local.data import served_version, serving
from infra.local.redshift import Engine, Warehouse
from infra.local.watch import Watch

_log = logging.getLogger(__name__)


class DataWatcher:
    """Looks which data set of a folder is in use, in a thread; gives the warehouse the rows of each new one.

    A data set stays news until the change-over to it is complete: where it fails, the next look tries it again.
    """

    def __init__(
        self,
        folder: Path,
        seen: str | None,
        warehouse: Warehouse,
        describe: Callable[[Mapping[str, Any]], None],
    ) -> None:
        """Take `seen`, the version in use at the start, for no news; `describe` tells readers what rows they have."""
        self._folder = folder
        self._seen = seen
        self._warehouse = warehouse
        self._describe = describe
        self._named: str | None = None
        complaint = "The change-over to the data that were loaded failed; it is tried again."
        self._watch = Watch("data-watcher", self.look, complaint)

    def start(self) -> None:
        """Watch from now on."""
        self._watch.start()

    def close(self) -> None:
        """Stop watching."""
        self._watch.close()

    def look(self) -> None:
        """Change over if another data set was put in use since the last change-over.

        Raises:
            duckdb.Error: its database cannot be opened. Like whatever `describe` raises: nothing is final yet.
        """
        version = served_version(self._folder)
        if version is None or version == self._seen:
            return
        dataset = serving(self._folder)
        if dataset is None:
            self._name_once(version)
            return
        self._warehouse.replace(Engine(dataset.database))
        # Last, as in every load: nobody may read of new data while a statement still gets the old rows.
        self._describe(dataset.about)
        self._seen = version
        _log.info("The data changed over to %s.", version)

    def _name_once(self, version: str) -> None:
        if version != self._named:
            _log.warning(
                "The data set %s is damaged or incomplete: the one in use stays, until this one is whole.",
                version,
            )
            self._named = version
