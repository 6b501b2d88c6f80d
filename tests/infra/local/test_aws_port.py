"""The port at which boto3 finds AWS, over real HTTP."""

from __future__ import annotations

import http.client
import json
import queue
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.aws_port import AwsPort, JsonService
from infra.local.events_api import EventsApi
from infra.local.faults import Faults
from infra.local.listening import listen, port_of
from infra.local.moto_app import Moto
from infra.local.moto_services import MotoServices
from infra.local.parameter_store import ParameterStore
from tests.infra.local.wirings import wiring

STATEMENT = "d9b6c0c9-0747-4bf4-b142-e8883122f766"


class Warehouse:
    """Answers each call with its own words, and keeps who made it."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue[tuple[str, dict[str, Any], str]] = queue.SimpleQueue()

    def answer(self, operation: str, payload: dict[str, Any], principal: str) -> tuple[int, dict[str, Any]]:
        self.calls.put((operation, payload, principal))
        if operation == "CancelStatement":
            return 400, {"__type": "ValidationException", "Message": "Could not cancel."}
        return 200, {"Id": STATEMENT, "TotalNumRows": 0}


@dataclass(frozen=True)
class Rig:
    port: int
    warehouse: Warehouse
    faults: Faults
    events: list[dict[str, Any]]

    def client(self, service: str) -> Any:
        session = boto3.Session("local", "local", region_name="us-east-1")
        config = Config(retries={"total_max_attempts": 1}, max_pool_connections=20)
        return session.client(service, endpoint_url=f"http://127.0.0.1:{self.port}", config=config)


@pytest.fixture(scope="module")
def moto() -> MotoServices:
    return MotoServices()


@pytest.fixture
def rig(moto: MotoServices) -> Iterator[Rig]:
    listener = listen(0)
    warehouse, faults, events = Warehouse(), Faults(), list[dict[str, Any]]()
    services: dict[str, JsonService] = {"events": EventsApi(events.append), "ssm": ParameterStore()}
    port = AwsPort(warehouse, services, moto, wiring().functions, faults)
    server = AwsHttpServer(listener, port.respond)
    server.start()
    yield Rig(port_of(listener), warehouse, faults, events)
    server.close()


def refusal(call: Any, **arguments: Any) -> Any:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response


class TestWarehouse:
    def test_a_call_reaches_the_data_api_with_its_operation_and_payload(self, rig: Rig) -> None:
        client = rig.client("redshift-data")
        assert client.execute_statement(Database="dev", Sql="select 1", ClientToken="t")["Id"] == STATEMENT
        operation, payload, principal = rig.warehouse.calls.get(timeout=10)
        assert (operation, payload["Sql"]) == ("ExecuteStatement", "select 1")
        assert principal == "arn:aws:iam::123456789012:user/local"

    def test_a_function_calls_under_the_session_of_its_role(self, rig: Rig) -> None:
        client = rig.client("redshift-data")

        def mark(params: dict[str, Any], **_: Any) -> None:
            params["headers"]["X-Local-Function"] = "RestFunction"

        client.meta.events.register("before-call", mark)
        client.describe_statement(Id=STATEMENT)
        _, _, principal = rig.warehouse.calls.get(timeout=10)
        assert principal == "arn:aws:sts::123456789012:assumed-role/stack-some-role/stack-rest"  # fact EV-3

    def test_its_errors_arrive_as_errors(self, rig: Rig) -> None:
        response = refusal(rig.client("redshift-data").cancel_statement, Id=STATEMENT)
        assert response["Error"] == {"Code": "ValidationException", "Message": "Could not cancel."}

    @pytest.mark.parametrize(
        ("fault", "status", "code"),
        [("error", 500, "InternalServerException"), ("expire", 400, "ResourceNotFoundException")],
    )
    def test_a_fault_fails_one_result(self, rig: Rig, fault: str, status: int, code: str) -> None:
        rig.faults.merge({"results": {fault: 1}})
        client = rig.client("redshift-data")
        response = refusal(client.get_statement_result, Id=STATEMENT)
        assert response["Error"]["Code"] == code
        assert response["ResponseMetadata"]["HTTPStatusCode"] == status
        assert client.get_statement_result(Id=STATEMENT)["TotalNumRows"] == 0


def test_a_call_under_another_name_is_refused(rig: Rig) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", rig.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["message"].rpartition(", ")[2]) == (
        403,
        "not to evil.example.",
    )
    connection.close()


class TestOtherServices:
    def test_an_event_reaches_the_bus(self, rig: Rig) -> None:
        entry = {"Source": "mine", "DetailType": "t", "Detail": "{}"}
        assert rig.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
        assert rig.events[0]["source"] == "mine"

    def test_parameters_are_kept_by_name(self, rig: Rig) -> None:
        ssm = rig.client("ssm")
        ssm.put_parameter(Name="/stack/a", Value="1", Type="String")
        ssm.put_parameter(Name="/stack/b/c", Value="2", Type="String")
        assert ssm.get_parameter(Name="/stack/a")["Parameter"]["Value"] == "1"
        found = ssm.get_parameters(Names=["/stack/b/c", "/stack/x"])
        assert [p["Value"] for p in found["Parameters"]] == ["2"]
        assert found["InvalidParameters"] == ["/stack/x"]
        assert [p["Name"] for p in ssm.get_parameters_by_path(Path="/stack")["Parameters"]] == ["/stack/a"]
        below = ssm.get_parameters_by_path(Path="/stack", Recursive=True)["Parameters"]
        assert [p["Name"] for p in below] == ["/stack/a", "/stack/b/c"]

    def test_a_parameter_is_replaced_only_when_asked_to(self, rig: Rig) -> None:
        ssm = rig.client("ssm")
        ssm.put_parameter(Name="/p", Value="1", Type="String")
        code = refusal(ssm.put_parameter, Name="/p", Value="2", Type="String")["Error"]["Code"]
        assert code == "ParameterAlreadyExists"
        assert ssm.put_parameter(Name="/p", Value="2", Type="String", Overwrite=True)["Version"] == 2

    def test_what_the_parameter_store_lacks_is_refused(self, rig: Rig) -> None:
        ssm = rig.client("ssm")
        assert refusal(ssm.get_parameter, Name="/x")["Error"]["Code"] == "ParameterNotFound"
        assert "DescribeParameters" in refusal(ssm.describe_parameters)["Error"]["Message"]
        code = refusal(ssm.put_parameter, Name="/s", Value="1", Type="SecureString")["Error"]["Code"]
        assert code == "UnsupportedParameterType"

    def test_objects_keep_their_bytes_and_metadata(self, rig: Rig) -> None:
        s3 = rig.client("s3")
        s3.create_bucket(Bucket="bucket-of-tests")
        s3.put_object(Bucket="bucket-of-tests", Key="a/ü b.sql", Body=b"select", Metadata={"sha256": "x"})
        answer = s3.get_object(Bucket="bucket-of-tests", Key="a/ü b.sql")
        assert (answer["Body"].read(), answer["Metadata"]) == (b"select", {"sha256": "x"})
        assert s3.head_object(Bucket="bucket-of-tests", Key="a/ü b.sql")["ContentLength"] == 6
        listed = s3.list_objects_v2(Bucket="bucket-of-tests", Prefix="a/", Delimiter="/")
        assert [entry["Key"] for entry in listed["Contents"]] == ["a/ü b.sql"]
        s3.delete_object(Bucket="bucket-of-tests", Key="a/ü b.sql")
        code = refusal(s3.get_object, Bucket="bucket-of-tests", Key="a/ü b.sql")["Error"]["Code"]
        assert code == "NoSuchKey"

    def test_an_object_in_chunks_arrives_whole(self, rig: Rig) -> None:
        rig.client("s3").create_bucket(Bucket="chunks")
        connection = http.client.HTTPConnection("127.0.0.1", rig.port, timeout=10)
        signature = "AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/s3/aws4_request, Signature=0"
        pieces = iter([b"first,", b"second"])
        connection.request("PUT", "/chunks/k", pieces, {"Authorization": signature}, encode_chunked=True)
        assert connection.getresponse().read() is not None
        connection.close()
        body = rig.client("s3").get_object(Bucket="chunks", Key="k")["Body"].read()
        assert body == b"first,second"

    def test_a_queue_keeps_a_message(self, rig: Rig) -> None:
        sqs = rig.client("sqs")
        address = sqs.create_queue(QueueName="undelivered")["QueueUrl"]
        sqs.send_message(QueueUrl=address, MessageBody="lost")
        assert sqs.receive_message(QueueUrl=address)["Messages"][0]["Body"] == "lost"

    def test_a_service_that_is_not_there_is_refused_by_its_name(
        self, rig: Rig, caplog: pytest.LogCaptureFixture
    ) -> None:
        response = refusal(rig.client("lambda").list_functions)
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 501
        assert "does not imitate lambda" in caplog.text

    @pytest.mark.parametrize("path", ["/", "/moto-api/reset"])
    def test_a_call_without_a_signature_is_refused(self, rig: Rig, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", rig.port, timeout=10)
        connection.request("POST", path, b"")
        answer = connection.getresponse()
        assert (answer.status, json.loads(answer.read())["__type"]) == (501, "NotImplementedException")
        connection.close()

    def test_a_failure_inside_is_500_and_logged(self, rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", rig.port, timeout=10)
        headers = {
            "Authorization": "AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/events/aws4_request",
            "X-Amz-Target": "AWSEvents.PutEvents",
        }
        connection.request("POST", "/", b"no JSON", headers)
        assert connection.getresponse().status == 500
        connection.close()
        assert "failed inside the stand-in" in caplog.text


class WatchedMoto(Moto):
    """Notes whether a call of DynamoDB came while another ran; each takes a moment, so that they would meet."""

    def __init__(self) -> None:
        self.met = False
        self._inside = threading.Lock()

    def answer(self, service: str, request: HttpRequest) -> HttpAnswer:
        if not self._inside.acquire(blocking=False):
            self.met = True
            return HttpAnswer(200, [], b"{}")
        time.sleep(0.02)
        self._inside.release()
        return HttpAnswer(200, [], b"{}")


def test_calls_of_dynamodb_go_one_at_a_time() -> None:
    """A condition is checked and written in two steps: two writers at once could both win."""
    moto = WatchedMoto()
    port = AwsPort(Warehouse(), {}, MotoServices(moto), {}, Faults())
    signature = "AWS4-HMAC-SHA256 Credential=local/20261124/us-east-1/dynamodb/aws4_request, Signature=0"
    call = HttpRequest("POST", "/", {"host": "127.0.0.1:8788", "authorization": signature}, b"{}")
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: port.respond(call).status, range(16)))
    assert statuses == [200] * 16
    assert not moto.met


def test_a_client_that_waits_for_100_continue_gets_it_before_its_body(rig: Rig) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    with socket.create_connection(("127.0.0.1", rig.port), timeout=5) as client:
        client.sendall(head)
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"{}")
        assert client.recv(1000).startswith(b"HTTP/1.1 501 ")


def test_one_connection_serves_many_calls(rig: Rig) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", rig.port, timeout=10)
    sockets = set()
    for _ in range(3):
        connection.request("POST", "/", b"")
        connection.getresponse().read()
        assert connection.sock is not None
        sockets.add(connection.sock.getsockname())
    connection.close()
    assert len(sockets) == 1
