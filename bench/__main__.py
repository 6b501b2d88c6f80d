"""`make bench`: each figure on a line, a summary on the last, and an exit status of 1 when a budget is broken."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.big_answer import big_answer
from bench.figures import Figure
from bench.loading import loading
from bench.opening import opening
from bench.questions import questions
from infra.local.data import prepare
from tests.browser.chromium import headless_chromium

_ROUNDS = 9
_OPENINGS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; give the exit status of the process."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product's budgets.")
    parser.add_argument("--scale", type=float, default=0.1, help="share of the synthetic year")
    parser.add_argument("--folder", type=Path, default=Path("build"), help="where room for the data is")
    parser.add_argument("--only", choices=("data", "opening", "answer"), help="measure a part of it")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    broken: list[bool] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for figure in _figures(Path(folder), options.scale, options.only):
            _say(str(figure))
            broken.append(figure.broken)
    _say(f"{len(broken)} figures at {options.scale:.3%} of the year, {sum(broken)} over budget")
    return 1 if any(broken) else 0


def _figures(folder: Path, scale: float, only: str | None) -> Iterator[Figure]:
    if only in {None, "opening"}:
        with headless_chromium() as browser:
            yield opening(browser, _OPENINGS)
    if only in {None, "answer"}:
        with headless_chromium() as browser:
            yield from big_answer(browser, folder / "answer", _OPENINGS)
    if only in {None, "data"}:
        yield from _of_data(folder, scale)


def _of_data(folder: Path, scale: float) -> Iterator[Figure]:
    yield loading(folder, scale)
    dataset = prepare(folder, scale, _say)
    yield from questions(dataset.database, dataset.about["rows"], _ROUNDS)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
