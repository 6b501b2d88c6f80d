"""`python -m tests.simulation`: what it prints, and how it ends."""

from __future__ import annotations

import os
import re
import subprocess
import sys

SEED = "16"  # an owner at his limit: which of his places is looked at first must not depend on the hash seed


def run(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.simulation", *arguments],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_schedule_is_told_as_the_same_story_under_every_hash_seed() -> None:
    first, other = run("1", SEED, hash_seed="1"), run("1", SEED, hash_seed="2")
    assert first.returncode == 0
    assert first.stdout == other.stdout
    assert re.search(r"^Trace [0-9a-f]{64}$", first.stdout, re.MULTILINE)
    assert "FAULT" in first.stdout
    assert first.stdout.endswith("\n1 schedules, 0 violations\n")


def test_many_schedules_are_summed_up() -> None:
    told = run("4", SEED, "2")
    assert told.returncode == 0
    assert "Faults that took effect:" in told.stdout
    assert re.search(r"^ +\d+  accepted -> running$", told.stdout, re.MULTILINE)
    assert "That is no failure below" in told.stdout
    assert told.stdout.endswith("\n4 schedules, 0 violations\n")


def test_nothing_to_judge_is_a_failure() -> None:
    told = run("0", SEED)
    assert told.returncode == 1
    assert told.stdout.endswith("There was nothing to judge.\n0 schedules, 0 violations\n")
