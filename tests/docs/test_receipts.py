"""What docs/receipts.md tells to do is done here, with files as the dashboard makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.files import csv_digest, csv_zip, parquet_bytes
from dashboard.questions import Question
from dashboard.receipt import receipt_of
from tests.dashboard.samples import DATA, small_answer
from tests.docs.pages import fenced, read

pytestmark = pytest.mark.fast

ANSWER = small_answer()
ASKED = Question("small", {"top": "25"})
RECEIPT = receipt_of(ANSWER, ASKED, datetime(2026, 11, 24, tzinfo=UTC), DATA, csv_digest(ANSWER))


def run(command: list[str], folder: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, text=True, capture_output=True, check=True
    )
    return done.stdout.splitlines()


def test_the_commands_show_the_hash_of_the_file_and_that_of_the_receipt(tmp_path: Path) -> None:
    (tmp_path / "answer.zip").write_bytes(csv_zip(ANSWER, ASKED, RECEIPT))
    (commands,) = fenced(read("docs/receipts.md"), "sh")
    of_file, of_receipt = run(["sh", "-ec", commands], tmp_path)
    assert of_file.split()[0] == of_receipt.split(": ")[1] == csv_digest(ANSWER)


def test_the_snippet_reads_the_receipt_of_a_parquet_file(tmp_path: Path) -> None:
    (tmp_path / "answer.parquet").write_bytes(parquet_bytes(ANSWER, RECEIPT))
    (snippet,) = fenced(read("docs/receipts.md"), "python")
    assert run([sys.executable, "-c", snippet], tmp_path) == [csv_digest(ANSWER)]
