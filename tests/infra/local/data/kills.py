"""Loads that are killed at random moments while readers read: old data stand whole, or new ones do.

`python -m tests.infra.local.data.kills --kills 50` does it in two folders side by side, each with a reader.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from infra.local.data import __main__ as make_data
from infra.local.data import serving
from infra.local.data.storage import reading
from infra.local.data.version import data_version

LANES = 2
SECONDS_BETWEEN_READS = 0.1
_SCALE, _STEP = 0.0003, 0.000001
_TOTALS = """
    SELECT
        (SELECT count(*) FROM kept.trips),
        (SELECT sum(trips) FROM kept.trips_by_hour_zone)::BIGINT,
        (SELECT sum(trips) FROM kept.trips_by_day_vendor)::BIGINT
"""


@dataclass
class Seen:
    """What was seen of the data in use; `wrong` counts what must never be seen."""

    kills: int = 0
    completed: int = 0
    reads: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


def kill_loads(folder: Path, kills: int, seed: int) -> Seen:
    """Load, then kill that many loads of other data, each at a random moment, while somebody reads."""
    seen, moments = Seen(), random.Random(seed)
    began = time.monotonic()
    _load(folder, _SCALE)
    longest = time.monotonic() - began
    with _reader(folder, seen):
        for number in range(1, kills + 1):
            # Each of its own size, so that none is there already.
            _kill_one(folder, _SCALE + number * _STEP, moments.uniform(0, longest), seen)
    return seen


def _load(folder: Path, scale: float) -> None:
    process = _start(folder, scale)
    process.join()
    assert process.exitcode == 0


def _start(folder: Path, scale: float) -> BaseProcess:
    """A load whose process has its libraries from the start: to import them touches no data, and takes long."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([make_data.__name__])
    process = processes.Process(target=_make_data, args=("--data", str(folder), "--scale", f"{scale:.6f}"))
    process.start()
    return process


def _make_data(*arguments: str) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        sys.exit(make_data.main(arguments))


def _kill_one(folder: Path, scale: float, after_seconds: float, seen: Seen) -> None:
    before, coming = _in_use(folder), data_version(round(scale, 6))
    process = _start(folder, scale)
    process.join(after_seconds)
    process.kill()
    process.join()
    after = _in_use(folder)
    seen.kills += 1
    seen.completed += process.exitcode == 0
    if after not in {before, coming}:
        seen.wrong[f"{after} is in use after a load of {coming} over {before}"] += 1


def _in_use(folder: Path) -> str | None:
    dataset = serving(folder)
    return None if dataset is None else str(dataset.about["version"])


@contextmanager
def _reader(folder: Path, seen: Seen) -> Iterator[None]:
    stop = threading.Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        reader = pool.submit(_read_until, stop, folder, seen)
        try:
            yield
        finally:
            stop.set()
        reader.result()


def _read_until(stop: threading.Event, folder: Path, seen: Seen) -> None:
    while not stop.wait(SECONDS_BETWEEN_READS):
        dataset = serving(folder)
        seen.reads += 1
        if dataset is None:
            seen.wrong["no data are in use"] += 1
            continue
        with reading(dataset.database) as connection:
            totals = connection.execute(_TOTALS).fetchall()[0]
        if set(totals) != {dataset.about["rows"]}:
            seen.wrong[f"{totals} are not the {dataset.about['rows']} trips that are said to be there"] += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill and read; give the exit status: 1 if anything wrong was seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.infra.local.data.kills")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2015)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(LANES) as lanes:
        seen = list(
            lanes.map(
                lambda lane: kill_loads(Path(folder, str(lane)), options.kills // LANES, options.seed + lane),
                range(LANES),
            )
        )
    wrong = sum((one.wrong for one in seen), Counter[str]())
    for sentence, times in wrong.items():
        print(f"{times} times: {sentence}")  # noqa: T201 - this is what the command is for
    print(  # noqa: T201 - see above
        f"{sum(one.kills for one in seen)} loads killed, {sum(one.completed for one in seen)} of them too late, "
        f"{sum(one.reads for one in seen)} reads by {LANES} readers, {wrong.total()} wrong, "
        f"in {time.monotonic() - began:.0f} s"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
