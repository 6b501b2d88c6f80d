"""EventBridge's own API, as far as somebody needs it here: PutEvents on the default bus."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from infra.local.place import ACCOUNT, REGION

Answer = dict[str, Any]


class EventsApi:
    """Answers calls of the service `events`."""

    def __init__(self, put: Callable[[dict[str, Any]], None]) -> None:
        self._put = put

    def answer(self, operation: str, payload: dict[str, Any]) -> tuple[int, Answer]:
        """Give the HTTP status and body of a call; every operation but PutEvents is refused by its name."""
        if operation != "PutEvents":
            message = f"The local stand-in does not imitate {operation} of EventBridge: its rules are the template's."
            return 400, {"__type": "OperationNotSupportedException", "message": message}
        results = [self._put_entry(entry) for entry in payload.get("Entries", [])]
        failed = sum("ErrorCode" in result for result in results)
        return 200, {"FailedEntryCount": failed, "Entries": results}

    def _put_entry(self, entry: dict[str, Any]) -> Answer:
        source = str(entry.get("Source", ""))
        if source.startswith("aws."):
            return _failed("NotAuthorizedForSourceException", "Not authorized for the source.")
        try:
            detail = json.loads(entry["Detail"])
        except (KeyError, TypeError, ValueError):
            return _failed("MalformedDetail", "Detail is malformed.")
        event = _event(source, entry, detail)
        self._put(event)
        return {"EventId": event["id"]}


def _event(source: str, entry: dict[str, Any], detail: Any) -> dict[str, Any]:
    """Make the event that a target gets (fact EB-1)."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": entry.get("DetailType", ""),
        "source": source,
        "account": ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": entry.get("Resources", []),
        "detail": detail,
    }


def _failed(code: str, message: str) -> Answer:
    return {"ErrorCode": code, "ErrorMessage": message}
