"""The event bus: matches events with the template's rules and delivers them to functions.

As on AWS the delivery is asynchronous, at least once, and a failing function gets the same event again. The pauses
between the runs are scaled down (AWS: 1 and 2 minutes) so that a laptop shows the same way in a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from infra.local.console.feed import Feed
from infra.local.dead_letters import DeadLetters, failure_record, refusal_attributes
from infra.local.errors import WiringError
from infra.local.faults import Faults
from infra.local.functions import Functions, Outcome
from infra.local.ledger import Ledger
from infra.local.pattern import Pattern, PatternError
from infra.local.permissions import EVENT_BRIDGE, Permissions
from infra.local.wiring import Rule, Target, Wiring

Event = dict[str, Any]

RETRY_PAUSES_SECONDS = (0.2, 0.4)
# An event held back by the fault `reorder` does not wait for a next one for ever.
_LONGEST_HOLD_SECONDS = 2.0
# How far it comes behind the next one.
_BEHIND_SECONDS = 0.1

_log = logging.getLogger(__name__)


class EventBus:
    """Takes events from any thread and delivers them on the gateway's event loop."""

    def __init__(
        self,
        wiring: Wiring,
        functions: Functions,
        permissions: Permissions,
        dead_letters: DeadLetters,
        ledger: Ledger,
        faults: Faults,
        feed: Feed,
    ) -> None:
        """Read the rules' patterns.

        Raises:
            WiringError: a pattern is not valid; the message names its rule.
        """
        self._wiring = wiring
        self._rules = [(rule, _pattern(rule)) for rule in wiring.rules]
        self._functions = functions
        self._permissions = permissions
        self._dead_letters = dead_letters
        self._ledger = ledger
        self._faults = faults
        self._feed = feed
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Event] = []

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver on this loop from now on; what was put before is lost."""
        self._loop = loop

    def put(self, event: Event) -> None:
        """Take an event; returns at once. Thread-safe."""
        if self._loop is None or self._loop.is_closed():
            _log.warning("The event %s came while the bus was not running.", event.get("id"))
            return
        self._loop.call_soon_threadsafe(self._take, event)

    def _take(self, event: Event) -> None:
        """Apply the faults to an event that has come."""
        if self._faults.take("events", "drop"):
            _log.warning("The event %s was dropped, as was asked for.", event.get("id"))
            self._feed.tell("event", "dropped", event, well=False)
            return
        if self._faults.take("events", "reorder"):
            self._feed.tell("event", "held back", event, well=False)
            self._hold(event)
            return
        copies = 2 if self._faults.take("events", "duplicate") else 1
        delay = self._faults.value("events", "delay_ms") / 1000
        self._feed.tell("event", "taken" if copies == 1 else "taken twice", event)
        for _ in range(copies):
            self._start(self._dispatch(event, delay))
        self._release(_BEHIND_SECONDS)

    def _hold(self, event: Event) -> None:
        self._held.append(event)
        asyncio.get_running_loop().call_later(_LONGEST_HOLD_SECONDS, self._release)

    def _release(self, delay: float = 0.0) -> None:
        held, self._held = self._held, []
        for event in held:
            self._start(self._dispatch(event, delay))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _dispatch(self, event: Event, delay: float) -> None:
        await asyncio.sleep(delay)
        misses = []
        for rule, pattern in self._rules:
            missed = pattern.mismatch(event)
            if missed is None:
                for target in rule.targets:
                    self._start(self._deliver(rule, target, event))
            else:
                misses.append(f"{rule.logical_id} does not match its {missed}")
        if len(misses) == len(self._rules):
            _log.warning(
                "No rule matched the event %s (%s): %s.",
                event.get("id"),
                event.get("detail-type"),
                "; ".join(misses) or "there is none",
            )

    async def _deliver(self, rule: Rule, target: Target, event: Event) -> None:
        if not self._permissions.allows(target.function_id, EVENT_BRIDGE, rule.arn):
            # AWS: an event that may not be delivered goes to the rule's queue without a retry.
            attributes = refusal_attributes(rule.arn, self._wiring.functions[target.function_id].arn)
            await self._dead_letters.send(target.dead_letter_arn, event, attributes)
            return
        runs, outcome = await self._run_with_retries(target.function_id, event)
        if outcome.failed:
            await self._give_up(target.function_id, event, runs, outcome)

    async def _run_with_retries(self, function_id: str, event: Event) -> tuple[int, Outcome]:
        """Run a function until it succeeds or its retries are used up; all runs share one request id."""
        outcome = await self._functions.invoke(function_id, event)
        pauses = RETRY_PAUSES_SECONDS[: self._maximum_retries(function_id)]
        runs = 1
        for pause in pauses:
            if not outcome.failed:
                break
            await asyncio.sleep(pause)
            outcome = await self._functions.invoke(function_id, event, request_id=outcome.request_id)
            runs += 1
        return runs, outcome

    def _maximum_retries(self, function_id: str) -> int:
        config = self._wiring.async_configs.get(function_id)
        return config.maximum_retries if config else len(RETRY_PAUSES_SECONDS)

    async def _give_up(self, function_id: str, event: Event, runs: int, outcome: Outcome) -> None:
        queue_arn = self._failure_queue(function_id)
        _log.error(
            "%s failed %d times for the event %s; it goes to %s.",
            function_id,
            runs,
            event.get("id"),
            queue_arn or "nowhere: the function has no failure destination",
        )
        record = failure_record(self._wiring.functions[function_id].arn, event, runs, outcome)
        await self._dead_letters.send(queue_arn, record, {})

    def _failure_queue(self, function_id: str) -> str | None:
        """Give the function's failure destination, which it must be allowed to send to by its own role."""
        config = self._wiring.async_configs.get(function_id)
        if config is None or config.on_failure_arn is None:
            return None
        role_id = self._wiring.functions[function_id].role_id
        if self._ledger.note(role_id, "sqs:SendMessage", config.on_failure_arn):
            return config.on_failure_arn
        _log.error(
            "%s does not allow sqs:SendMessage on %s, which %s needs for its failures.",
            role_id,
            config.on_failure_arn,
            function_id,
        )
        return None


def _pattern(rule: Rule) -> Pattern:
    try:
        return Pattern(rule.pattern)
    except PatternError as error:
        raise WiringError(rule.logical_id, str(error)) from error
