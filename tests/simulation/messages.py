"""What clients of a schedule say: the one report's question, as a message and as an address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dashboard.client.events import Pace
from tests.fakes.ports import JUNE

TOPIC = "daily-summary"
PACE = Pace(usual_seconds=2, deadline_seconds=60)


def run_message(query_id: str, parameters: Mapping[str, str] = JUNE) -> dict[str, Any]:
    """Write a `run` as any client would."""
    return {"action": "run", "queryId": query_id, "topicName": TOPIC, "parameters": dict(parameters)}


def address_of(query_id: str) -> dict[str, list[str]]:
    """Write a question as the parameters of a connection's address."""
    return {name: [value] for name, value in {"topicName": TOPIC, **JUNE, "queryId": query_id}.items()}


@lru_cache(maxsize=4096)
def parsed(text: str) -> Mapping[str, Any]:
    """Read a frame or a body; the same text is heard, posted and judged several times, and nobody changes it."""
    message: Mapping[str, Any] = json.loads(text)
    return message


def told(message: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """Give what a frame says of single queries."""
    if message is None or "type" not in message:
        return []
    return list(message["queries"]) if message["type"] == "resumed" else [message]


def ids_in(text: str) -> list[str]:
    """Give the queries that a client's frame names."""
    message = parsed(text)
    return [*message.get("queryIds", []), *([message["queryId"]] if "queryId" in message else [])]
