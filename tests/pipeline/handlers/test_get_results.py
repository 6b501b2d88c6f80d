from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from pipeline.handlers import get_results
from pipeline.ports import ResultTooLargeError, WarehouseBusyError
from tests.fakes.others import START
from tests.fakes.ports import REPORT, FakePorts, rest_event
from tests.fakes.warehouse import FakeWarehouse
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID, STRANGER, report
from tests.pipeline.handlers.scene import deliver_events, record, run_message, send, submit
from tests.pipeline.recording import Killed, RecordedPorts

pytestmark = pytest.mark.fast


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts()


def answer(ports: FakePorts, statement_id: str, page: str | None = None, **who: str) -> dict[str, Any]:
    event = rest_event({"statementId": statement_id}, {"page": page} if page else None, **who)
    return get_results.handle(event, ports)


def get(ports: FakePorts, statement_id: str, page: str | None = None, **who: str) -> tuple[int, Any]:
    answered = answer(ports, statement_id, page, **who)
    return answered["statusCode"], json.loads(answered["body"])


def refused(ports: FakePorts, statement_id: str, **who: str) -> tuple[int, str]:
    status, body = get(ports, statement_id, **who)
    assert body["error"]["message"].endswith((".", "press."))
    return status, body["error"]["code"]


def finished(ports: FakePorts, rows: int = 3) -> str:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id, rows)
    deliver_events(ports)
    return statement_id


def test_a_finished_statement_gives_its_rows_and_says_what_they_are(ports: FakePorts) -> None:
    statement_id = finished(ports)
    assert get(ports, statement_id) == (
        200,
        {
            "statementId": statement_id,
            "queryId": QUERY_ID,
            "topicName": "daily-summary",
            "reportVersion": report().version,
            "dataVersion": "2015-synthetic-0.01-test",
            "synthetic": True,
            "columns": [{"name": "trips", "type": "integer"}],
            "records": [[0], [1], [2]],
            "totalRows": 3,
            "truncated": False,
            "nextPage": None,
        },
    )


def test_rows_cost_one_call_of_the_warehouse_and_no_description(ports: FakePorts) -> None:
    get(ports, finished(ports))
    assert ports.warehouse.described == []


def test_an_answer_of_no_rows_still_has_its_columns(ports: FakePorts) -> None:
    status, body = get(ports, finished(ports, rows=0))
    assert (status, body["records"], body["totalRows"], len(body["columns"])) == (200, [], 0, 1)


def test_all_pages_together_are_the_answer(ports: FakePorts) -> None:
    ports.warehouse = FakeWarehouse(ports.clock, page_rows=2)
    statement_id = finished(ports, rows=5)
    rows, page = [], None
    for _ in range(3):
        _, body = get(ports, statement_id, page)
        rows += body["records"]
        page = body["nextPage"]
    assert (rows, page) == ([[0], [1], [2], [3], [4]], None)


def test_the_row_over_the_cap_is_said_and_not_served(ports: FakePorts) -> None:
    _, body = get(ports, finished(ports, rows=6))
    assert (len(body["records"]), body["totalRows"], body["truncated"]) == (5, 5, True)


def test_a_statement_that_runs_answers_202_and_when_to_ask_again(ports: FakePorts) -> None:
    answered = answer(ports, submit(ports))
    assert (answered["statusCode"], answered["headers"]["Retry-After"]) == (202, "2")
    assert json.loads(answered["body"]) == {"state": "running", "queryId": QUERY_ID, "retryAfterSeconds": 2}


def test_asking_for_a_silent_statement_heals_its_query(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.finish(statement_id, rows=3)
    ports.warehouse.events.clear()
    assert get(ports, statement_id)[0] == 202
    ports.clock.pass_seconds(11)
    assert get(ports, statement_id)[0] == 200
    assert (record(ports).state, ports.warehouse.described) == ("finished", [statement_id])


def test_another_owners_statement_does_not_exist_for_you(ports: FakePorts) -> None:
    statement_id = finished(ports)
    nobodys = refused(ports, STATEMENT_ID)
    assert refused(ports, statement_id, owner=STRANGER) == nobodys == (404, "not_found")


@pytest.mark.parametrize(
    "statement_id", ["x", "", STATEMENT_ID + ":1", STATEMENT_ID.upper(), "%2e%2e", "' or 1=1"]
)
def test_what_is_no_statement_id_is_not_found(ports: FakePorts, statement_id: str) -> None:
    # fact RP-6
    assert refused(ports, statement_id) == (404, "not_found")


def test_without_an_authorizer_nothing_is_found(ports: FakePorts) -> None:
    event = rest_event({"statementId": finished(ports)})
    del event["requestContext"]["authorizer"]
    assert get_results.handle(event, ports)["statusCode"] == 401


def test_a_report_of_another_group_is_not_read_through_its_results(ports: FakePorts) -> None:
    ports.reports.put(
        "daily-summary", REPORT.replace("maximumRows = 5", 'maximumRows = 5\ngroups = ["finance"]')
    )
    statement_id = send(ports, run_message(), groups="finance")["statementId"]
    ports.warehouse.finish(statement_id)
    deliver_events(ports)
    assert refused(ports, statement_id, groups="ops") == (404, "not_found")
    assert get(ports, statement_id, groups="finance")[0] == 200


def test_the_groups_are_those_of_the_version_that_ran(ports: FakePorts) -> None:
    statement_id = finished(ports)
    ports.reports.put(
        "daily-summary", REPORT.replace("maximumRows = 5", 'maximumRows = 5\ngroups = ["finance"]')
    )
    assert get(ports, statement_id)[0] == 200


def test_a_failed_query_says_why_it_has_no_rows(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.warehouse.fail(statement_id, 'ERROR: column "fare" does not exist')
    deliver_events(ports)
    status, body = get(ports, statement_id)
    assert (status, body["error"]["code"]) == (409, "query_failed")
    assert 'column "fare" does not exist' in body["error"]["message"]


def test_a_cancelled_query_has_no_rows(ports: FakePorts) -> None:
    statement_id = submit(ports)
    send(ports, {"action": "cancel", "queryId": QUERY_ID})
    assert refused(ports, statement_id) == (409, "query_cancelled")


def test_an_overdue_query_fails_when_it_is_asked_for(ports: FakePorts) -> None:
    statement_id = submit(ports)
    ports.clock.pass_seconds(61)
    assert refused(ports, statement_id) == (409, "query_failed")
    assert record(ports).error_code == "deadline_exceeded"


def test_a_result_is_served_for_a_day_from_the_submit_and_not_longer(ports: FakePorts) -> None:
    statement_id = finished(ports)
    ports.clock.time = START + timedelta(hours=24)
    assert get(ports, statement_id)[0] == 200
    ports.clock.pass_seconds(1)
    assert refused(ports, statement_id) == (410, "result_expired")


def test_a_result_that_the_warehouse_forgot_is_expired(ports: FakePorts) -> None:
    statement_id = finished(ports)
    ports.warehouse.statements.clear()
    assert refused(ports, statement_id) == (410, "result_expired")


class Troubled(FakeWarehouse):
    """A warehouse whose results cannot be read."""

    trouble: Exception

    def page(self, statement_id: str, token: str | None) -> Any:
        raise self.trouble


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (ResultTooLargeError("size limit"), (413, "result_too_large")),
        (WarehouseBusyError("warehouse_busy", "Busy."), (503, "warehouse_busy")),
        (WarehouseBusyError("warehouse_unavailable", "Away."), (503, "warehouse_unavailable")),
    ],
)
def test_a_result_that_cannot_be_read_says_why(
    ports: FakePorts, trouble: Exception, expected: tuple[int, str]
) -> None:
    ports.warehouse = Troubled(ports.clock)
    ports.warehouse.trouble = trouble
    assert refused(ports, finished(ports)) == expected


def test_a_page_over_what_lambda_hands_back_is_too_large(ports: FakePorts) -> None:
    statement_id = finished(ports)
    ports.warehouse.statements[statement_id].columns = [("note", "varchar")]
    ports.warehouse.statements[statement_id].rows = [[{"stringValue": "é" * 2_760_000}]]
    assert refused(ports, statement_id) == (413, "result_too_large")
    ports.warehouse.statements[statement_id].rows = [[{"stringValue": "é" * 2_700_000}]]
    assert get(ports, statement_id)[0] == 200


def test_a_result_is_found_even_if_the_submit_died_before_it_linked_it(ports: FakePorts) -> None:
    with pytest.raises(Killed):
        send(RecordedPorts(ports, die_before="records.link"), run_message())
    (statement_id,) = ports.warehouse.statements
    ports.warehouse.finish(statement_id)
    deliver_events(ports)
    assert ports.records.statements == {(OWNER, statement_id): QUERY_ID}
    assert get(ports, statement_id)[0] == 200
