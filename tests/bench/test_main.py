"""`make bench` on so few trips that its times mean nothing: it ends, and says what it measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import main
from bench.questions import QUESTIONS


def test_each_figure_is_a_line_and_the_last_line_and_the_status_sum_them_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = main(["--only", "data", "--scale", "0.00002", "--folder", str(tmp_path)])

    *figures, summary = capfd.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in figures] == [
        "Loading 2,922 trips",
        *(question.name for question in QUESTIONS),
    ]
    over = sum("OVER BUDGET" in line for line in figures)
    assert summary == f"5 figures at 0.002% of the year, {over} over budget"
    assert status == (1 if over else 0)
    assert list(tmp_path.iterdir()) == []
