"""Events that could not be delivered: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import line_of, refusal, without

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a queue that another service may send to",
        "UndeliveredEventsQueuePolicy",
        "events.amazonaws.com",
        "sns.amazonaws.com",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a queue that another rule may send to",
        "UndeliveredEventsQueuePolicy",
        "!GetAtt EventBridgeRedshiftEventRule.Arn",
        "!GetAtt SendMessageFunction.Arn",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a queue that may be read where it should take",
        "UndeliveredEventsQueuePolicy",
        "sqs:SendMessage",
        "sqs:ReceiveMessage",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "a policy of a queue that refuses",
        "UndeliveredEventsQueuePolicy",
        "Effect: Allow",
        "Effect: Deny",
        "DeadLetterConfig:",
        "EventBridgeRedshiftEventRule: no AWS::SQS::QueuePolicy lets events.amazonaws.com send to"
        " UndeliveredEventsQueue for it.",
        "EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "retries of a function that no rule invokes",
        "SendMessageRetries",
        "!Ref SendMessageFunction",
        "!Ref GetResultsFunction",
        "FunctionName:",
        "SendMessageRetries: it is about GetResultsFunction, which is no rule's target and never runs"
        " asynchronously.",
    ),
    Mistake(
        "a rule without a dead-letter queue",
        "EventBridgeRedshiftEventRule",
        "          DeadLetterConfig: {Arn: !GetAtt UndeliveredEventsQueue.Arn}",
        "",
        "Targets:",
        "EventBridgeRedshiftEventRule: events that it cannot deliver would be lost: its target has no"
        " DeadLetterConfig.",
    ),
    Mistake(
        "retries that end nowhere",
        "SendMessageRetries",
        "      DestinationConfig: {OnFailure: {Destination: !GetAtt UndeliveredEventsQueue.Arn}}",
        "",
        "Type: AWS::",
        "SendMessageRetries: events that SendMessageFunction fails on would be lost: it has no OnFailure"
        " destination.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


def test_a_target_whose_failures_go_nowhere_is_named(tmp_path: Path) -> None:
    path = without(tmp_path, "SendMessageRetries")
    error = refusal(path)
    assert error.message == (
        "EventBridgeRedshiftEventRule: events that SendMessageFunction fails on would be lost: it has no"
        " EventInvokeConfig."
    )
    assert error.line == line_of(path, "Targets:", "EventBridgeRedshiftEventRule")
