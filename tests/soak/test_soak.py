"""A short soak with real processes: it counts what happened, and every query has its outcome."""

from __future__ import annotations

import pytest

from tests.soak.__main__ import Size, soak
from tests.soak.verdict import Verdict

TROUBLES = ["pages 1 killed", "pages 2 frozen", "links cut", "events doubled", "sockets closed"]


@pytest.fixture(scope="module")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    return soak(tmp_path_factory.mktemp("soak"), Size(queries=8, seconds=2, pages=4, tabs=0), 1, TROUBLES)


def test_a_short_soak_breaks_no_promise(verdict: Verdict) -> None:
    assert verdict.is_good, verdict.lines
    assert verdict.lines[-1].endswith(" queries, 0 violations")


def test_every_query_has_an_outcome(verdict: Verdict) -> None:
    pressed = int(verdict.lines[-1].split()[0])
    assert sum(int(line.split()[0]) for line in verdict.lines if "queries that were" in line) == pressed


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_was_felt(verdict: Verdict, trouble: str) -> None:
    assert any(line.endswith(f"  {trouble}") and not line.startswith("     0") for line in verdict.lines)
