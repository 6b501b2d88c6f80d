"""What the processes that a test starts do with signals, whatever this one inherited."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_HANDED_ON = (signal.SIGINT, signal.SIGHUP)


@contextmanager
def starting_as_in_a_terminal() -> Iterator[None]:
    """Whatever is started in the block is ended by Ctrl-C and a closed terminal, unless it says otherwise.

    `nohup make test &` hands ignored signals on, and neither a shell nor Python takes one that it began with.
    """
    with _handing_on(signal.SIG_DFL):
        yield


@contextmanager
def starting_in_the_background() -> Iterator[None]:
    """Whatever is started in the block begins as under `nohup … &` in a script: these two signals are ignored."""
    with _handing_on(signal.SIG_IGN):
        yield


@contextmanager
def _handing_on(action: signal.Handlers) -> Iterator[None]:
    before = [(number, signal.signal(number, action)) for number in _HANDED_ON]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
