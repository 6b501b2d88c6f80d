"""`NEEDS` is true: each handler reads exactly its variables, and says which one is missing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from pipeline.bootstrap import AwsPorts
from pipeline.handlers import (
    authorize,
    get_results,
    list_queries,
    list_reports,
    on_connect,
    on_disconnect,
    send_message,
)
from pipeline.settings import NEEDS, MissingSettingError, Settings
from tests.contract.servers import Reply, serving
from tests.fakes.others import FakeTokens
from tests.fakes.ports import FakePorts, disconnect_event, message_event, rest_event
from tests.pipeline.builders import QUERY_ID
from tests.pipeline.handlers.scene import deliver_events, run_message, submit

ENVIRONMENT = {
    "LOG_LEVEL": "INFO",
    "CONNECTIONS_TABLE": "client_connections",
    "REPORTS_BUCKET": "bucket",
    "REPORTS_PREFIX": "reports/",
    "WAREHOUSE_WORKGROUP": "local",
    "WAREHOUSE_DATABASE": "dev",
    "WEBSOCKET_ENDPOINT_PARAMETER": "/stack/endpoint",
    "TOKEN_ISSUER": "https://issuer",
    "TOKEN_AUDIENCE": "audience",
    "TOKEN_JWKS_URL": "http://127.0.0.1:1/jwks.json",
    "QUERY_DEADLINE_SECONDS": "900",
    "MAX_ACTIVE_QUERIES": "5",
}


class ReadEnvironment(dict[str, str]):
    """An environment that notes what is read."""

    def __init__(self, content: Mapping[str, str]) -> None:
        super().__init__(content)
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


class TouchedPorts:
    """The ports of a world, noting which of them a handler reaches for."""

    def __init__(self, world: FakePorts) -> None:
        self._world = world
        self.touched: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.touched.add(name)
        return getattr(self._world, name)


def on_connect_runs(ports: Any, _: FakePorts) -> None:
    on_connect.handle(message_event(run_message()), ports)
    on_connect.handle(message_event({"action": "resume", "queryIds": [QUERY_ID]}), ports)
    on_connect.handle(message_event({"action": "cancel", "queryId": QUERY_ID}), ports)


def send_message_runs(ports: Any, world: FakePorts) -> None:
    statement_id = submit(world)
    world.warehouse.fail(statement_id, "ERROR: Divide by zero")
    send_message.handle(world.warehouse.events.pop(), ports)


def get_results_runs(ports: Any, world: FakePorts) -> None:
    statement_id = submit(world)
    get_results.handle(rest_event({"statementId": statement_id}), ports)
    world.warehouse.finish(statement_id)
    deliver_events(world)
    assert get_results.handle(rest_event({"statementId": statement_id}), ports)["statusCode"] == 200


def on_disconnect_runs(ports: Any, world: FakePorts) -> None:
    submit(world)
    on_disconnect.handle(disconnect_event(), ports)


def list_reports_runs(ports: Any, world: FakePorts) -> None:
    version = world.reports.report("daily-summary").version
    list_reports.handle(rest_event(), ports)
    list_reports.handle(rest_event(query={"topicName": "daily-summary", "version": version}), ports)


def list_queries_runs(ports: Any, world: FakePorts) -> None:
    submit(world)
    world.clock.pass_seconds(61)
    list_queries.handle(rest_event(), ports)


def authorize_runs(ports: Any, world: FakePorts) -> None:
    world.tokens = FakeTokens(good={"iss": "i", "sub": "s"})
    authorize.handle({"methodArn": "a:b/prod/x", "headers": {"Authorization": "Bearer good"}}, ports)


SCENES: Mapping[str, Callable[[Any, FakePorts], None]] = {
    "pipeline.handlers.on_connect.handler": on_connect_runs,
    "pipeline.handlers.send_message.handler": send_message_runs,
    "pipeline.handlers.get_results.handler": get_results_runs,
    "pipeline.handlers.on_disconnect.handler": on_disconnect_runs,
    "pipeline.handlers.list_reports.handler": list_reports_runs,
    "pipeline.handlers.list_queries.handler": list_queries_runs,
    "pipeline.handlers.authorize.handler": authorize_runs,
}


@pytest.fixture(scope="module")
def aws_address() -> Iterator[str]:
    """Serve the one call that making a port costs: the address of the WebSocket API."""
    body = json.dumps({"Parameter": {"Value": "ws://127.0.0.1:1/prod"}}).encode()
    with serving(lambda _: Reply(200, body)) as server:
        yield server.address


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch, aws_address: str) -> None:
    """Set what Lambda itself sets, and the address of the stand-in."""
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws_address)


def ports_of(handler: str) -> set[str]:
    """Run a handler's scenes, and give the ports that it reached for."""
    world = FakePorts()
    touched = TouchedPorts(world)
    SCENES[handler](touched, world)
    return touched.touched


def make(handler: str, environment: Mapping[str, str]) -> None:
    """Make a handler's ports from an environment."""
    settings = Settings(environment)
    _ = settings.log_level
    ports = AwsPorts(settings)
    for name in sorted(ports_of(handler)):
        getattr(ports, name)


def test_every_handler_has_its_needs() -> None:
    assert set(SCENES) == set(NEEDS)


@pytest.mark.parametrize("handler", NEEDS)
def test_a_handlers_ports_work_with_exactly_its_variables(handler: str) -> None:
    given = {name: value for name, value in ENVIRONMENT.items() if name in NEEDS[handler]}
    environment = ReadEnvironment(given)
    make(handler, environment)
    assert environment.read == NEEDS[handler]


@pytest.mark.parametrize(
    ("handler", "missing"),
    [
        (handler, name)
        for handler, names in NEEDS.items()
        for name in sorted(names)
        if name != "WAREHOUSE_WORKGROUP"  # its absence says that a function may not submit
    ],
)
@pytest.mark.parametrize("left", [None, ""])
def test_a_variable_that_is_missing_or_empty_is_named(handler: str, missing: str, left: str | None) -> None:
    environment = {name: value for name, value in ENVIRONMENT.items() if name != missing}
    if left is not None:
        environment[missing] = left
    with pytest.raises(MissingSettingError, match=rf"\b{missing}\b"):
        make(handler, environment)


def test_only_the_function_that_is_told_a_workgroup_may_submit() -> None:
    assert [name for name, names in NEEDS.items() if "WAREHOUSE_WORKGROUP" in names] == [
        "pipeline.handlers.on_connect.handler"
    ]
    assert Settings(ENVIRONMENT).may_submit
    assert not Settings({}).may_submit


def test_numbers_are_read_as_numbers() -> None:
    settings = Settings(ENVIRONMENT)
    assert (settings.query_deadline_seconds, settings.maximum_active_queries) == (900, 5)


def test_the_environment_of_the_process_is_taken_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTS_BUCKET", "mine")
    assert Settings.from_environment().reports_bucket == "mine"
