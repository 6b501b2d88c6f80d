"""Reading from the pipeline over HTTP: what is asked, what is repeated, and what a refusal becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.client.rest import RestClient, StillRunning, Unreachable
from dashboard.client.tokens import LocalTokens, SignedInToken
from dashboard.client.upstream import Endpoints, PipelineNotReady, Upstream
from pipeline.core.errors import Refusal, error_body
from pipeline.core.reports import Catalogue
from tests.dashboard.client.pipeline_double import STATEMENT_ID, PipelineDouble, pipeline_double

REPORT: dict[str, Any] = {
    "topicName": "daily-summary",
    "version": "3f1c",
    "sql": "select 1",
    "title": "Daily summary",
    "question": "How busy was each day?",
    "maintainer": "data-team",
    "usualSeconds": 2,
    "deadlineSeconds": 60,
    "maximumRows": 400,
    "groups": [],
    "parameters": [],
    "columns": [],
    "kpis": [],
    "notes": [],
    "charts": [],
    "fieldOfALaterVersion": True,
}
DATA: dict[str, Any] = {
    "version": "2015-synthetic-0.01-9a2e",
    "synthetic": True,
    "source": "made by this project",
    "rows": 10,
    "firstDay": "2015-01-01",
    "lastDay": "2015-12-31",
    "missingDays": [],
    "loadedAt": "2026-11-24T14:58:00.000Z",
    "knownDefects": [],
}
CATALOGUE = {"reports": [REPORT], "data": DATA, "problems": []}
PAGE: dict[str, Any] = {
    "statementId": STATEMENT_ID,
    "queryId": "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11",
    "topicName": "daily-summary",
    "reportVersion": "3f1c",
    "dataVersion": "2015-synthetic-0.01-9a2e",
    "synthetic": True,
    "columns": [{"name": "pickup_date", "type": "date"}, {"name": "mean_fare", "type": "decimal"}],
    "records": [["2015-06-01", "13.12"], ["2015-06-02", None]],
    "totalRows": 2,
    "truncated": False,
    "nextPage": None,
}
HISTORY = {
    "maximumActive": 5,
    "queries": [
        {
            "queryId": "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11",
            "topicName": "daily-summary",
            "parameters": {"startDate": "2015-06-01"},
            "state": "failed",
            "statementId": None,
            "submittedAt": "2026-11-24T15:00:00.000Z",
            "finishedAt": "2026-11-24T15:00:01.250Z",
            "rows": None,
            "resultExpiresAt": None,
            "reportVersion": "3f1c",
            "dataVersion": "v",
            "synthetic": True,
            "error": {"code": "sql_error", "message": "No such column."},
        }
    ],
}


@pytest.fixture
def double() -> Iterator[PipelineDouble]:
    with pipeline_double() as running:
        yield running


@pytest.fixture
def rest(double: PipelineDouble) -> RestClient:
    return RestClient(Upstream(lambda: double.endpoints, LocalTokens("analyst")))


def answer_in_turn(double: PipelineDouble, *answers: tuple[int, Any]) -> None:
    waiting = list(answers)
    double.on_get = lambda _: waiting.pop(0)


def refused(code: str) -> tuple[int, Any]:
    refusal = Refusal(code, "A sentence for a person.", "startDate")
    return refusal.status, error_body(refusal, "request-1")


def test_the_catalogue_is_read_and_told_to_whoever_wants_to_know_it(double: PipelineDouble) -> None:
    known: list[Catalogue] = []
    rest = RestClient(Upstream(lambda: double.endpoints, LocalTokens("analyst")), known.append)
    answer_in_turn(double, (200, CATALOGUE))
    catalogue = rest.catalogue()
    assert [report.topic_name for report in catalogue.reports] == ["daily-summary"]
    assert catalogue.data.synthetic
    assert known == [catalogue]


def test_every_call_carries_the_token(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (200, CATALOGUE))
    rest.catalogue()
    assert double.gets == [("/prod/reports", "Bearer token-1")]


def test_a_report_is_read_in_the_version_that_ran(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (200, CATALOGUE))
    assert rest.report("daily-summary", "3f1c").version == "3f1c"
    assert double.gets[0][0] == "/prod/reports?topicName=daily-summary&version=3f1c"


def test_a_page_keeps_null_and_the_digits_of_decimals(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (200, PAGE))
    page = rest.page(STATEMENT_ID, None)
    assert [tuple(row) for row in page.records] == [("2015-06-01", "13.12"), ("2015-06-02", None)]
    assert double.gets[0][0] == f"/prod/results/{STATEMENT_ID}"


def test_the_token_of_the_next_page_survives_the_address(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (200, PAGE))
    rest.page(STATEMENT_ID, "a+b/c=&d")
    assert double.gets[0][0] == f"/prod/results/{STATEMENT_ID}?page=a%2Bb%2Fc%3D%26d"


def test_the_history_is_read(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (200, HISTORY))
    history = rest.queries()
    (item,) = history.queries
    assert history.maximum_active == 5
    assert item.error is not None
    assert (item.state, item.error.code) == ("failed", "sql_error")


@pytest.mark.parametrize(
    "code", ["not_found", "result_expired", "query_failed", "result_too_large", "forbidden"]
)
def test_a_refusal_keeps_its_code_and_sentence_and_is_not_repeated(
    double: PipelineDouble, rest: RestClient, code: str
) -> None:
    answer_in_turn(double, refused(code))
    with pytest.raises(Refusal) as told:
        rest.page(STATEMENT_ID, None)
    assert (told.value.code, told.value.message, told.value.field) == (
        code,
        "A sentence for a person.",
        "startDate",
    )


@pytest.mark.parametrize("broken", [(500, {}), (502, b"<html>"), (504, {}), (200, b'{"queries": [')])
def test_a_failing_pipeline_and_a_damaged_answer_are_asked_again(
    double: PipelineDouble, rest: RestClient, broken: tuple[int, Any]
) -> None:
    answer_in_turn(double, broken, broken, (200, HISTORY))
    assert len(rest.queries().queries) == 1


def test_what_stays_broken_is_said_after_three_tries(double: PipelineDouble, rest: RestClient) -> None:
    double.on_get = lambda _: (502, b"")
    with pytest.raises(Unreachable) as told:
        rest.queries()
    assert "try again" in told.value.sentence
    assert len(double.gets) == 3


def test_a_pipeline_that_says_why_it_fails_is_believed_in_the_end(
    double: PipelineDouble, rest: RestClient
) -> None:
    double.on_get = lambda _: refused("warehouse_unavailable")
    with pytest.raises(Refusal, match="A sentence for a person"):
        rest.queries()
    assert len(double.gets) == 3


def test_a_page_is_asked_for_once_so_that_whoever_waits_can_be_told(
    double: PipelineDouble, rest: RestClient
) -> None:
    answer_in_turn(double, (500, {}), (200, PAGE))
    with pytest.raises(Unreachable):
        rest.page(STATEMENT_ID, None)
    assert len(double.gets) == 1


def test_a_query_that_still_runs_is_no_answer_and_no_refusal(
    double: PipelineDouble, rest: RestClient
) -> None:
    answer_in_turn(double, (202, {"state": "running", "queryId": PAGE["queryId"], "retryAfterSeconds": 2}))
    with pytest.raises(StillRunning):
        rest.page(STATEMENT_ID, None)


def test_a_refused_token_is_renewed_once(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, refused("unauthorized"), (200, HISTORY))
    rest.queries()
    assert [authorization for _, authorization in double.gets] == ["Bearer token-1", "Bearer token-2"]


def test_a_token_refused_twice_is_a_refusal(double: PipelineDouble, rest: RestClient) -> None:
    double.on_get = lambda _: refused("unauthorized")
    with pytest.raises(Refusal) as told:
        rest.queries()
    assert told.value.code == "unauthorized"
    assert len(double.gets) == 2


def test_nobody_signed_in_is_a_refusal_and_nothing_is_asked(double: PipelineDouble) -> None:
    rest = RestClient(Upstream(lambda: double.endpoints, SignedInToken(None)))
    with pytest.raises(Refusal) as told:
        rest.queries()
    assert (told.value.code, double.gets) == ("unauthorized", [])


def test_a_pipeline_that_is_not_there_is_said_in_its_own_words() -> None:
    def not_ready() -> Endpoints:
        raise PipelineNotReady("The local pipeline is starting.", starting=True)

    with pytest.raises(Unreachable) as told:
        RestClient(Upstream(not_ready, LocalTokens("analyst"))).catalogue()
    assert told.value.sentence == "The local pipeline is starting."


def test_an_answer_of_another_form_is_said_and_breaks_nothing(
    double: PipelineDouble, rest: RestClient
) -> None:
    answer_in_turn(double, (200, {"reports": "none"}))
    with pytest.raises(Unreachable):
        rest.catalogue()


def test_redirects_are_not_followed_with_our_token(double: PipelineDouble, rest: RestClient) -> None:
    answer_in_turn(double, (302, {}))
    with pytest.raises(Unreachable):
        rest.queries()
    assert len(double.gets) == 1
