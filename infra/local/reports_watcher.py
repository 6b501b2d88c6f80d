"""Publishes the analysts' files into the reports bucket: at start, and within a second of each change.

The way of publishing is that of AWS (`infra.reports.shelf`), but for the check: a file that is no report is published
too, so that the list of reports can name it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.local.watch import Watch
from infra.reports.folder import SqlFolder, read_choices, read_folder
from infra.reports.shelf import Shelf, list_key, report_key
from pipeline.core.declarations import parse_report
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Problem

_PUBLISHER = "local"
_ABOUT_KEY = "data/about.json"

_log = logging.getLogger(__name__)

Contents = Mapping[str, bytes]


class ReportsWatcher:
    """Keeps a bucket equal to a folder with `reports/*.sql` and `choices/*.csv`."""

    def __init__(self, folder: Path, s3: Any, bucket: str) -> None:
        self._folder = folder
        self._s3 = s3
        self._bucket = bucket
        self._shelf = Shelf(s3, bucket, _PUBLISHER)
        self._published: Contents = {}
        self._refused: tuple[Problem, ...] = ()
        complaint = "The reports could not be published; it is tried again."
        self._watch = Watch("reports-watcher", self.publish_changes, complaint)

    def start(self) -> None:
        """Go on publishing changes, in a thread."""
        self._watch.start()

    def close(self) -> None:
        """Stop watching."""
        self._watch.close()

    def publish_changes(self) -> None:
        """Publish what is new or changed, and remove what is gone."""
        folder = read_folder(self._folder)
        found = _by_key(folder)
        changed = {key: content for key, content in found.items() if self._published.get(key) != content}
        for key, content in changed.items():
            self._put(key, content)
        for key in self._published.keys() - found.keys():
            self._shelf.remove(key)
            _log.info("%s was removed.", key)
        if changed or folder.refused != self._refused:
            _report_problems(folder)
        self._published, self._refused = found, folder.refused

    def describe_data(self, about: Mapping[str, Any]) -> None:
        """Write what the data says about itself: the last step of each load."""
        self._s3.put_object(Bucket=self._bucket, Key=_ABOUT_KEY, Body=json.dumps(about).encode())

    def _put(self, key: str, content: bytes) -> None:
        if key.endswith(".sql"):
            self._shelf.keep_version(Path(key).stem, content)
        self._shelf.put(key, content)
        _log.info("%s was published.", key)


def _by_key(folder: SqlFolder) -> Contents:
    """Name the files as objects: choices first, because reports name them."""
    choices = {list_key(name): content for name, content in folder.choices.items()}
    return {**choices, **{report_key(name): content for name, content in folder.reports.items()}}


def _report_problems(folder: SqlFolder) -> None:
    choices, unreadable = read_choices(folder)
    problems = [*folder.refused, *unreadable]
    for name, content in folder.reports.items():
        try:
            parse_report(name, content, choices)
        except ReportProblem as error:
            problems += error.problems
    for problem in problems:
        _log.warning("%s:%s: %s", problem.file, problem.line, problem.message)
