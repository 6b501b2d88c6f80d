"""`make bench`: each figure on a line, a summary on the last, and an exit status of 1 when a budget is broken."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure
from bench.loading import loading
from bench.questions import questions
from infra.local.data import prepare

_ROUNDS = 9


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; give the exit status of the process."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product's budgets.")
    parser.add_argument("--scale", type=float, default=0.1, help="share of the synthetic year")
    parser.add_argument("--folder", type=Path, default=Path("build"), help="where room for the data is")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    broken: list[bool] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for figure in _figures(Path(folder), options.scale):
            _say(str(figure))
            broken.append(figure.broken)
    _say(f"{len(broken)} figures at {options.scale:.3%} of the year, {sum(broken)} over budget")
    return 1 if any(broken) else 0


def _figures(folder: Path, scale: float) -> Iterator[Figure]:
    yield loading(folder, scale)
    dataset = prepare(folder, scale, _say)
    yield from questions(dataset.database, dataset.about["rows"], _ROUNDS)


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
