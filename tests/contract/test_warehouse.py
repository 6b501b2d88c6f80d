"""The contract of `Warehouse`, kept in memory and by the adapter over the stand-in's Data API."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.identifiers import client_token, is_statement_id, statement_name
from pipeline.core.result_pages import result_columns, result_records
from pipeline.core.statement_ends import parse_event
from pipeline.ports import PageUnknownError, ResultGoneError, StatementRefusedError, WarehouseBusyError
from tests.contract.data_api import FakeHouse, House, LocalHouse, local_house, make_database, select
from tests.pipeline.builders import OWNER, STATEMENT_ID

RUNNING = {"SUBMITTED", "PICKED", "STARTED"}


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("warehouse") / "numbers.duckdb")


@pytest.fixture
def local(database: Path) -> Iterator[LocalHouse]:
    with local_house(database) as house:
        yield house


@pytest.fixture(params=["fake", "local"])
def house(request: pytest.FixtureRequest) -> House:
    if request.param == "fake":
        return FakeHouse()
    made: House = request.getfixturevalue("local")
    return made


def start(house: House, sql: str = "", query_id: str = "", **parameters: str) -> str:
    """Start a statement of a query of its own."""
    query_id = query_id or str(uuid.uuid4())
    name, token = statement_name(OWNER, query_id), client_token(OWNER, query_id)
    return house.warehouse.execute(sql or select(3), parameters, name, token)


def test_a_statement_that_starts_has_an_id_of_its_own(house: House) -> None:
    # facts RD-1, RD-2
    ids = {start(house) for _ in range(3)}
    assert len(ids) == 3
    assert all(is_statement_id(statement_id) for statement_id in ids)


def test_the_same_token_never_starts_a_second_statement(house: House) -> None:
    house.hold()
    query_id = str(uuid.uuid4())
    ids = {start(house, query_id=query_id) for _ in range(3)}
    assert len(ids) == 1
    house.warehouse.cancel(ids.pop())


def test_a_running_statement_says_so(house: House) -> None:
    # fact RD-8
    house.hold()
    statement_id = start(house)
    description = house.warehouse.describe(statement_id)
    assert description is not None
    assert description.state in RUNNING
    assert (description.rows, description.error) == (None, None)
    house.warehouse.cancel(statement_id)


def test_a_finished_statement_says_how_many_rows_it_has(house: House) -> None:
    # facts RD-3, RD-4
    statement_id = start(house)
    house.settle(statement_id, rows=3)
    description = house.warehouse.describe(statement_id)
    assert description is not None
    assert (description.state, description.rows, description.error) == ("FINISHED", 3, None)
    assert description.updated_at.tzinfo is not None


def test_the_event_of_an_end_leads_back_to_its_query(house: House) -> None:
    # facts EV-1, EV-2
    query_id = str(uuid.uuid4())
    statement_id = start(house, query_id=query_id)
    event = parse_event(house.settle(statement_id, rows=3))
    assert event is not None
    assert (event.owner, event.query_id, event.statement_id) == (OWNER, query_id, statement_id)
    assert (event.state, event.rows) == ("FINISHED", 3)
    assert event.expires_at is not None


def test_sql_that_fails_is_a_failed_statement_and_no_error_of_the_call(house: House) -> None:
    # fact RD-11
    statement_id = start(house, "select 1 as one from nowhere")
    event = parse_event(house.break_down(statement_id))
    description = house.warehouse.describe(statement_id)
    assert event is not None
    assert description is not None
    assert (event.state, description.state, description.rows) == ("FAILED", "FAILED", None)
    assert "nowhere" in str(description.error)


def test_a_statement_that_nobody_started_is_not_known(house: House) -> None:
    assert house.warehouse.describe(STATEMENT_ID) is None


def test_a_cancelled_statement_ends_as_aborted(house: House) -> None:
    house.hold()
    statement_id = start(house)
    house.warehouse.cancel(statement_id)
    event = parse_event(house.settle(statement_id))
    assert event is not None
    assert (event.state, event.rows) == ("ABORTED", None)


def test_cancelling_what_has_ended_or_was_never_there_is_harmless(house: House) -> None:
    statement_id = start(house)
    house.settle(statement_id, rows=3)
    house.warehouse.cancel(statement_id)
    house.warehouse.cancel(STATEMENT_ID)
    description = house.warehouse.describe(statement_id)
    assert description is not None
    assert description.state == "FINISHED"


def test_the_rows_of_a_result_are_its_columns_and_fields(house: House) -> None:
    statement_id = start(house)
    house.settle(statement_id, rows=3)
    page = house.warehouse.page(statement_id, None)
    assert [(column.name, column.type) for column in result_columns(page)] == [("trips", "integer")]
    assert result_records(page) == [(0,), (1,), (2,)]
    assert (page.total_rows, page.next_token) == (3, None)


def test_a_result_without_rows_still_has_its_columns(house: House) -> None:
    statement_id = start(house, select(0))
    house.settle(statement_id, rows=0)
    page = house.warehouse.page(statement_id, None)
    assert (list(page.records), page.total_rows, page.next_token) == ([], 0, None)
    assert [column.name for column in result_columns(page)] == ["trips"]


def test_the_pages_of_a_long_result_are_its_rows_each_once(house: House) -> None:
    statement_id = start(house, select(2_500))
    house.settle(statement_id, rows=2_500)
    rows, token = [], None
    for _ in range(3):
        page = house.warehouse.page(statement_id, token)
        rows += result_records(page)
        token = page.next_token
        assert page.total_rows == 2_500
    assert (rows, token) == ([(n,) for n in range(2_500)], None)


def test_a_page_can_be_read_again(house: House) -> None:
    statement_id = start(house, select(1_500))
    house.settle(statement_id, rows=1_500)
    token = house.warehouse.page(statement_id, None).next_token
    assert house.warehouse.page(statement_id, token) == house.warehouse.page(statement_id, token)


@pytest.mark.parametrize("how", ["unknown", "failed", "cancelled"])
def test_what_has_no_result_is_gone(house: House, how: str) -> None:
    statement_id = STATEMENT_ID
    if how == "failed":
        statement_id = start(house, "select 1 as one from nowhere")
        house.break_down(statement_id)
    if how == "cancelled":
        house.hold()
        statement_id = start(house)
        house.warehouse.cancel(statement_id)
        house.settle(statement_id)
    with pytest.raises(ResultGoneError):
        house.warehouse.page(statement_id, None)


def test_a_busy_warehouse_says_that_the_same_call_may_be_repeated(house: House) -> None:
    house.be_busy()
    with pytest.raises(WarehouseBusyError) as caught:
        start(house)
    assert caught.value.code == "warehouse_busy"


# what only the engine has


def test_a_value_is_bound_and_never_pasted(local: LocalHouse) -> None:
    hostile = "x' or 1=1 --"
    statement_id = start(local, "select :text::varchar as said", text=hostile)
    local.settle(statement_id)
    assert result_records(local.warehouse.page(statement_id, None)) == [(hostile,)]


def test_a_parameter_that_the_sql_does_not_use_is_refused_for_good(local: LocalHouse) -> None:
    with pytest.raises(StatementRefusedError, match="unused"):
        start(local, select(1), spare="1")


def test_a_token_that_names_no_page_is_refused(house: House) -> None:
    statement_id = start(house)
    house.settle(statement_id, rows=3)
    with pytest.raises(PageUnknownError):
        house.warehouse.page(statement_id, "nonsense")
