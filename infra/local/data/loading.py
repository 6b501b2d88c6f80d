"""Loads a data set and puts it in use, while whoever reads the old one goes on reading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from infra.local.data.dataset import one_sentence
from infra.local.data.lock import alone, exclusive
from infra.local.data.making import Source, make
from infra.local.data.progress import Progress
from infra.local.data.serving import serve
from infra.local.data.storage import Dataset, find, remove_abandoned, remove_older


def load(folder: Path, source: Source, say: Callable[[str], None]) -> Dataset:
    """Make the data set of `source` if it is not there yet, and put it in use.

    Until the last step the data in use before stay in use, whatever fails or dies.

    Raises:
        DataError: another load is at work here, the source refuses, or the folder cannot be written or has no room.
    """
    with one_sentence(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder / "loading.lock"), exclusive(folder / f"{source.version}.lock", say):
            dataset = find(folder, source.version) or make(folder, source, Progress(say))
            serve(folder, source.version)
            # Only now: whoever dies before this has lost nothing.
            remove_older(folder, source.version, served=source.version)
            remove_abandoned(folder)
    return dataset
