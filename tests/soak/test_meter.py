"""What a process holds is read as it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading

import pytest

from tests.soak.meter import Reading, growth_per_hour, read

pytestmark = pytest.mark.fast


def test_an_open_socket_and_a_running_thread_are_counted() -> None:
    over = threading.Event()
    before = read(os.getpid())
    thread = threading.Thread(target=over.wait)
    thread.start()
    with socket.create_server(("127.0.0.1", 0)):
        now = read(os.getpid())
    over.set()
    thread.join()
    assert (now.threads - before.threads, now.descriptors - before.descriptors) == (1, 1)
    assert now.megabytes > 1


def test_what_a_process_has_started_counts_with_it() -> None:
    before = read(os.getpid())
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE):
        now = read(os.getpid())
    assert now.threads == before.threads + 1
    assert now.descriptors > before.descriptors + 1


def test_growth_is_a_share_of_what_was_there_at_first() -> None:
    assert growth_per_hour([Reading(at, 200 + at / 360, 1, 1) for at in (0, 60, 90)]) == pytest.approx(0.05)


def test_threads_that_end_meanwhile_are_no_matter() -> None:
    over = threading.Event()

    def come_and_go() -> None:
        while not over.is_set():
            threading.Thread(target=int).start()

    coming = threading.Thread(target=come_and_go)
    coming.start()
    try:
        assert all(read(os.getpid()).threads >= 2 for _ in range(200))
    finally:
        over.set()
        coming.join()
