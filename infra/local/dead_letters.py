"""What becomes of an event that could not be delivered: a message in the queue that the template names."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from infra.local.functions import Outcome

Attributes = Mapping[str, str]


class DeadLetters:
    """Sends to SQS queues by their ARN."""

    def __init__(self, sqs: Callable[[], Any]) -> None:
        """Use the client that `sqs` makes; it is made when the first message is sent."""
        self._sqs = sqs

    async def send(self, queue_arn: str | None, body: Mapping[str, Any], attributes: Attributes) -> None:
        """Send one message; None as queue drops it, as AWS does."""
        if queue_arn is not None:
            await asyncio.to_thread(self._send, queue_arn, json.dumps(body), attributes)

    def _send(self, queue_arn: str, body: str, attributes: Attributes) -> None:
        sqs = self._sqs()
        address = sqs.get_queue_url(QueueName=queue_arn.rpartition(":")[2])["QueueUrl"]
        typed = {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()}
        sqs.send_message(QueueUrl=address, MessageBody=body, MessageAttributes=typed)


def failure_record(
    function_arn: str, event: Mapping[str, Any], runs: int, outcome: Outcome
) -> dict[str, Any]:
    """Describe an asynchronous invocation whose retries are used up (fact LA-4)."""
    return {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": {
            "requestId": outcome.request_id,
            "functionArn": f"{function_arn}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": runs,
        },
        "requestPayload": event,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": outcome.payload,
    }


def refusal_attributes(rule_arn: str, target_arn: str) -> Attributes:
    """Say why an event never reached its target (AWS: EventBridge user guide, dead-letter queues)."""
    return {
        "RULE_ARN": rule_arn,
        "TARGET_ARN": target_arn,
        "ERROR_CODE": "NO_PERMISSIONS",
        "ERROR_MESSAGE": "The rule has no permission to invoke the function.",
    }
