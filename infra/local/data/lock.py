"""One process at a time makes the data; the operating system frees the lock of a process that dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.local.data.errors import DataError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


SECONDS_BETWEEN_TRIES = 0.1


@contextmanager
def exclusive(path: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file `path`, waiting as long as another process or thread holds it."""
    with path.open("wb") as file:
        if not _taken(file):
            say("Another start is making the sample data; waiting for it")
            while not _taken(file):
                time.sleep(SECONDS_BETWEEN_TRIES)
        yield


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path`.

    Raises:
        DataError: another process or thread holds it.
    """
    with path.open("wb") as file:
        if not _taken(file):
            raise DataError(
                f"Another make data is loading into {path.parent.absolute()}: wait until it has ended, then start "
                "again. Nothing was touched."
            )
        yield


def _taken(file: IO[bytes]) -> bool:
    try:
        _take(file)
    except (BlockingIOError, PermissionError):
        return False
    return True
