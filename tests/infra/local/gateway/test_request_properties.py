"""Whatever the path and the query of a request, the gateway's events carry them, and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.gateway.http import Request
from infra.local.gateway.rest_events import RestCall, proxy_event
from infra.local.gateway.rest_paths import RestPaths
from infra.local.gateway.routing import Routes
from infra.local.wiring import RestApi
from tests.infra.local.wirings import REST_METHODS, wiring
from tests.pipeline.properties import PROPERTY, any_text, hostile_text, json_values

pytestmark = pytest.mark.fast

API = RestApi("Rest", "rest1", "prod", REST_METHODS, {})
target = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="?#"), max_size=30)
escaped = st.text("%ZzFf0aA+&=;", max_size=20) | target


def request(path: str, query: str) -> Request:
    scope: dict[str, Any] = {
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
        "state": {},
    }
    return Request.from_scope(scope)


@given(st.sampled_from(["/prod/items/", "/prod//results/", "/prod/", ""]), target)
@PROPERTY
def test_any_path_leads_to_a_method_with_its_parameter_as_sent_or_nowhere(base: str, rest: str) -> None:
    found = RestPaths(API).find("GET", base + rest)
    if found is not None:
        method, path, parameters = found
        assert path.startswith("/")
        assert all("/" not in value and value in rest for value in parameters.values())
        assert method.path.count("{") == len(parameters)


@given(escaped)
@PROPERTY
def test_any_query_is_decoded_into_an_event(query: str) -> None:
    asked = request("/prod/open", query)
    call = RestCall(API, REST_METHODS[1], asked, "/open", {}, "request", 8787, 0.0)
    event = json.loads(json.dumps(proxy_event(call, {})))
    many = event["multiValueQueryStringParameters"] or {}
    assert (event["queryStringParameters"] or {}) == {name: values[-1] for name, values in many.items()}
    assert sum(map(len, many.values())) == len(asked.query)


@given(
    any_text
    | hostile_text
    | json_values.map(json.dumps)
    | st.dictionaries(any_text, json_values).map(json.dumps)
)
@PROPERTY
def test_any_frame_takes_a_route(frame: str) -> None:
    assert Routes(wiring().socket_api).choose(frame) is not None
