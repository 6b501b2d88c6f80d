"""Publishes the analysts' files into the reports bucket: at start, and within a second of each change.

The way of publishing is that of AWS: each version is kept under its hash and says in its metadata which reports had
this text; the newest stands under its name, and says in its metadata which bytes were published and by whom. A file
that is no report is published too, so that the list of reports can name it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.local.watch import Watch
from pipeline.core.declarations import Choices, ReportProblem, parse_choices, parse_report

_PUBLISHER = "local"
_PREFIX = "reports/"
_ABOUT_KEY = "data/about.json"

_log = logging.getLogger(__name__)

Contents = Mapping[str, bytes]


class ReportsWatcher:
    """Keeps a bucket equal to a folder with `reports/*.sql` and `choices/*.csv`."""

    def __init__(self, folder: Path, s3: Any, bucket: str) -> None:
        self._folder = folder
        self._s3 = s3
        self._bucket = bucket
        self._published: dict[str, bytes] = {}
        self._topics: dict[str, set[str]] = {}
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
        found = self._found()
        changed = {key: content for key, content in found.items() if self._published.get(key) != content}
        for key, content in changed.items():
            self._put(key, content)
        for key in self._published.keys() - found.keys():
            self._s3.delete_object(Bucket=self._bucket, Key=key)
            _log.info("%s was removed.", key)
        self._published = found
        if changed:
            _report_problems(found)

    def describe_data(self, about: Mapping[str, Any]) -> None:
        """Write what the data says about itself: the last step of each load."""
        self._s3.put_object(Bucket=self._bucket, Key=_ABOUT_KEY, Body=json.dumps(about).encode())

    def _found(self) -> dict[str, bytes]:
        """Read the folder: choices first, because reports name them."""
        choices = sorted((self._folder / "choices").glob("*.csv"))
        reports = sorted((self._folder / "reports").glob("*.sql"))
        named = [(f"{_PREFIX}choices/{path.name}", path) for path in choices]
        named += [(f"{_PREFIX}{path.name}", path) for path in reports]
        contents = ((key, _content(path)) for key, path in named)
        return {key: content for key, content in contents if content is not None}

    def _put(self, key: str, content: bytes) -> None:
        version = hashlib.sha256(content).hexdigest()
        if key.endswith(".sql"):
            self._keep(Path(key).stem, version, content)
        metadata = {"sha256": version, "publisher": _PUBLISHER}
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=content, Metadata=metadata)
        _log.info("%s was published.", key)

    def _keep(self, topic_name: str, version: str, content: bytes) -> None:
        """Keep a version; two reports of one text share it."""
        topics = self._topics.setdefault(version, set())
        topics.add(topic_name)
        key, metadata = f"{_PREFIX}versions/{version}.sql", {"topics": " ".join(sorted(topics))}
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=content, Metadata=metadata)


def _content(path: Path) -> bytes | None:
    """Read a file; None when an editor has just taken it away."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _report_problems(found: Contents) -> None:
    choices = _choices(found)
    for key, content in found.items():
        if key.endswith(".sql"):
            name = key.removeprefix(_PREFIX).removesuffix(".sql")
            try:
                parse_report(name, content, choices)
            except ReportProblem as error:
                _log.warning("%s", error)


def _choices(found: Contents) -> Choices:
    choices = {}
    for key, content in found.items():
        if key.endswith(".csv"):
            try:
                choices[Path(key).stem] = parse_choices(content)
            except ValueError:
                _log.warning("%s has a line that is not value,label.", key)
    return choices
