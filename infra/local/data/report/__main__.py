"""`make data-report`: how near the trips in use are to 2015, as a page, a line and an exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.local.data.dataset import prepare
from infra.local.data.errors import DataError
from infra.local.data.report.making import make_report

_BROKEN = 1
_REFUSED = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the report; give the exit status: 0 within all bounds, 1 a bound is broken, 2 nothing to compare."""
    options = _parser().parse_args(arguments)
    try:
        outcome = make_report(prepare(options.data, None, _say), options.real, options.out, _say)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The data are as they were.\n")
        return _INTERRUPTED
    for line in outcome.broken:
        _say(
            f"Out of bounds: {line.name} ({line.against}): {line.ours} beside {line.reference}, {line.distance} apart; "
            f"bound {line.bound}, noise {line.noise}"
        )
    _say(outcome.summary)
    return _BROKEN if outcome.broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.local.data.report", description="Compare the trips in use with the year 2015."
    )
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder of the warehouse's files")
    parser.add_argument("--real", type=Path, help="folder of the TLC's CSV or Parquet files to compare with")
    parser.add_argument("--out", type=Path, default=Path("build/data-report.html"), help="the page to write")
    return parser


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
