"""Faults that can be switched on while the stand-in runs, so that every loss and delay can be tried at will."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from infra.local.console.feed import Feed

FAULTS: Mapping[str, tuple[str, ...]] = {
    "statements": ("delay_ms", "fail", "abort", "throttle", "no_answer"),
    "events": ("drop", "duplicate", "delay_ms", "reorder"),
    "posts": ("gone", "throttle", "error", "lost"),
    "results": ("error", "cut", "expire"),
    "sockets": ("close", "freeze_ms"),
    "clock": ("skew_s",),
}
"""By group, all but those of handlers. Most are counters: how often it shall happen, and each time takes one away.
Delays in milliseconds stay until they are changed, a freeze is over when its time has passed. The skew is that of the
warehouse's clock ahead of the functions', in seconds; it stays too, and may be negative."""

HANDLER_FAULTS = ("raise", "kill_after")
"""`raise` counts invocations that fail before the handler runs. `kill_after` is the number of a call of AWS: the first
invocation that has had so many answers dies, and the fault is off then."""

_LARGEST = 1_000_000_000


class FaultsRefusedError(ValueError):
    """A fault was asked for that does not exist, or with a number that makes no sense."""


class Faults:
    """The faults that are switched on now. Thread-safe. Groups of handlers are named `handlers/<logical id>`."""

    def __init__(self, function_ids: frozenset[str] = frozenset(), feed: Feed | None = None) -> None:
        self.function_ids = function_ids
        self._feed = feed or Feed()
        self._left: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def value(self, group: str, name: str) -> int:
        """Give a setting; 0 when it is off."""
        return self._left.get((group, name), 0)

    def take(self, group: str, name: str) -> bool:
        """Say whether the fault happens this time, and count it."""
        with self._lock:
            left = self._left.get((group, name), 0)
            if left > 0:
                self._left[group, name] = left - 1
        if left > 0:
            self._tell(f"{_dotted(group, name)} struck")
        return left > 0

    def strike(self, group: str, name: str, number: int) -> bool:
        """Say whether the fault is set to this very number (from 1 on), and switch it off if it is."""
        with self._lock:
            strikes = self._left.get((group, name)) == number
            if strikes:
                self._left[group, name] = 0
        if strikes:
            self._tell(f"{_dotted(group, name)} struck")
        return strikes

    def merge(self, document: Any) -> None:
        """Switch faults on or off; what the document does not name stays as it is.

        Raises:
            FaultsRefusedError: the document names an unknown fault; nothing was changed.
        """
        wanted = dict(_entries(document))
        for (group, name), number in wanted.items():
            self._check(group, name, number)
        with self._lock:
            changed = {key: number for key, number in wanted.items() if self._left.get(key, 0) != number}
            self._left.update(wanted)
        for key, number in changed.items():
            self._tell(f"{_dotted(*key)} set to {number}")

    def on(self) -> str:
        """Name what is on, for a person to read."""
        return (
            ", ".join(f"{_dotted(*key)} {left}" for key, left in sorted(self._left.items()) if left)
            or "nothing"
        )

    def left(self) -> dict[str, Any]:
        """Give what is still on, in the form in which it is set."""
        document: dict[str, Any] = {}
        for (group, name), number in sorted(self._left.items()):
            head, _, function_id = group.partition("/")
            place = document.setdefault(head, {})
            (place.setdefault(function_id, {}) if function_id else place)[name] = number
        return document

    def _check(self, group: str, name: str, number: Any) -> None:
        if name not in self._known(group):
            raise FaultsRefusedError(f"There is no fault {_dotted(group, name)}.")
        least = -_LARGEST if group == "clock" else 0
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= _LARGEST:
            raise FaultsRefusedError(
                f"{_dotted(group, name)} must be a whole number from {least} to {_LARGEST}."
            )

    def _tell(self, what: str) -> None:
        if self._feed.watched:
            self._feed.tell("fault", f"{what}. Faults on now: {self.on()}.")

    def _known(self, group: str) -> tuple[str, ...]:
        head, _, function_id = group.partition("/")
        if head == "handlers":
            return HANDLER_FAULTS if function_id in self.function_ids else ()
        return FAULTS.get(group, ())


def _dotted(group: str, name: str) -> str:
    return f"{group.replace('/', '.')}.{name}"


def _entries(document: Any) -> list[tuple[tuple[str, str], Any]]:
    entries = []
    for group, names in _mapping(document, "The faults").items():
        if group != "handlers":
            entries += [((group, name), number) for name, number in _mapping(names, group).items()]
            continue
        for function_id, counters in _mapping(names, group).items():
            where = f"handlers/{function_id}"
            entries += [((where, name), number) for name, number in _mapping(counters, where).items()]
    return entries


def _mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FaultsRefusedError(f"{what} must be a JSON object.")
    return value
