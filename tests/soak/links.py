"""A proxy whose links can be refused, silent, cut, sliced, slow and half open. It copies bytes and reads none."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.client.upstream import Endpoints

FAULTS = ("refused", "silent", "cut", "sliced", "slow", "half open")
_CUT_FOR_BOTH = frozenset({"refused", "cut"})
_CUT_FOR_THE_PIPELINE = _CUT_FOR_BOTH | {"half open"}
HAMPERING = frozenset({"silent", "sliced", "slow"})
"""Those that are felt only where something is said."""
_BLOCK = 65_536
_SLICE = 7
_SLOW_SECONDS = 0.2
_STOP_SECONDS = 10


class _Link:
    """One connection through the proxy, and what is wrong with it."""

    def __init__(self, client: asyncio.StreamWriter, pipeline: asyncio.StreamWriter) -> None:
        self.client = client
        self.pipeline = pipeline
        self.fault: str | None = None
        self.is_felt = False

    def end(self) -> None:
        """End it for both."""
        self.client.transport.abort()
        self.pipeline.transport.abort()


class Links:
    """The links that are open; `hits` counts, by fault, those that felt one. Every method is for any thread.

    `target` is the port that new links lead to, on this machine; None: nobody is there.
    """

    def __init__(self, seed: int) -> None:
        self.target: int | None = None
        self.port = 0
        self.hits: Counter[str] = Counter()
        self._stream = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._open: list[_Link] = []
        self._to_refuse = 0

    def endpoints(self) -> Endpoints:
        """Say where clients find the pipeline: behind this proxy."""
        return endpoints_at(self.port)

    def cause(self, fault: str, links: int) -> None:
        """Let it befall so many of the open links; `refused`: they are cut, and so many of the next are refused."""
        asyncio.run_coroutine_threadsafe(self._cause(fault, links), self._loop).result()

    def open_links(self) -> int:
        """Count the links that are open."""
        return len(self._open)

    def calm(self) -> None:
        """Refuse nobody any more, and let what is sliced or slow be quick; what is silent stays so."""
        asyncio.run_coroutine_threadsafe(self._calm(), self._loop).result()

    async def _cause(self, fault: str, links: int) -> None:
        if fault == "refused":
            self._to_refuse = links
        sound = [link for link in self._open if link.fault is None]
        for link in self._stream.sample(sound, min(links, len(sound))):
            link.fault = fault
            if fault in _CUT_FOR_BOTH:
                link.client.transport.abort()
            if fault in _CUT_FOR_THE_PIPELINE:
                link.pipeline.transport.abort()
                self.hits[fault] += fault != "refused"

    async def _calm(self) -> None:
        self._to_refuse = 0
        for link in self._open:
            if link.fault in {"sliced", "slow"}:
                link.fault, link.is_felt = None, False

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        if self._to_refuse > 0:
            self._to_refuse -= 1
            self.hits["refused"] += 1
            client.transport.abort()
            return
        try:
            answers, pipeline = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            client.transport.abort()
            return
        link = _Link(client, pipeline)
        self._open.append(link)
        try:
            back = asyncio.create_task(self._copy(answers, client, link))
            await self._copy(reader, pipeline, link)
            await back
        finally:
            self._open.remove(link)
            link.end()

    async def _copy(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, link: _Link) -> None:
        """Copy one direction to its end. Whoever is on a link that is half open is not told of the end."""
        try:
            while data := await source.read(_BLOCK):
                if link.fault in HAMPERING and not link.is_felt:
                    link.is_felt = True
                    self.hits[link.fault] += 1
                await _pass_on(data, to, link)
            if link.fault != "half open" and not to.is_closing():
                to.write_eof()
        except OSError:
            if link.fault != "half open":
                link.end()

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        )
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end_all())
        self._loop.close()

    async def _end_all(self) -> None:
        for link in self._open:
            link.end()
        ending = asyncio.all_tasks() - {asyncio.current_task()}
        if ending:
            await asyncio.wait(ending, timeout=_STOP_SECONDS)

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)


async def _pass_on(data: bytes, to: asyncio.StreamWriter, link: _Link) -> None:
    if link.fault == "silent" or link.fault in _CUT_FOR_THE_PIPELINE:
        return
    if link.fault == "slow":
        await asyncio.sleep(_SLOW_SECONDS)
    for piece in pieces(data, link.fault):
        to.write(piece)
        await to.drain()
        await asyncio.sleep(0)


def pieces(data: bytes, fault: str | None) -> list[bytes]:
    """Cut what is sliced into a few bytes each."""
    step = _SLICE if fault == "sliced" else len(data)
    return [data[start : start + step] for start in range(0, len(data), step)]


def endpoints_at(port: int) -> Endpoints:
    """Say where a pipeline is that is reached at a port of this machine."""
    address = f"127.0.0.1:{port}"
    return Endpoints(f"ws://{address}/prod", f"http://{address}/prod", f"http://{address}/_local/token")


@contextmanager
def faulty_links(seed: int = 1) -> Iterator[Links]:
    """Run the proxy."""
    links, started = Links(seed), threading.Event()
    thread = threading.Thread(target=links._run, args=(started,))
    thread.start()
    started.wait(_STOP_SECONDS)
    try:
        yield links
    finally:
        links._stop()
        thread.join(_STOP_SECONDS)
