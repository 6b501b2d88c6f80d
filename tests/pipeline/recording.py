"""Ports that note every call in order, and that can die at one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.ports import Limits
from tests.fakes.ports import FakePorts


class Killed(BaseException):
    """The process died: no handler may catch this."""


class RecordedPorts:
    """The ports of `world`; `calls` names those of records, warehouse and notifier, as `records.create`.

    With `die_before` or `die_after` the process dies at that call; `meanwhile` holds what else happens in the world
    right after a call.
    """

    def __init__(
        self,
        world: FakePorts,
        die_before: str = "",
        die_after: str = "",
        meanwhile: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        self.calls: list[str] = []
        self._die_before = die_before
        self._die_after = die_after
        self._meanwhile = meanwhile or {}
        self.records: Any = Recorded("records", world.records, self)
        self.warehouse: Any = Recorded("warehouse", world.warehouse, self)
        self.notifier: Any = Recorded("notifier", world.notifier, self)
        self.reports: Any = world.reports
        self.tokens: Any = world.tokens
        self.clock: Any = world.clock
        self.limits: Limits = world.limits

    def enter(self, call: str) -> None:
        """Note a call that begins."""
        if call == self._die_before:
            raise Killed
        self.calls.append(call)

    def leave(self, call: str) -> None:
        """Note a call that has had its effect."""
        if call in self._meanwhile:
            self._meanwhile[call]()
        if call == self._die_after:
            raise Killed


class Recorded:
    """One port."""

    def __init__(self, name: str, port: Any, ports: RecordedPorts) -> None:
        self._name = name
        self._port = port
        self._ports = ports

    def __getattr__(self, method: str) -> Callable[..., Any]:
        call = f"{self._name}.{method}"

        def act(*arguments: Any) -> Any:
            self._ports.enter(call)
            answer = getattr(self._port, method)(*arguments)
            self._ports.leave(call)
            return answer

        return act
