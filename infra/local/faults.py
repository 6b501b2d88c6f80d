"""Faults that can be switched on while the stand-in runs, so that every loss and delay can be tried at will."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

DURATIONS: Mapping[str, frozenset[str]] = {
    "statements": frozenset({"delay_ms"}),
    "events": frozenset({"delay_ms"}),
    "sockets": frozenset({"freeze_ms"}),
}
"""Settings in milliseconds, that stay until they are changed; but a freeze is over when its time has passed."""

COUNTERS: Mapping[str, frozenset[str]] = {
    "statements": frozenset({"fail", "abort", "throttle", "no_answer"}),
    "events": frozenset({"drop", "duplicate", "reorder"}),
    "posts": frozenset({"gone", "throttle", "error", "lost"}),
    "results": frozenset({"error", "cut", "expire"}),
    "sockets": frozenset({"close"}),
}
"""How often something shall happen; each time takes one away."""

NOT_IMITATED: Mapping[tuple[str, str], str] = {
    ("clock", "skew_s"): "all functions here share this machine's clock",
}
"""What is refused with its reason."""

HANDLER_COUNTERS = frozenset({"raise", "kill_after"})
"""`raise` fails an invocation before the handler runs, `kill_after` after it has run (its answer is lost)."""


class FaultsRefusedError(ValueError):
    """A fault was asked for that does not exist, or with a number that makes no sense."""


class Faults:
    """The faults that are switched on now. Thread-safe. Groups of handlers are named `handlers/<logical id>`."""

    def __init__(self, function_ids: frozenset[str] = frozenset()) -> None:
        self._function_ids = function_ids
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
            return left > 0

    def merge(self, document: Any) -> None:
        """Switch faults on or off; what the document does not name stays as it is.

        Raises:
            FaultsRefusedError: the document names an unknown fault; nothing was changed.
        """
        wanted = dict(_entries(document))
        for (group, name), number in wanted.items():
            self._check(group, name, number)
        with self._lock:
            self._left.update(wanted)

    def left(self) -> dict[str, Any]:
        """Give what is still on, in the form in which it is set."""
        document: dict[str, Any] = {}
        for (group, name), number in sorted(self._left.items()):
            head, _, function_id = group.partition("/")
            place = document.setdefault(head, {})
            (place.setdefault(function_id, {}) if function_id else place)[name] = number
        return document

    def _check(self, group: str, name: str, number: Any) -> None:
        reason = NOT_IMITATED.get((group, name))
        if reason is not None:
            raise FaultsRefusedError(f"The fault {group}.{name} cannot be imitated: {reason}.")
        if name not in self._known(group):
            raise FaultsRefusedError(f"There is no fault {group}.{name}.".replace("/", "."))
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise FaultsRefusedError(f"{group}.{name} must be a whole number from 0 on.".replace("/", "."))

    def _known(self, group: str) -> frozenset[str]:
        head, _, function_id = group.partition("/")
        if head == "handlers":
            return HANDLER_COUNTERS if function_id in self._function_ids else frozenset()
        return DURATIONS.get(group, frozenset()) | COUNTERS.get(group, frozenset())


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
