"""The route selection expression."""

from __future__ import annotations

import pytest

from infra.local.errors import WiringError
from infra.local.gateway.routing import Routes
from infra.local.wiring import SocketApi
from tests.infra.local.wirings import route

pytestmark = pytest.mark.fast


def routes(selection: str) -> Routes:
    keys = ("run", "5", "true", "$default")
    return Routes(SocketApi("Sockets", "a", "prod", selection, {key: route(key, "F") for key in keys}))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"action": "run"}', "run"),
        ('{"action": "Run"}', "$default"),
        ('{"action": 5}', "5"),
        ('{"action": true}', "true"),
        ('{"action": null}', "$default"),
        ('{"action": {"run": 1}}', "$default"),
        ('"run"', "$default"),
        ("run", "$default"),
    ],
)
def test_the_value_is_compared_as_text(text: str, key: str) -> None:
    chosen = routes("$request.body.action").choose(text)
    assert chosen is not None
    assert chosen.route_key == key


def test_the_path_may_lead_deeper() -> None:
    chosen = routes("$request.body.a.b").choose('{"a": {"b": "run"}}')
    assert chosen is not None
    assert chosen.route_key == "run"


def test_another_form_of_expression_stops_the_start() -> None:
    with pytest.raises(WiringError, match="Sockets"):
        routes("${request.body.a}-${request.body.b}")
