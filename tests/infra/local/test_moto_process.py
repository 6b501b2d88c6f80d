"""moto in a process of its own: it answers as it does in ours, and ends with whoever started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.local.aws_http import HttpRequest
from infra.local.moto_process import MotoFailedError, MotoProcess
from tests.infra.local.dynamodb_calls import request as dynamodb
from tests.waiting import wait_until

_OWNS_ONE = """
import sys
from infra.local.moto_process import MotoProcess
process = MotoProcess(lambda: None)
print(process.process_id, "moto" in sys.modules, flush=True)
sys.stdin.read()
"""


def plain(target: str) -> HttpRequest:
    return HttpRequest("GET", target, {"host": "127.0.0.1"}, b"")


@pytest.fixture(scope="module")
def moto() -> Iterator[MotoProcess]:
    process = MotoProcess(lambda: None)
    yield process
    process.close()


def is_there(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def table(moto: MotoProcess) -> MotoProcess:
    keys, kinds = (
        [{"AttributeName": "pk", "KeyType": "HASH"}],
        [{"AttributeName": "pk", "AttributeType": "S"}],
    )
    made = {"KeySchema": keys, "AttributeDefinitions": kinds, "BillingMode": "PAY_PER_REQUEST"}
    assert moto.answer("dynamodb", dynamodb("CreateTable", {"TableName": "t", **made})).status == 200
    return moto


def there_and_back(moto: MotoProcess, key: str, content: str) -> str:
    item = {"pk": {"S": key}, "content": {"S": content}}
    assert moto.answer("dynamodb", dynamodb("PutItem", {"TableName": "t", "Item": item})).status == 200
    got = moto.answer("dynamodb", dynamodb("GetItem", {"TableName": "t", "Key": {"pk": {"S": key}}}))
    return str(json.loads(got.body)["Item"]["content"]["S"])


@pytest.mark.parametrize("service", ["s3", "sqs"])
def test_it_answers_for_services_that_are_no_table(moto: MotoProcess, service: str) -> None:
    assert moto.answer(service, plain("/?Action=ListQueues")).status in {200, 400}


def test_large_items_come_through_whole(table: MotoProcess) -> None:
    content = "0123456789" * 30_000
    assert there_and_back(table, "large", content) == content


def test_more_callers_than_lanes_get_each_their_own_answer(table: MotoProcess) -> None:
    with ThreadPoolExecutor(24) as threads:
        got = list(threads.map(lambda number: there_and_back(table, f"k{number}", str(number)), range(48)))
    assert got == [str(number) for number in range(48)]


def test_a_call_at_which_moto_fails_fails_alone(capfd: pytest.CaptureFixture[str]) -> None:
    moto = MotoProcess(lambda: None)
    with pytest.raises(MotoFailedError, match="moto failed at a call of ec2"):
        moto.answer("ec2", plain("/"))
    assert "GET / failed inside moto" in capfd.readouterr().err
    assert moto.answer("dynamodb", dynamodb("ListTables", {})).status == 200
    moto.close()


def test_it_ends_when_it_is_closed_and_that_is_no_death() -> None:
    died = threading.Event()
    process = MotoProcess(died.set)
    process.answer("dynamodb", dynamodb("ListTables", {}))
    process.close()
    assert not is_there(process.process_id)
    assert not died.is_set()


def test_what_it_was_asked_before_it_is_closed_is_answered_and_what_comes_after_is_refused() -> None:
    process = MotoProcess(lambda: None)
    with ThreadPoolExecutor(24) as threads:
        # It is not ready yet: all of these wait for it when it is closed.
        calls = [threads.submit(process.answer, "dynamodb", dynamodb("ListTables", {})) for _ in range(24)]
        process.close()
        statuses = [call.result(timeout=20).status for call in calls]
    assert 200 in statuses
    assert set(statuses) <= {200, 503}
    assert process.answer("dynamodb", dynamodb("ListTables", {})).status == 503


def test_its_death_is_told_and_every_call_after_it_fails() -> None:
    died = threading.Event()
    process = MotoProcess(died.set)
    process.answer("dynamodb", dynamodb("ListTables", {}))
    os.kill(process.process_id, signal.SIGKILL)
    assert died.wait(20)
    for _ in range(20):  # more than there are lanes
        with pytest.raises(MotoFailedError, match="has gone"):
            process.answer("dynamodb", dynamodb("ListTables", {}))
    process.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_parent_which_does_not_load_moto(number: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _OWNS_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        process_id, has_moto = parent.stdout.readline().split()
        assert has_moto == "False"
        parent.send_signal(number)
        parent.wait()
        wait_until(lambda: not is_there(int(process_id)))
