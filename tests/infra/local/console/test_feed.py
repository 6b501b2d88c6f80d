"""The feed: who hears of what, and to which query a step belongs."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest

from infra.local.console.feed import Feed, Step, message_type

pytestmark = pytest.mark.fast

QUERY = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
OTHER = "7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10"
STATEMENT = "d9b6c0c9-0747-4bf4-b142-e8883122f766"
OWNER = "0123456789abcdef0123456789abcdef"


class Unwritten:
    """What nobody may write out."""

    def __str__(self) -> str:
        raise AssertionError("it was written out though nobody looks")


def told(*steps: Any) -> list[Step]:
    """Tell about these things, and give the steps that a watcher hears."""
    feed = Feed()

    async def watch() -> list[Step | None]:
        with feed.watching() as heard:
            for about in steps:
                feed.tell("item", "words", about)
            return [await heard.get() for _ in steps]

    return [step for step in asyncio.run(watch()) if step is not None]


def test_without_anybody_who_looks_nothing_is_looked_at() -> None:
    feed = Feed()
    assert not feed.watched
    feed.tell("item", "words", Unwritten())


def test_whoever_has_left_hears_no_more() -> None:
    feed = Feed()

    async def watch() -> None:
        with feed.watching():
            assert feed.watched

    asyncio.run(watch())
    feed.tell("item", "words", Unwritten())


def test_everybody_hears_what_any_thread_tells() -> None:
    feed = Feed()

    async def watch() -> list[Step | None]:
        with feed.watching() as one, feed.watching() as other:
            threading.Thread(target=feed.tell, args=("post", "finished", "", False)).start()
            return [await one.get(), await other.get()]

    first, second = asyncio.run(watch())
    assert first is not None
    assert first == second
    assert (first.kind, first.text, first.queries, first.well) == ("post", "finished", (), False)


@pytest.mark.parametrize(
    "about",
    [
        json.dumps({"action": "run", "queryId": QUERY}),
        {"body": json.dumps({"action": "run", "queryId": QUERY}), "requestContext": {}},
        (json.dumps({"Key": {"sk": {"S": f"query#{QUERY}"}}}).encode(), b""),
        json.dumps({"Item": {"queryId": {"S": QUERY}}}).replace('{"S": ', "").encode(),
        {"detail": {"statementName": f"{OWNER}/{QUERY}"}},
    ],
)
def test_a_query_is_known_by_its_id_in_messages_keys_and_names(about: Any) -> None:
    assert [step.queries for step in told(about)] == [(QUERY,)]


def test_a_text_may_be_about_several_queries() -> None:
    assert told(json.dumps({"action": "resume", "queryIds": [OTHER, QUERY]}))[0].queries == (QUERY, OTHER)


def test_what_is_once_named_with_a_query_leads_to_it_from_then_on() -> None:
    submitted = (f'{{"StatementName": "{OWNER}/{QUERY}"}}', f'{{"Id": "{STATEMENT}"}}')
    before, _, after = told({"path": f"/results/{STATEMENT}"}, submitted, {"path": f"/results/{STATEMENT}"})
    assert (before.queries, after.queries) == ((), (QUERY,))


def test_an_id_named_with_several_queries_leads_to_none_of_them() -> None:
    several = json.dumps({"queryIds": [QUERY, OTHER], "requestId": STATEMENT})
    assert told(several, STATEMENT)[1].queries == ()


def test_a_watcher_that_lets_too_many_steps_wait_is_sent_away() -> None:
    feed = Feed()

    async def watch() -> list[Step | None]:
        with feed.watching() as steps:
            for _ in range(6_000):
                feed.tell("item", "words")
            await asyncio.sleep(0)
            return [steps.get_nowait() for _ in range(steps.qsize())]

    heard = asyncio.run(watch())
    assert len(heard) == 5_001
    assert heard[-1] is None
    assert None not in heard[:-1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"type":"finished","queryId":"x"}', "finished"),
        ('{"type": "pong"}', "pong"),
        ('{"message": "Internal server error", "connectionId":"x"}', "a refusal"),
        ('{"type": "<script>"}', "a refusal"),
    ],
)
def test_a_message_is_named_by_its_type(text: str, name: str) -> None:
    assert message_type(text) == name
