"""The port `Reports` over the analysts' bucket.

`<prefix><topicName>.sql` is the newest version, `<prefix>versions/<sha256>.sql` each version ever published (its
metadata `topics` names the reports that had this text), `<prefix>choices/<name>.csv` the shared lists of values, and
`data/about.json` what the data says about itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any

from pipeline import log
from pipeline.aws.clients import ClientError, client, error_code
from pipeline.core.choices import Choices, lists_named, parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import UNDESCRIBED, Catalogue, Choice, DataDescription, Problem, Report
from pipeline.core.schema import from_wire

ABOUT_KEY = "data/about.json"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_READERS = 8
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class _File:
    """An object of the bucket."""

    content: bytes
    metadata: Mapping[str, str]


class S3Reports:
    """The reports bucket."""

    def __init__(self, s3: Any, bucket: str, prefix: str) -> None:
        """Read from a bucket; what can never change is remembered: a version's bytes, what a text parses to."""
        self._s3 = s3
        self._bucket = bucket
        self._prefix = prefix
        self._version_content = lru_cache(_REMEMBERED)(self._read_version)
        self._parse = lru_cache(_REMEMBERED)(_parse)

    @classmethod
    def connect(cls, bucket: str, prefix: str) -> S3Reports:
        """Make the adapter with a client of its own."""
        return cls(client("s3"), bucket, prefix)

    def report(self, topic_name: str) -> Report:
        """See `Reports.report`."""
        held = self._get(f"{self._prefix}{file_name(topic_name)}")
        if held is None:
            raise Refusal("unknown_report", "There is no report of that name.", "topicName")
        return _or_refused(lambda: self._parsed(topic_name, _published(topic_name, held)))

    def version(self, topic_name: str, version: str) -> Report:
        """See `Reports.version`."""
        return _or_refused(lambda: self._parsed(topic_name, self._version_content(topic_name, version)))

    def catalogue(self) -> Catalogue:
        """See `Reports.catalogue`."""
        topics = sorted(self._topics())
        with ThreadPoolExecutor(_READERS) as readers:
            # Each reader works in the context of the invocation: what it does is this function's doing.
            contexts = [copy_context() for _ in topics]
            read = list(readers.map(lambda c, topic: c.run(self._report_or_problem, topic), contexts, topics))
        reports = tuple(entry for entry in read if isinstance(entry, Report))
        problems = tuple(p for entry in read if isinstance(entry, ReportProblem) for p in entry.problems)
        return Catalogue(reports, self.data(), problems)

    def data(self) -> DataDescription:
        """See `Reports.data`."""
        held = self._get(ABOUT_KEY)
        if held is None:
            return UNDESCRIBED
        try:
            return from_wire(DataDescription, json.loads(held.content), refuse_unknown=False)
        except ValueError as error:
            log.warning("about_unreadable", key=ABOUT_KEY, reason=str(error))
            return UNDESCRIBED

    def _read_version(self, topic_name: str, version: str) -> bytes:
        key = f"{self._prefix}versions/{version}.sql"
        held = self._get(key) if _SHA256.fullmatch(version) else None
        if held is None or topic_name not in held.metadata.get("topics", "").split():
            raise Refusal("unknown_report", "There is no report of that name and version.", "version")
        return _checked(topic_name, held.content, version)

    def _report_or_problem(self, topic_name: str) -> Report | ReportProblem | None:
        held = self._get(f"{self._prefix}{file_name(topic_name)}")
        if held is None:
            return None
        try:
            return self._parsed(topic_name, _published(topic_name, held))
        except ReportProblem as error:
            return error

    def _parsed(self, topic_name: str, content: bytes) -> Report:
        choices = self._choices(topic_name, content)
        parsed = self._parse(topic_name, content, tuple(sorted(choices.items(), key=itemgetter(0))))
        if isinstance(parsed, ReportProblem):
            raise parsed
        return parsed

    def _choices(self, topic_name: str, content: bytes) -> Choices:
        """Read the shared lists that a file names; a list that is missing is named when the file is parsed."""
        choices = {}
        for name in lists_named(content):
            held = self._get(f"{self._prefix}choices/{name}.csv")
            if held is None:
                continue
            try:
                choices[name] = parse_choices(held.content)
            except ValueError as error:
                message = f"The list of choices {name} has a line that is not value,label."
                raise ReportProblem([Problem(file_name(topic_name), 1, message)]) from error
        return choices

    def _topics(self) -> Iterator[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix, Delimiter="/"
        )
        for page in pages:
            for entry in page.get("Contents", []):
                name = entry["Key"].removeprefix(self._prefix)
                if name.endswith(".sql"):
                    yield name.removesuffix(".sql")

    def _get(self, key: str) -> _File | None:
        """Read an object; None when there is no such object."""
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error_code(error) in {"NoSuchKey", "404"}:
                return None
            raise
        return _File(answer["Body"].read(), answer["Metadata"])


def _published(topic_name: str, held: _File) -> bytes:
    return _checked(topic_name, held.content, held.metadata.get("sha256"))


def _checked(topic_name: str, content: bytes, version: str | None) -> bytes:
    if version != sha256(content).hexdigest():
        message = "The file is not as it was published. Publish it again."
        raise ReportProblem([Problem(file_name(topic_name), 1, message)])
    return content


def _parse(
    topic_name: str, content: bytes, choices: tuple[tuple[str, tuple[Choice, ...]], ...]
) -> Report | ReportProblem:
    """Parse a file; a refusal is given as a value, so that it is remembered too."""
    try:
        return parse_report(topic_name, content, dict(choices))
    except ReportProblem as problem:
        return problem


def _or_refused(read: Callable[[], Report]) -> Report:
    try:
        return read()
    except ReportProblem as error:
        message = f"This report cannot run: {error} Its maintainer must mend it."
        raise Refusal("report_invalid", message, "topicName") from error
