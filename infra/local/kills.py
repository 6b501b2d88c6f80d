"""The fault `kill_after`: an invocation that ends right after a call of AWS, as one whose sandbox has died."""

from __future__ import annotations

from typing import Any

import boto3

from infra.local.faults import Faults
from infra.local.running import RunningFunction


class SandboxDied(BaseException):
    """The sandbox of an invocation is gone. No `except Exception` of a handler stops this."""


class KillHook:
    """Ends the first invocation that has had as many answers of AWS as its function's `kill_after` says."""

    def __init__(self, running: RunningFunction, faults: Faults) -> None:
        self._running = running
        self._faults = faults

    def install(self) -> None:
        """Put the hooks on boto3's default session: every client of a handler is made on it."""
        events = boto3.DEFAULT_SESSION.events
        events.register("before-call", self.before_call)
        events.register("after-call", self.after_call)

    def before_call(self, **_: Any) -> None:
        """See botocore's event `before-call`: the dead call nobody, whatever a `finally` of theirs wants.

        Raises:
            SandboxDied: the invocation has died before.
        """
        invocation = self._running.invocation()
        if invocation is not None and invocation.died:
            raise SandboxDied

    def after_call(self, **_: Any) -> None:
        """See botocore's event `after-call`: the call has had its effect, and its answer is not read.

        Raises:
            SandboxDied: the invocation dies here.
        """
        invocation = self._running.invocation()
        if invocation is None:
            return
        invocation.answers += 1
        if self._faults.strike(f"handlers/{invocation.function_id}", "kill_after", invocation.answers):
            invocation.died = True
            raise SandboxDied
