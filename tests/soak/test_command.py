"""A soak that goes wrong leaves what its processes complained of: their logs are gone with its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.command import run
from tests.soak.verdict import Verdict

pytestmark = pytest.mark.fast


def soak_that_is(*, good: bool, folder: Path) -> Verdict:
    (folder / "pages.log").write_text("Traceback of a page\n", encoding="utf-8")
    return Verdict(["the verdict"], is_good=good)


def test_the_logs_are_told_before_a_bad_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda folder: soak_that_is(good=False, folder=folder)) == 1
    assert capsys.readouterr().out.splitlines() == ["--- pages.log", "Traceback of a page", "the verdict"]


def test_a_good_verdict_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(lambda folder: soak_that_is(good=True, folder=folder)) == 0
    assert capsys.readouterr().out.splitlines() == ["the verdict"]
