from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.connect_address import AddressedQuery, query_in_address
from pipeline.core.errors import Refusal
from tests.fakes.ports import JUNE
from tests.pipeline.builders import QUERY_ID
from tests.pipeline.properties import PROPERTY, any_text

pytestmark = pytest.mark.fast

ASKED = {"topicName": ["daily-summary"], "startDate": ["2015-06-01"], "endDate": ["2015-06-30"]}
CODES = {"duplicate_parameter", "unknown_parameter", "unknown_report", "invalid_parameter"}


def refusal(values: dict[str, list[str]]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        query_in_address(values)
    return caught.value


def code_of(values: dict[str, list[str]]) -> str | None:
    try:
        query_in_address(values)
    except Refusal as refused:
        return refused.code
    return None


def test_an_address_without_query_only_opens_a_connection() -> None:
    assert query_in_address({}) is None


def test_an_address_can_ask() -> None:
    assert query_in_address(ASKED) == AddressedQuery("daily-summary", None, JUNE)


def test_an_address_can_bring_its_query_id() -> None:
    asked = query_in_address({**ASKED, "queryId": [QUERY_ID]})
    assert asked == AddressedQuery("daily-summary", QUERY_ID, JUNE)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"startDate": ["2015-06-01", "2015-06-02"]}, "duplicate_parameter", "startDate"),
        ({"topicName": ["daily-summary", "daily-summary"]}, "duplicate_parameter", "topicName"),
        ({"queryId": ["x"]}, "invalid_parameter", "queryId"),
        ({"queryId": [QUERY_ID.upper()]}, "invalid_parameter", "queryId"),
        ({"topicName": ["../secrets"]}, "unknown_report", "topicName"),
        ({"topicName": [""]}, "unknown_report", "topicName"),
        ({"na\nme" * 40: ["1", "2"]}, "duplicate_parameter", ("na?me" * 40)[:64]),
    ],
)
def test_an_address_of_another_form_is_refused(change: dict[str, list[str]], code: str, field: str) -> None:
    # fact RP-5
    refused = refusal({**ASKED, **change})
    assert (refused.code, refused.field) == (code, field)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"startDate": ["2015-06-01", "2015-06-02"]}, "startDate is given more than once."),
        ({"queryId": ["x"]}, "queryId must be a UUID in lower case."),
        ({"topicName": [""]}, "There is no report of that name."),
    ],
)
def test_a_refusal_of_an_address_says_what_is_wrong_with_it(
    change: dict[str, list[str]], sentence: str
) -> None:
    assert refusal({**ASKED, **change}).message == sentence


@pytest.mark.parametrize("name", ["startDate", "queryId", "token", "anything"])
def test_without_a_topic_the_address_takes_nothing(name: str) -> None:
    refused = refusal({name: ["x"]})
    assert (refused.code, refused.field) == ("unknown_parameter", "topicName")
    assert refused.message == "Without topicName the address takes no parameters."


@given(st.dictionaries(st.sampled_from([*ASKED, "queryId"]) | any_text, st.lists(any_text, max_size=3)))
@PROPERTY
def test_any_address_is_read_or_refused(values: dict[str, list[str]]) -> None:
    assert code_of(values) in CODES | {None}
