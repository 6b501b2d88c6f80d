"""The small ports in memory: clock, connections, reports, tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from pipeline.core.declarations import parse_report
from pipeline.core.errors import Refusal
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Catalogue, DataDescription, Report
from pipeline.ports import PostFailedError, TokenRefusedError

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

DATA = DataDescription(
    version="2015-synthetic-0.01-test",
    synthetic=True,
    source="made by this project to resemble 2015",
    rows=1_461_130,
    first_day="2015-01-01",
    last_day="2015-12-31",
    missing_days=(),
    loaded_at="2026-11-24T14:58:00.000Z",
    known_defects=(),
)


class FakeClock:
    """A clock that moves when it is told to, or slept on."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.pass_seconds(seconds)

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass."""
        self.time += timedelta(seconds=seconds)


class FakeNotifier:
    """Open connections: `posted` holds what each was told. `failing` ones answer 500."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.failing: set[str] = set()
        self.posted: list[tuple[str, str]] = []

    def post(self, connection_id: str, text: str) -> bool:
        if connection_id in self.failing:
            raise PostFailedError("500")
        if connection_id not in self.open:
            return False
        self.posted.append((connection_id, text))
        return True

    def told(self, connection_id: str) -> list[str]:
        """Give the notices of one connection."""
        return [text for holder, text in self.posted if holder == connection_id]


class FakeReports:
    """Reports by name, from the text of their files; every text that was put stays as a version."""

    def __init__(self, **files: str) -> None:
        self._files: dict[str, bytes] = {}
        self._versions: dict[tuple[str, str], bytes] = {}
        self.about = DATA
        for name, text in files.items():
            self.put(name.replace("_", "-"), text)

    def put(self, topic_name: str, text: str) -> None:
        """Publish a file, whether it is a report or not."""
        content = text.encode()
        self._files[topic_name] = content
        self._versions[topic_name, sha256(content).hexdigest()] = content

    def withdraw(self, topic_name: str) -> None:
        """Remove a file; its versions stay."""
        del self._files[topic_name]

    def report(self, topic_name: str) -> Report:
        if topic_name not in self._files:
            raise Refusal("unknown_report", "There is no report of that name.", "topicName")
        return _parsed(topic_name, self._files[topic_name])

    def version(self, topic_name: str, version: str) -> Report:
        if (topic_name, version) not in self._versions:
            raise Refusal("unknown_report", "There is no report of that name and version.", "version")
        return _parsed(topic_name, self._versions[topic_name, version])

    def catalogue(self) -> Catalogue:
        entries = [_report_or_problem(name, content) for name, content in sorted(self._files.items())]
        reports = tuple(entry for entry in entries if isinstance(entry, Report))
        problems = tuple(p for entry in entries if isinstance(entry, ReportProblem) for p in entry.problems)
        return Catalogue(reports, self.about, problems)

    def data(self) -> DataDescription:
        return self.about


@cache
def _parsed(topic_name: str, content: bytes) -> Report:
    try:
        return parse_report(topic_name, content, {})
    except ReportProblem as error:
        raise Refusal("report_invalid", f"This report cannot run: {error}", "topicName") from error


def _report_or_problem(topic_name: str, content: bytes) -> Report | ReportProblem:
    try:
        return parse_report(topic_name, content, {})
    except ReportProblem as error:
        return error


class FakeTokens:
    """Knows the tokens that it was given."""

    def __init__(self, **claims: Mapping[str, Any]) -> None:
        self._claims = claims

    def claims(self, token: str) -> Mapping[str, Any]:
        if token not in self._claims:
            raise TokenRefusedError("unknown token")
        return self._claims[token]
