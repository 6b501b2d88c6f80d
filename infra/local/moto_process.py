"""moto in a process of its own: it is a third of what a query costs the stand-in, and most machines have two cores.

Whoever asks takes one of a few lanes, each a pair of connected sockets, and waits for the answer on it. The process
ends when the other ends of all its lanes are closed, however that came about.
"""

from __future__ import annotations

import gc
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from queue import Queue

from infra.local.aws_http import HttpAnswer, HttpRequest

_LANES = 8
_ENDS_WITHIN_SECONDS = 5.0

_log = logging.getLogger(__name__)


class MotoFailedError(Exception):
    """moto failed at a call; its process has logged why."""


class MotoProcess:
    """Answers calls by the other process, which is started at once and answers when it is ready. Thread-safe."""

    def __init__(self, died: Callable[[], None]) -> None:
        """Start it; `died` is called, in a thread of its own, if it ends before it is closed."""
        pairs = [socket.socketpair() for _ in range(_LANES)]
        theirs = [pair[1].fileno() for pair in pairs]
        # A session of its own: Ctrl-C in a terminal is for its parent alone, which still needs it to end in order.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.moto_process", *map(str, theirs)],
            stdin=subprocess.DEVNULL,
            pass_fds=theirs,
            start_new_session=True,
        )
        for _, other in pairs:
            other.close()
        # None: there are no lanes any more.
        self._free: Queue[Connection | None] = Queue()
        for ours, _ in pairs:
            self._free.put(Connection(ours.detach()))
        self._is_closing = threading.Event()
        threading.Thread(target=self._watch, args=(died,), name="moto-watch", daemon=True).start()

    @property
    def process_id(self) -> int:
        """Say which process it is."""
        return self._process.pid

    def answer(self, service: str, request: HttpRequest) -> HttpAnswer:
        """Answer a call of a service; one that comes after the end is refused, and nobody waits for that.

        Raises:
            MotoFailedError: moto failed, or its process has gone.
        """
        lane = self._free.get()
        if lane is None:
            self._free.put(None)
            return HttpAnswer(503, (), b"")
        try:
            lane.send((service, request))
            answer: HttpAnswer | None = lane.recv()
        except (EOFError, OSError) as error:
            raise MotoFailedError(
                f"The process of moto has gone while it was asked for {service}."
            ) from error
        finally:
            self._free.put(lane)
        if answer is None:
            raise MotoFailedError(f"moto failed at a call of {service}: see above.")
        return answer

    def close(self) -> None:
        """End the process when it has answered what it was asked; what it held is gone."""
        self._is_closing.set()
        at_last = threading.Timer(_ENDS_WITHIN_SECONDS, self._process.kill)
        at_last.start()
        for lane in [self._free.get() for _ in range(_LANES)]:
            if lane is not None:
                lane.close()
        self._free.put(None)
        self._process.wait()
        at_last.cancel()

    def _watch(self, died: Callable[[], None]) -> None:
        self._process.wait()
        if not self._is_closing.is_set():
            died()


def main(lanes: Sequence[str]) -> None:
    """Serve each lane, until all are closed."""
    # A second of imports, which whoever only starts this process does not need.
    from infra.local.moto_services import MotoServices  # noqa: PLC0415 - see above

    services = MotoServices()
    # What is there now stays: a full collection need not look at it.
    gc.freeze()
    threads = [
        threading.Thread(target=_serve, args=(Connection(int(lane)), services.answer)) for lane in lanes
    ]
    for thread in threads:
        thread.start()


def _serve(lane: Connection, answer: Callable[[str, HttpRequest], HttpAnswer]) -> None:
    with closing(lane):
        while True:
            try:
                service, request = lane.recv()
                lane.send(_answer(answer, service, request))
            except (EOFError, OSError):
                return  # whoever asked has gone


def _answer(
    answer: Callable[[str, HttpRequest], HttpAnswer], service: str, request: HttpRequest
) -> HttpAnswer | None:
    try:
        return answer(service, request)
    except Exception:  # noqa: BLE001 - a service answers 500 and goes on, whatever failed
        _log.exception("%s %s failed inside moto.", request.method, request.target)
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
