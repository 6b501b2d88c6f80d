from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import Refusal
from pipeline.core.rest_query import rest_query
from tests.pipeline.properties import PROPERTY, any_text

pytestmark = pytest.mark.fast

CODES = {"unknown_parameter", "duplicate_parameter", "invalid_parameter"}


@pytest.mark.parametrize("nothing", [None, {}])
def test_an_address_without_a_query_asks_nothing_more(nothing: object) -> None:
    assert rest_query({"multiValueQueryStringParameters": nothing}, "page") == {}


def test_each_known_name_has_its_value() -> None:
    event = {"multiValueQueryStringParameters": {"a": ["1"], "b": ["2"]}}
    assert rest_query(event, "a", "b", "c") == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"page": ["1", "1"]}, "duplicate_parameter", "page"),
        ({"page": [""]}, "invalid_parameter", "page"),
        ({"Page": ["1"]}, "unknown_parameter", "Page"),
        ({"na\nme": ["1", "2"]}, "unknown_parameter", "na?me"),
    ],
)
def test_a_query_of_another_form_is_refused(query: dict[str, list[str]], code: str, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        rest_query({"multiValueQueryStringParameters": query}, "page")
    assert (caught.value.code, caught.value.field) == (code, field)


def code_of(query: dict[str, list[str]]) -> str | None:
    try:
        rest_query({"multiValueQueryStringParameters": query}, "page")
    except Refusal as refused:
        return refused.code
    return None


@given(st.dictionaries(st.just("page") | any_text, st.lists(any_text, max_size=3)))
@PROPERTY
def test_any_query_is_read_or_refused(query: dict[str, list[str]]) -> None:
    assert code_of(query) in CODES | {None}
