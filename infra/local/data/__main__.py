"""`make data`: loads the full year, or a share of it, or the TLC's own files, and puts it in use."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from infra.local.data.dataset import require_scale
from infra.local.data.errors import DataError
from infra.local.data.fingerprint import fingerprint
from infra.local.data.loading import load
from infra.local.data.making import Source
from infra.local.data.progress import Progress
from infra.local.data.storage import Dataset
from infra.local.data.synthetic import SyntheticYear
from infra.local.data.tlc import TLC_ADDRESS, download_year, open_year

_DOWNLOAD = "download"
_REFUSED = 2
_INTERRUPTED = 130
_STOPPED = "\nStopped. The data that were in use still are. A download goes on from here the next time.\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Load; give the exit status of the process."""
    options = _parser().parse_args(arguments)
    began = time.monotonic()
    try:
        with _interruptible() as say:
            dataset = load(options.data, _source(options, say), say)
            say(_summary(dataset, time.monotonic() - began))
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED
    except KeyboardInterrupt:
        sys.stderr.write(_STOPPED)
        return _INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.data", description="Load the year 2015.")
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder of the warehouse's files")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="share of the synthetic year; 1 is all of it"
    )
    parser.add_argument(
        "--tlc", metavar="FOLDER", help=f"load the TLC's files of a folder; {_DOWNLOAD} fetches them"
    )
    parser.add_argument("--tlc-address", default=TLC_ADDRESS, help="where they are fetched from")
    return parser


def _source(options: argparse.Namespace, say: Callable[[str], None]) -> Source:
    if options.tlc is None:
        require_scale(options.scale)
        return SyntheticYear(options.scale)
    folder = Path(options.tlc)
    if options.tlc == _DOWNLOAD:
        folder = options.data / "tlc"
        download_year(folder, options.tlc_address, Progress(say))
    return open_year(folder)


def _summary(dataset: Dataset, seconds: float) -> str:
    about = dataset.about
    size = dataset.database.stat().st_size / 1e9
    lines = [
        f"{about['rows']:,} trips are in use ({about['source']}), {size:.2f} GB, after {seconds:.0f} s.",
        *(f"Known defect: {defect}" for defect in about["knownDefects"]),
        f"Hash of all rows, whatever their order: {fingerprint(dataset.database)}",
        "A product that is running changes over within a second; otherwise start it with make run.",
    ]
    return "\n".join(lines)


@contextmanager
def _interruptible() -> Iterator[Callable[[str], None]]:
    """Give what says a sentence; after Ctrl-C it raises KeyboardInterrupt instead.

    Python raises it at once too, but where it falls into a callback of a library it is printed and forgotten.
    """
    asked: list[int] = []

    def say(sentence: str) -> None:
        if asked:
            raise KeyboardInterrupt
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()

    def interrupt(number: int, _: object) -> None:
        asked.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield say
    finally:
        signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    sys.exit(main())
