"""Fetches the TLC's twelve files of 2015 into a folder; stopped at any moment, it goes on from there the next time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from infra.local.data.errors import DataError
from infra.local.data.lock import alone
from infra.local.data.progress import Progress
from infra.local.data.tlc.answers import Announced
from infra.local.data.tlc.failures import Broken, Refused, TransferFailure, Unreachable
from infra.local.data.tlc.files import MONTHS
from infra.local.data.tlc.meter import Meter
from infra.local.data.tlc.parts import Part, is_whole
from infra.local.data.tlc.schema import file_name
from infra.local.data.tlc.server import Server, Timeouts

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for the server, and between one try and the next: in seconds, as many pauses as repetitions."""

    timeouts: Timeouts = field(default_factory=Timeouts)
    pauses: tuple[float, ...] = (1, 2, 4, 8)


_USUAL = Patience()


def download_year(folder: Path, address: str, progress: Progress, patience: Patience = _USUAL) -> None:
    """Fetch what is missing in `folder` of the twelve files at `address` (that of the TLC is `TLC_ADDRESS`).

    A file appears under its own name only when it is as long as announced and its Parquet footer can be read.

    Raises:
        DataError: not all files came; the text says why and what is kept. Or there is no room, or another process
            downloads into the same folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder / "download.lock"), closing(Server(address, patience.timeouts)) as server:
            _Download(folder, server, progress, patience.pauses).run()
    except TransferFailure as failure:
        raise DataError(f"The TLC's files did not all come: {failure}. {_kept(folder)}") from failure
    except OSError as error:
        raise DataError(
            f"The TLC's files could not be written to {folder.absolute()} ({error.strerror or error}). {_kept(folder)}"
        ) from error


class _Download:
    def __init__(self, folder: Path, server: Server, progress: Progress, pauses: tuple[float, ...]) -> None:
        self._folder = folder
        self._server = server
        self._progress = progress
        self._pauses = pauses

    def run(self) -> None:
        # A closed network is told at once: nothing has answered yet, so waiting is not likely to help.
        announced = {
            name: self._patiently(partial(self._server.announced, name), Broken)
            for name in map(file_name, MONTHS)
        }
        missing = {name: what for name, what in announced.items() if not self._is_there(name, what)}
        if missing:
            meter = self._meter(announced, missing)
            for name in missing:
                self._fetch(name, meter)

    def _is_there(self, name: str, announced: Announced) -> bool:
        file = self._folder / name
        return file.exists() and file.stat().st_size == announced.bytes and is_whole(file)

    def _meter(self, announced: Mapping[str, Announced], missing: Mapping[str, Announced]) -> Meter:
        wanted = sum(what.bytes - self._part(name).length_of(what) for name, what in missing.items())
        _require_room(wanted, self._folder)
        self._progress.announce(
            f"Fetching {len(missing)} of the TLC's 12 files, {wanted / 1e6:,.0f} MB, into {self._folder.absolute()}; "
            "if this is stopped, the same command goes on from there"
        )
        return Meter(self._progress, wanted, sum(what.bytes for what in announced.values()))

    def _part(self, name: str) -> Part:
        return Part(self._folder / name)

    def _fetch(self, name: str, meter: Meter) -> None:
        for _ in range(2):
            self._patiently(partial(self._transfer, name, meter), Broken, Unreachable)
            if self._part(name).finish():
                return
            self._progress.announce(f"{name} came damaged and was removed")
        raise Refused(
            f"{name} came twice as the server announces it, and is no whole Parquet file (perhaps a page of this "
            "network stands in its place); it was removed"
        )

    def _transfer(self, name: str, meter: Meter) -> None:
        """Bring the part to the length that is announced now."""
        announced, part = self._server.announced(name), self._part(name)
        there = part.length_of(announced)
        if there < announced.bytes:
            with self._server.open(name, there, announced) as answer:
                if answer.begin not in {0, there}:
                    raise Broken("the server continues the file at another place")
                if answer.begin == 0:
                    part.begin(announced)
                    meter.lost(there)
                rest = _at_most(answer.chunks, announced.bytes - answer.begin, name)
                part.append(rest, lambda size: meter.came(name, size))
        if part.length != announced.bytes:
            raise Broken(
                f"the server announced {announced.bytes:,} bytes of {name}, and {part.length:,} came"
            )

    def _patiently(self, attempt: Callable[[], Result], *passing: type[TransferFailure]) -> Result:
        for pause in self._pauses:
            try:
                return attempt()
            except passing as failure:
                self._progress.announce(f"{failure}; the next try is in {pause:g} s")
                time.sleep(pause)
        return attempt()


def _at_most(chunks: Iterable[bytes], wanted: int, name: str) -> Iterator[bytes]:
    """Pass on what comes, and stop a server that does not stop by itself."""
    came = 0
    for chunk in chunks:
        came += len(chunk)
        if came > wanted:
            raise Broken(f"the server sends more of {name} than it announced")
        yield chunk


def _require_room(wanted: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise DataError(
            f"The TLC's files need {wanted / 1e6:,.0f} MB more in {folder.absolute()}, where {free / 1e6:,.0f} MB are "
            f"free. {_kept(folder)}"
        )


def _kept(folder: Path) -> str:
    names = [file_name(month) for month in MONTHS]
    there = sum((folder / name).exists() for name in names)
    if there == len(names):
        return f"All twelve files are in {folder.absolute()}: make data TLC={folder} loads them without the network."
    begun = any((folder / f"{name}.part").exists() for name in names)
    kept = f"{there} of the 12 files are whole in {folder.absolute()}{', and one is begun' if begun else ''}"
    return f"{kept}; all that is kept, and the same command goes on from there."
