from __future__ import annotations

from typing import Any

import pytest

from pipeline.core.access import Caller, caller_of
from pipeline.core.errors import Refusal
from tests.fakes.ports import message_event, rest_event

pytestmark = pytest.mark.fast


def test_the_caller_is_who_the_authorizer_says() -> None:
    caller = caller_of(rest_event(owner="a" * 32, groups="finance,ops"))
    assert caller == Caller("a" * 32, frozenset({"finance", "ops"}))
    assert caller_of(message_event({}, owner="b" * 32)) == Caller("b" * 32, frozenset())


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"requestContext": {}},
        {"requestContext": {"authorizer": None}},
        {"requestContext": {"authorizer": {}}},
        {"requestContext": {"authorizer": {"owner": ""}}},
        {"owner": "a" * 32, "headers": {"owner": "a" * 32}, "body": '{"owner": "a"}'},
    ],
)
def test_without_an_authorizer_there_is_no_caller(event: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as caught:
        caller_of(event)
    assert (caught.value.code, caught.value.status) == ("unauthorized", 401)


@pytest.mark.parametrize(
    ("mine", "the_reports", "may"),
    [
        (set(), (), True),
        ({"ops"}, (), True),
        ({"ops"}, ("finance", "ops"), True),
        ({"ops"}, ("finance",), False),
        (set(), ("finance",), False),
    ],
)
def test_a_report_with_groups_is_only_theirs(mine: set[str], the_reports: tuple[str, ...], may: bool) -> None:
    assert Caller("o", frozenset(mine)).may_read(the_reports) is may
