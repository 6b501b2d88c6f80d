"""Clients that are no dashboard: scripts that connect with a question, and strangers who ask for others' things."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.simulation.facts import Heard, Pressed, Sent
from tests.simulation.gateway import Gateway
from tests.simulation.handshake import Line
from tests.simulation.messages import address_of, parsed
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

STAYS = 30.0


class Script:
    """A raw connection: sends its frames once it is open, notes what it hears, and leaves after a while."""

    def __init__(self, stage: Stage, gateway: Gateway, name: str, owner: str, stream: Stream) -> None:
        self.name = name
        self.owner = owner
        self._stage = stage
        self._gateway = gateway
        self._stream = stream
        self._frames: list[str] = []

    def connect(self, token: str, query_id: str | None, *frames: Mapping[str, Any]) -> None:
        """Connect, with a question in the address where `query_id` is given."""
        self._frames = [json.dumps(frame) for frame in frames]
        query = {} if query_id is None else address_of(query_id)
        for asked in [query_id, *(str(f["queryId"]) for f in frames if f.get("action") == "run")]:
            if asked is not None:
                self._stage.note(Pressed(self._stage.now, self.name, self.owner, asked))
        self._gateway.connect(self, token, query, self._stream)

    def opened(self, line: Line) -> None:
        for frame in self._frames:
            self._stage.note(Sent(self._stage.now, self.name, self.owner, frame))
            self._gateway.send(line, frame)
        self._stage.after(STAYS, lambda: self._gateway.leave(line))

    def refused(self, status: int | None) -> None:
        """A script does not try again."""

    def hear(self, line: Line, text: str) -> None:
        self._stage.note(Heard(self._stage.now, self.name, self.owner, parsed(text)))

    def lost(self, line: Line, detail: str) -> None:
        """A script does not come back."""
