"""The rule and its pattern: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "an event pattern with another principal",
        "EventBridgeRedshiftEventRule",
        "${OnConnectFunction}",
        "${SendMessageFunction}",
        "principal:",
        "EventBridgeRedshiftEventRule: its pattern allows detail.principal"
        " ['arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-send-message'],"
        " but the events of our statements say"
        " 'arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect'.",
    ),
    Mistake(
        "a function that submits under another role than the rule's",
        "OnConnectFunction",
        "!GetAtt StatementRole.Arn",
        "!GetAtt OnDisconnectRole.Arn",
        "principal:",
        "EventBridgeRedshiftEventRule: its pattern allows detail.principal"
        " ['arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-statements/nyc-taxi-insights-on-connect'],"
        " but the events of our statements say"
        " 'arn:aws:sts::123456789012:assumed-role/nyc-taxi-insights-OnDisconnectRole/nyc-taxi-insights-on-connect'.",
        told_in="EventBridgeRedshiftEventRule",
    ),
    Mistake(
        "an event pattern with another source",
        "EventBridgeRedshiftEventRule",
        "[aws.redshift-data]",
        "[aws.redshift]",
        "source:",
        "EventBridgeRedshiftEventRule: its pattern allows source ['aws.redshift'], but the events of our statements"
        " say 'aws.redshift-data'.",
    ),
    Mistake(
        "an event pattern with another detail type",
        "EventBridgeRedshiftEventRule",
        "Status Change]",
        "State Change]",
        "detail-type:",
        "EventBridgeRedshiftEventRule: its pattern allows detail-type ['Redshift Data Statement State Change'], but"
        " the events of our statements say 'Redshift Data Statement Status Change'.",
    ),
    Mistake(
        "a rule's target that is no function",
        "EventBridgeRedshiftEventRule",
        "!GetAtt SendMessageFunction.Arn",
        "!GetAtt ReportsBucket.Arn",
        "Arn: !GetAtt ReportsBucket.Arn",
        "EventBridgeRedshiftEventRule: Targets.Arn is 'arn:aws:s3:::nyc-taxi-insights-reportsbucket', which is no"
        " AWS::Lambda::Function of this stack.",
    ),
    Mistake(
        "a rule that is switched off",
        "EventBridgeRedshiftEventRule",
        "State: ENABLED",
        "State: DISABLED",
        "State:",
        "EventBridgeRedshiftEventRule: State is 'DISABLED'; the stand-in can do ENABLED only.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
