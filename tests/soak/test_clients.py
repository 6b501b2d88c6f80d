"""A process full of pages ends when whoever started it has gone; its heir follows what no page has seen the end of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.dashboards import ROOT, free_port
from tests.simulation.facts import Pressed, Showed
from tests.soak.clients import Order
from tests.soak.diary import read_diary
from tests.soak.links import endpoints_at
from tests.waiting import wait_until


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary"


@pytest.fixture
def pages(diary: Path) -> Iterator[subprocess.Popen[str]]:
    """A page of a pipeline that is not there: it presses nothing by itself, and what it presses has no outcome."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak.clients"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        say(process, order_to(diary, free_port()).line())
        wait_until(diary.exists)
        yield process
        process.kill()


def order_to(diary: Path, port: int) -> Order:
    at = endpoints_at(port)
    return Order(at.websocket, at.rest, str(at.token_url), str(diary), 0, ["ada"], {}, 0.0001, seed=1)


def showed(query_id: str, before: str | None, phase: str) -> Showed:
    return Showed(1, "ada", "ada", query_id, before, phase)


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def said_at_its_end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Go away; give its status, and what it says."""
    _, said = process.communicate(timeout=20)
    return process.returncode, said


def test_it_ends_while_it_presses(pages: subprocess.Popen[str]) -> None:
    assert said_at_its_end(pages) == (1, "Whoever started this process has gone.\n")


def test_it_ends_while_it_waits_for_outcomes(pages: subprocess.Popen[str], diary: Path) -> None:
    say(pages, "rest")
    wait_until(lambda: any(isinstance(fact, Pressed) for fact in read_diary(diary)))
    assert said_at_its_end(pages) == (1, "Whoever started this process has gone.\n")


def test_the_heir_of_a_killed_process_follows_what_was_shown_and_had_not_ended(diary: Path) -> None:
    written = [
        showed("q1", None, "sending"),
        showed("q2", None, "sending"),
        showed("q1", "sending", "refused"),
    ]
    assert order_to(diary, free_port()).heir(written).watch == {"ada": ["q2"]}


def test_what_a_killed_process_had_not_come_to_watch_passes_on_to_its_heir(diary: Path) -> None:
    first = order_to(diary, free_port()).heir([showed("q1", None, "sending")])
    second = first.heir([])
    assert second.watch == {"ada": ["q1"]}
    assert second.heir([showed("q1", None, "running"), showed("q1", "running", "finished")]).watch == {}
