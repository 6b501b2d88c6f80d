"""Events that tell of none of our queries are counted on AWS: the template's filter looks for what is logged."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from infra.local.template.document import load
from infra.local.template.nodes import plain
from pipeline.handlers import send_message
from tests.fakes.ports import FakePorts
from tests.infra.local.template.edited import TEMPLATE
from tests.pipeline.builders import OTHER_QUERY_ID, OWNER
from tests.pipeline.handlers.scene import submit

pytestmark = pytest.mark.fast


def filters() -> Any:
    return plain(load(TEMPLATE).resources["ForeignEventsMetric"].properties)


def terms() -> set[str]:
    """Give the words of which a log line must hold one (AWS: CloudWatch Logs, filter pattern syntax, `?term`)."""
    return {term.removeprefix("?") for term in filters()["FilterPattern"].split()}


@pytest.mark.parametrize("name", ["nightly-load", "", f"{OWNER}/{OTHER_QUERY_ID}"])
def test_an_event_of_no_query_of_ours_is_logged_under_a_name_that_is_counted(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    ports = FakePorts()
    ports.warehouse.finish(submit(ports))
    (event,) = ports.warehouse.events
    event["detail"]["statementName"] = name
    with caplog.at_level(logging.WARNING, logger="pipeline"):
        send_message.handle(event, ports)
    (line,) = caplog.messages
    assert json.loads(line)["event"] in terms()


def test_every_name_that_is_counted_is_one_that_is_logged_and_counts_one() -> None:
    assert terms() == {"foreign_event", "event_without_query"}
    assert filters()["LogGroupName"] == {"Fn::Ref": "FunctionLogs"}
    (metric,) = filters()["MetricTransformations"]
    assert (metric["MetricName"], metric["MetricValue"]) == ("ForeignEvents", "1")
