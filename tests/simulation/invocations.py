"""Invocations that overlap: one thread each, of which only one runs at a time, and which pause at each port call."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from pipeline.ports import Ports, PostFailedError, WarehouseBusyError
from tests.fakes.ports import FakePorts

DIE = 0.04
TROUBLE = 0.08


class Killed(BaseException):
    """The process died: no handler may catch this."""


@dataclass
class Ended:
    """How an invocation ended: its answer, or what it raised (None for a death)."""

    answer: Any = None
    error: BaseException | None = None
    died: bool = False


class Invocation:
    """One run of a handler; `advance` lets it go on to its next port call."""

    def __init__(self, work: Callable[[Ports], Any], world: FakePorts, fate: Fate) -> None:
        self.ended: Ended | None = None
        self._go = threading.Semaphore(0)
        self._back = threading.Semaphore(0)
        self._work = work
        self._ports = cast("Ports", PausingPorts(world, self, fate))
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def advance(self) -> None:
        """Run until the next port call, or to the end."""
        self._go.release()
        self._back.acquire()

    def pause(self) -> None:
        """Hand the turn back; called by a port."""
        self._back.release()
        self._go.acquire()

    def _run(self) -> None:
        self._go.acquire()
        try:
            self.ended = Ended(answer=self._work(self._ports))
        except Killed:
            self.ended = Ended(died=True)
        except Exception as error:  # noqa: BLE001 # whatever a handler raises is the subject of the test
            self.ended = Ended(error=error)
        self._back.release()


class Fate:
    """Decides at each port call whether it dies, before or after the call had its effect."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.calm = False
        self.taken: dict[str, int] = {}

    def draw(self, call: str) -> str:
        """Give what happens at a call: `live`, `die before`, `die after`, `fail before` or `fail after`."""
        if self.calm:
            return "live"
        throw = self._random.random()
        if throw < DIE:
            return self._took(self._random.choice(["die before", "die after"]), call)
        if throw < DIE + TROUBLE and call in _TROUBLES:
            return self._took(self._random.choice(["fail before", "fail after"]), call)
        return "live"

    def _took(self, fate: str, call: str) -> str:
        self.taken[f"{fate} {call}"] = self.taken.get(f"{fate} {call}", 0) + 1
        return fate


_TROUBLES: dict[str, Callable[[], Exception]] = {
    "warehouse.execute": lambda: WarehouseBusyError(
        "warehouse_unavailable", "The warehouse does not answer."
    ),
    "warehouse.describe": lambda: WarehouseBusyError("warehouse_busy", "The warehouse is busy."),
    "warehouse.cancel": lambda: WarehouseBusyError("warehouse_busy", "The warehouse is busy."),
    "notifier.post": lambda: PostFailedError("500"),
}


class PausingPorts:
    """The world's ports, with a pause and a fate at each call."""

    def __init__(self, world: FakePorts, invocation: Invocation, fate: Fate) -> None:
        self.records = Pausing("records", world.records, invocation, fate)
        self.warehouse = Pausing("warehouse", world.warehouse, invocation, fate)
        self.notifier = Pausing("notifier", world.notifier, invocation, fate)
        self.reports = world.reports
        self.limits = world.limits
        self.clock = world.clock


class Pausing:
    """One port."""

    def __init__(self, name: str, port: Any, invocation: Invocation, fate: Fate) -> None:
        self._name = name
        self._port = port
        self._invocation = invocation
        self._fate = fate

    def __getattr__(self, method: str) -> Callable[..., Any]:
        call = f"{self._name}.{method}"

        def act(*arguments: Any) -> Any:
            self._invocation.pause()
            fate = self._fate.draw(call)
            self._suffer(fate, "before", call)
            answer = getattr(self._port, method)(*arguments)
            self._suffer(fate, "after", call)
            return answer

        return act

    def _suffer(self, fate: str, moment: str, call: str) -> None:
        if fate == f"die {moment}":
            raise Killed
        if fate == f"fail {moment}":
            raise _TROUBLES[call]()
