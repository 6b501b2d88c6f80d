"""Wakes a thread that waits for a socket: the end of a pipe that a selector can watch beside it."""

from __future__ import annotations

import socket


class Alarm:
    """Set by any thread, seen by the one whose selector watches it; several settings count as one."""

    def __init__(self) -> None:
        self._watched, self._rung = socket.socketpair()
        self._watched.setblocking(False)
        self._rung.setblocking(False)

    def fileno(self) -> int:
        """Give the descriptor that becomes readable."""
        return self._watched.fileno()

    def set(self) -> None:
        """Wake the waiting thread, or the next wait if none is waiting."""
        try:
            self._rung.send(b"!")
        except BlockingIOError:
            return  # The pipe is full of settings that nobody has seen yet: one more says nothing new.
        except OSError:
            return  # The alarm is closed: there is nobody left to wake.

    def clear(self) -> None:
        """Take all settings."""
        try:
            while self._watched.recv(4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Give the descriptors back."""
        self._watched.close()
        self._rung.close()
