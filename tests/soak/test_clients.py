"""A process full of pages ends when whoever started it has gone, whatever it is waiting for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.dashboards import ROOT, free_port
from tests.simulation.facts import Pressed
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
    nowhere = endpoints_at(free_port())
    order = Order(
        nowhere.websocket, nowhere.rest, str(nowhere.token_url), str(diary), 0, ["ada"], {}, 0.0001, seed=1
    )
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak.clients"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        say(process, order.line())
        wait_until(diary.exists)
        yield process
        process.kill()


def say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def said_at_its_end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Go away; give its status, and what it says."""
    _, said = process.communicate(timeout=20)
    return process.returncode, said


def test_it_ends_while_it_presses(pages: subprocess.Popen[str]) -> None:
    assert said_at_its_end(pages) == (1, "Whoever started these pages has gone.\n")


def test_it_ends_while_it_waits_for_outcomes(pages: subprocess.Popen[str], diary: Path) -> None:
    say(pages, "rest")
    wait_until(lambda: any(isinstance(fact, Pressed) for fact in read_diary(diary)))
    assert said_at_its_end(pages) == (1, "Whoever started these pages has gone.\n")
