"""The description of the REST interface is that of the template's routes and of the core's dataclasses."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

import pytest
import yaml

from infra.local.wiring import Wiring
from pipeline.core.errors import CODES, Refusal, error_body
from pipeline.core.history import History, HistoryItem, QueryError
from pipeline.core.identifiers import is_query_id, is_statement_id, is_topic_name
from pipeline.core.reports import (
    Catalogue,
    Chart,
    Choice,
    Column,
    DataDescription,
    Example,
    Expectation,
    Kpi,
    Parameter,
    Problem,
    Report,
)
from pipeline.core.result_pages import ResultColumn, ResultPage
from pipeline.core.schema import wire_name
from tests.docs.pages import read
from tests.infra.local.template.edited import TEMPLATE
from tests.infra.local.template.edited import read as read_template

pytestmark = pytest.mark.fast

DOCUMENT: Any = yaml.safe_load(read("docs/openapi.yaml"))
SCHEMAS = DOCUMENT["components"]["schemas"]
SHAPES = (
    Catalogue, Chart, Choice, Column, DataDescription, Example, Expectation, HistoryItem, Kpi, Parameter, Problem,
    QueryError, Report, ResultColumn, ResultPage,
)  # fmt: skip
WORDS: Mapping[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    datetime: "string",
    types.NoneType: "null",
}
# What the interface promises beyond the type.
MORE: Mapping[Any, Mapping[str, Any]] = {QueryError: {"code": {"type": "string", "enum": list(CODES)}}}
# Said besides the type, where Python has one type for many texts.
REMARKS = {"description", "format", "pattern", "maxLength"}


@pytest.fixture(scope="module")
def wiring() -> Wiring:
    return read_template(TEMPLATE)


def form_of(hint: Any) -> Any:
    """Write a type as JSON Schema."""
    arms = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(arms)}
    if origin in {typing.Union, types.UnionType}:
        plain = all(arm in WORDS for arm in arms)
        return {"type": [WORDS[arm] for arm in arms]} if plain else {"anyOf": [form_of(arm) for arm in arms]}
    if origin is tuple:
        return {"type": "array", "items": form_of(arms[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": form_of(arms[1])}
    return {"type": WORDS[hint]} if hint in WORDS else {"$ref": hint.__name__}


def told(schema: Any) -> Any:
    """Give what a schema says of the type alone; the name of an object stands for it."""
    if not isinstance(schema, dict):
        return [told(part) for part in schema] if isinstance(schema, list) else schema
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return {"$ref": name} if SCHEMAS[name]["type"] == "object" else told(SCHEMAS[name])
    return {key: told(value) for key, value in schema.items() if key not in REMARKS}


def operations() -> Iterator[tuple[str, str, Any]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_routes_and_methods_are_the_templates(wiring: Wiring) -> None:
    described = {(method, path) for method, path, _ in operations()}
    assert described == {(method.http_method, method.path) for method in wiring.rest_api.methods}


def test_every_route_asks_for_the_token_that_the_authorizer_reads(wiring: Wiring) -> None:
    assert all("security" not in operation for _, _, operation in operations())
    assert DOCUMENT["security"] == [{"idToken": []}]
    assert DOCUMENT["components"]["securitySchemes"]["idToken"]["scheme"] == "bearer"
    readers = {wiring.authorizers[str(method.authorizer_id)].header for method in wiring.rest_api.methods}
    assert {header.lower() for header in readers} == {"authorization"}


def test_the_parameters_of_a_path_are_those_of_its_route() -> None:
    for _, path, operation in operations():
        described = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
        assert described == set(re.findall(r"\{(\w+)\}", path))


def test_every_answer_of_the_gateways_own_is_described(wiring: Wiring) -> None:
    answers = wiring.rest_api.responses.values()
    statuses = {str(answer.status) for answer in answers if answer.status and answer.status != 404}
    for _, path, operation in operations():
        assert statuses <= set(operation["responses"]), path


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.__name__))
def test_a_schema_is_its_dataclass(shape: Any) -> None:
    hints = typing.get_type_hints(shape)
    names = [wire_name(field.name) for field in dataclasses.fields(shape)]
    schema = SCHEMAS[shape.__name__]
    assert schema["type"] == "object"
    assert schema["required"] == names, "an answer always has all of them"
    expected = {wire_name(field.name): form_of(hints[field.name]) for field in dataclasses.fields(shape)}
    described = {name: told(property_) for name, property_ in schema["properties"].items()}
    assert described == {**expected, **MORE.get(shape, {})}


def test_the_codes_are_the_cores_with_their_statuses() -> None:
    assert SCHEMAS["Code"]["enum"] == list(CODES)
    statuses = {str(code.status) for code in CODES.values()}
    described = {status for _, _, operation in operations() for status in operation["responses"]}
    assert statuses <= described
    assert described - statuses <= {"200", "202", "502", "504"}


def test_an_error_has_the_shape_of_every_error() -> None:
    body = error_body(Refusal("not_found", "There is no such result."), "r1")["error"]
    error = SCHEMAS["Error"]["properties"]["error"]
    assert error["required"] == list(error["properties"]) == list(body)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("QueryId", is_query_id), ("StatementId", is_statement_id), ("TopicName", is_topic_name)],
)
@pytest.mark.parametrize(
    "text",
    [
        "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11",
        "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11:1",
        "daily-summary",
        "a" * 65,
        "",
    ],
)
def test_the_pattern_of_an_identifier_is_its_rule(name: str, is_one: Any, text: str) -> None:
    schema = SCHEMAS[name]
    fits = re.search(schema["pattern"], text) is not None and len(text) <= schema.get("maxLength", len(text))
    assert fits == is_one(text)


def test_nothing_is_described_that_nothing_uses() -> None:
    used = set(re.findall(r"#/components/(?:schemas|responses)/(\w+)", read("docs/openapi.yaml")))
    assert used == {*SCHEMAS, *DOCUMENT["components"]["responses"]}


def test_a_history_says_how_many_may_run() -> None:
    # The field has a default for whoever reads an older pipeline; this one always writes it.
    history = SCHEMAS["History"]
    names = [wire_name(field.name) for field in dataclasses.fields(History)]
    assert history["required"] == list(history["properties"]) == names
    assert history["properties"]["maximumActive"]["type"] == "integer"
