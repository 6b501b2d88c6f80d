"""The console over real HTTP: the page, and the stream of what happens."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest

from infra.local.faults import FAULTS, HANDLER_FAULTS
from tests.infra.local.console.watching import watching
from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring
from tests.waiting import wait_until


@pytest.fixture
def page(gateway: Rig) -> str:
    return gateway.get("/_local/").body.decode()


def put_fault(gateway: Rig, **groups: Any) -> None:
    assert gateway.request("PUT", "/_local/faults", json.dumps(groups).encode()).status == 200


class TestPage:
    def test_there_is_a_button_for_each_fault_and_for_handlers_a_choice_of_functions(self, page: str) -> None:
        buttons = re.findall(r'<form data-group="(\w+)" data-name="(\w+)"><button>\2</button>', page)
        known = {**FAULTS, "handlers": HANDLER_FAULTS}
        assert buttons == [(group, name) for group, names in known.items() for name in names]
        options = re.findall(r"<option>(\w+)</option>", page)
        assert sorted(set(options)) == sorted(wiring().functions)

    def test_without_faults_there_is_no_button_but_the_stream_is_there(self) -> None:
        with running(wiring(), faults_open=False) as rig:
            assert b"<button" not in rig.get("/_local/").body
            with watching(rig.port):
                pass

    def test_the_page_says_what_is_on(self, gateway: Rig) -> None:
        put_fault(gateway, statements={"delay_ms": 5})
        assert b"Faults on now: statements.delay_ms 5." in gateway.get("/_local/").body

    def test_nothing_comes_from_elsewhere_and_only_its_own_script_runs(self, gateway: Rig) -> None:
        answer = gateway.get("/_local/")
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        (nonce,) = re.findall(r"script-src 'nonce-([\w-]+)'", policy)
        assert f'<script nonce="{nonce}">'.encode() in answer.body
        assert b"//" not in answer.body
        assert nonce.encode() not in gateway.get("/_local/").body


class TestStream:
    def test_a_connection_its_messages_and_their_invocations_pass_by(self, gateway: Rig) -> None:
        query = str(uuid4())
        with watching(gateway.port) as stream:
            with gateway.socket() as client:
                client.send(json.dumps({"action": "run", "queryId": query}))
                client.recv()
            steps = stream.until(lambda step: step.text.startswith("Disconnect ends"))
        opened = next(step for step in steps if step.text.endswith("opens; 1 open"))
        name = opened.text.split()[0]
        on_the_line = [
            (step.kind, re.sub(r"\d+ ms", "", step.text)) for step in steps if query in step.queries
        ]
        assert on_the_line == [
            ("socket", f"{name} says run"),
            ("invocation", "Message begins for run"),
            ("invocation", "Message ends after "),
            ("socket", f"{name} hears a refusal"),
        ]
        assert [step.text for step in steps if "open" in step.text][-1].startswith(f"{name} ends with 10")

    def test_a_notice_is_told_with_its_status(self, gateway: Rig) -> None:
        query = str(uuid4())
        notice = json.dumps({"type": "finished", "queryId": query}).encode()
        with watching(gateway.port) as stream, gateway.socket():
            opened = stream.until(lambda step: "opens" in step.text)[-1]
            name = opened.text.split()[0]
            put_fault(gateway, posts={"throttle": 1})
            for path in (
                gateway.connection_path(name),
                gateway.connection_path(name),
                "/prod/@connections/x",
            ):
                gateway.request("POST", path, notice)
            posts = [stream.until(lambda step: step.kind == "post")[-1] for _ in range(3)]
        assert [(post.text, post.well) for post in posts] == [
            (f"finished to {name}: 429", False),
            (f"finished to {name}: 200", True),
            ("finished to a socket that is gone: 410", False),
        ]
        assert {post.queries for post in posts} == {(query,)}

    def test_a_fault_is_told_when_it_is_set_and_when_it_strikes(self, gateway: Rig) -> None:
        with watching(gateway.port) as stream:
            put_fault(gateway, handlers={"RestFunction": {"raise": 1}}, statements={"delay_ms": 5})
            assert gateway.get("/prod/open").status == 502
            steps = stream.until(lambda step: step.text.startswith("Rest InjectedFaultError after"))
        both = "Faults on now: handlers.RestFunction.raise 1, statements.delay_ms 5."
        assert [step.text for step in steps if step.kind == "fault"] == [
            f"handlers.RestFunction.raise set to 1. {both}",
            f"statements.delay_ms set to 5. {both}",
            "handlers.RestFunction.raise struck. Faults on now: statements.delay_ms 5.",
        ]
        assert not steps[-1].well

    def test_neither_a_token_nor_a_value_nor_markup_of_a_caller_comes_through(self, gateway: Rig) -> None:
        values = {"startDate": "2015-06-03", "zone": "<script>alert(1)</script>"}
        message = {"action": "run", "queryId": "<b>", "topicName": "<i>secret-topic", "parameters": values}
        with watching(gateway.port) as stream:
            with gateway.socket("?topicName=asked&startDate=2015-06-04", token="token-of-ana") as client:
                client.send(json.dumps(message))
                client.send(json.dumps({"action": "<u>unknown"}))
                client.recv()
                client.recv()
            gateway.get("/prod/open?secret=value-in-a-query", Authorization="token-of-ana")
            stream.until(lambda step: step.text.startswith("Rest ends"))
        for secret in ("token-of-ana", "2015-06", "script", "secret", "asked", "unknown", "value-in", "&lt;"):
            assert secret.encode() not in stream.raw

    def test_whoever_leaves_is_forgotten(self, gateway: Rig) -> None:
        with watching(gateway.port):
            assert gateway.feed.watched
        wait_until(lambda: not gateway.feed.watched)

    def test_the_stream_ends_with_the_gateway_which_has_nothing_to_break_off(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with ExitStack() as rest:
            with running(wiring()) as rig:
                stream = rest.enter_context(watching(rig.port))
            assert stream.line() == ""
        assert not [record for record in caplog.records if record.levelname == "ERROR"]
