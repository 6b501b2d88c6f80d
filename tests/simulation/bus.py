"""EventBridge, and Lambda's queue before SendMessage: events get lost, repeated, late, retried, kept, replayed."""

from __future__ import annotations

from functools import partial
from typing import Any

from pipeline.handlers import send_message
from tests.simulation import faults
from tests.simulation.facts import Finished
from tests.simulation.functions import LONG_TIME_OUT, Functions
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

# AWS: Lambda, asynchronous invocation: two retries, after one and after two more minutes.
_RETRIES_AFTER = (60.0, 120.0)
# Seconds, on average: some events overtake the answer of the submit.
_LATENCIES = (0.02, 0.2)
_LATE = 60.0


class Bus:
    """Delivers the events of ended statements."""

    def __init__(self, stage: Stage, functions: Functions, stream: Stream) -> None:
        self.dead_letters: list[dict[str, Any]] = []
        self._stage = stage
        self._functions = functions
        self._stream = stream
        self._delivered = 0

    def emit(self, event: dict[str, Any]) -> None:
        """Take an event from the warehouse."""
        name = str(event["detail"]["statementName"])
        stream = self._stream.child(name)
        fault = self._stage.strike(faults.EVENT_FAULTS, stream, name)
        if fault is faults.EVENT_LOST:
            return
        late = _LATE if fault is faults.EVENT_LATE else 0.0
        for number in range(2 + stream.below(4) if fault is faults.EVENT_REPEATED else 1):
            once = stream.child("delivery", number)
            delay = once.exponential(once.choice(_LATENCIES)) + late
            self._stage.after(delay, partial(self.deliver, event, once))

    def replay(self) -> int:
        """Give the dead letters to the function once more, and say how many there were."""
        letters, self.dead_letters = self.dead_letters, []
        for number, event in enumerate(letters):
            self.deliver(event, self._stream.child("replay", self._delivered + number))
        return len(letters)

    def deliver(self, event: dict[str, Any], stream: Stream, tries: int = 0) -> None:
        """Invoke the function with an event; after a failure again, and then keep it as a dead letter."""
        self._delivered += 1

        def then(ended: Finished) -> None:
            if ended.how == "answered":
                return
            if tries == len(_RETRIES_AFTER):
                self.dead_letters.append(event)
                return
            again = stream.child("retry", tries)
            self._stage.after(_RETRIES_AFTER[tries], lambda: self.deliver(event, again, tries + 1))

        self._functions.invoke(
            "send_message",
            str(event["detail"].get("statementId", "")),
            stream.child("invocation"),
            lambda ports: send_message.handle(event, ports),
            then,
            LONG_TIME_OUT,
        )
