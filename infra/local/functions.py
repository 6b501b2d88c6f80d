"""The function runtime: invokes the handlers as Lambda does, in a pool of threads.

Events and answers go through JSON, a function ends at its time-out, and what fails has the shape that Lambda gives
it. A thread cannot be stopped, so a handler that overruns its time goes on, and its answer is thrown away.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from infra.local.console.feed import Feed
from infra.local.faults import Faults
from infra.local.handlers import Handler, load_handlers
from infra.local.kills import SandboxDied
from infra.local.running import Invocation, RunningFunction
from infra.local.wiring import Function

_THREADS = 64
# AWS: Lambda hands back at most 6 MB.
_MAXIMUM_ANSWER_BYTES = 6 * 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an invocation came to. `payload` is the answer, or Lambda's description of the error.

    `gave_up` says that the caller stopped waiting before the function's own time-out: then there is no payload.
    """

    request_id: str
    payload: Any
    failed: bool = False
    gave_up: bool = False

    @property
    def error_message(self) -> str | None:
        """The message of the exception that the handler raised."""
        return self.payload["errorMessage"] if self.failed and not self.gave_up else None

    @property
    def word(self) -> str:
        """Say in a word or two how it went, without anything that a handler says."""
        if self.gave_up:
            return "was given up"
        return str(self.payload["errorType"]) if self.failed else "ends"


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """The second argument of a handler, with the members that Lambda's Python runtime documents."""

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    deadline: float
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 256

    def get_remaining_time_in_millis(self) -> int:
        """Give the time left before the time-out, in milliseconds."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class Functions:
    """Every function of the template, ready to be invoked."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        running: RunningFunction,
        faults: Faults,
        feed: Feed,
        threads: int = _THREADS,
    ) -> None:
        """Import every handler.

        Raises:
            WiringError: a handler cannot be found; the message names its function.
        """
        self._functions = functions
        self._running = running
        self._faults = faults
        self._feed = feed
        self._handlers = load_handlers(functions)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="function")

    async def invoke(
        self, function_id: str, event: Mapping[str, Any], patience: float | None = None, request_id: str = ""
    ) -> Outcome:
        """Run a function to its end or its time-out.

        Args:
            function_id: The logical id of the function.
            event: The event; it goes through JSON.
            patience: How long the caller waits, in seconds; None waits until the function's time-out.
            request_id: The id of the invocation, where several runs share one; empty makes a new one.
        """
        request_id = request_id or str(uuid.uuid4())
        function = self._functions[function_id]
        seconds = min(function.timeout_seconds, patience or function.timeout_seconds)
        context = _context(function, request_id)
        name, began = function_id.removesuffix("Function"), time.perf_counter()
        self._feed.tell("invocation", f"{name} begins{_occasion(event)}", event)
        future = self._pool.submit(self._run, function, json.dumps(event), context)
        done, _ = await asyncio.wait({asyncio.wrap_future(future)}, timeout=seconds)
        future.cancel()  # it never runs, where its time was over while it waited for a thread
        outcome = done.pop().result() if done else _overrun(function, request_id, seconds)
        took = f"{(time.perf_counter() - began) * 1000:.0f} ms"
        self._feed.tell("invocation", f"{name} {outcome.word} after {took}", event, not outcome.failed)
        return outcome

    def close(self, *, wait: bool = False) -> None:
        """Take no more invocations; those that run go on to their end, and may be waited for."""
        self._pool.shutdown(wait=wait, cancel_futures=True)

    def _run(self, function: Function, event: str, context: LambdaContext) -> Outcome:
        try:
            with self._running.entered(function.logical_id) as invocation:
                answer = self._answer(function, event, context, invocation)
        except SandboxDied:
            return _died(function, context.aws_request_id)
        except Exception as error:  # noqa: BLE001 - as in Lambda, whatever a handler raises is its outcome
            return _raised(function, error, context.aws_request_id)
        return Outcome(context.aws_request_id, json.loads(answer))

    def _answer(self, function: Function, event: str, context: LambdaContext, invocation: Invocation) -> str:
        if self._faults.take(f"handlers/{function.logical_id}", "raise"):
            raise InjectedFaultError("The invocation failed before the handler ran, as was asked for.")
        handler: Handler = self._handlers[function.logical_id]
        answer = json.dumps(handler(json.loads(event), context), ensure_ascii=False)
        if invocation.died:  # and the handler went on all the same
            raise SandboxDied
        if len(answer.encode()) > _MAXIMUM_ANSWER_BYTES:
            raise AnswerTooLargeError("Response payload size exceeded maximum allowed payload size.")
        return answer


class InjectedFaultError(RuntimeError):
    """A fault that somebody switched on."""


class AnswerTooLargeError(RuntimeError):
    """An answer that Lambda would not hand back."""


def _occasion(event: Mapping[str, Any]) -> str:
    """Name the route or the path of the template that an event came by, if it came by one."""
    context = event.get("requestContext", {})
    place = context.get("routeKey") or context.get("resourcePath")
    return f" for {place}" if place else ""


def _context(function: Function, request_id: str) -> LambdaContext:
    deadline = time.monotonic() + function.timeout_seconds
    return LambdaContext(request_id, function.name, function.arn, deadline)


def _raised(function: Function, error: Exception, request_id: str) -> Outcome:
    """Describe an exception as Lambda does (fact LA-1)."""
    _log_exception(function, error, request_id)
    payload = {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }
    return Outcome(request_id, payload, failed=True)


def _died(function: Function, request_id: str) -> Outcome:
    """Describe an invocation whose sandbox died (AWS: Lambda, troubleshooting, `Runtime.ExitError`)."""
    message = f"RequestId: {request_id} Error: Runtime exited with error: signal: killed"
    _log.error("%s: %s", function.logical_id, message)
    return Outcome(request_id, {"errorType": "Runtime.ExitError", "errorMessage": message}, failed=True)


def _log_exception(function: Function, error: Exception, request_id: str) -> None:
    """Log what was raised: what an authorizer answers by, and what was asked for, need no trace."""
    answered = str(error) == "Unauthorized"
    _log.log(
        logging.INFO if answered else logging.ERROR,
        "%s raised %s: %s (request %s)",
        function.logical_id,
        type(error).__name__,
        error,
        request_id,
        exc_info=None if answered or isinstance(error, InjectedFaultError) else error,
    )


def _overrun(function: Function, request_id: str, seconds: float) -> Outcome:
    if seconds < function.timeout_seconds:
        _log.error("%s: its caller gave up after %g s (request %s)", function.logical_id, seconds, request_id)
        return Outcome(request_id, None, failed=True, gave_up=True)
    message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"  # fact LA-3
    _log.error("%s: %s", function.logical_id, message)
    return Outcome(request_id, {"errorType": "Sandbox.Timedout", "errorMessage": message}, failed=True)
