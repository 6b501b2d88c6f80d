"""The resources that are really built, and the reports that are published into them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.local.addresses import Addresses
from infra.local.aws_http import AwsHttpServer
from infra.local.aws_port import AwsPort
from infra.local.errors import WiringError
from infra.local.faults import Faults
from infra.local.listening import listen, port_of
from infra.local.moto_services import MotoServices
from infra.local.parameter_store import ParameterStore
from infra.local.reports_watcher import ReportsWatcher
from infra.local.resources import AwsClients, build
from infra.local.wiring import Built
from tests.infra.local.test_aws_port import Warehouse

REPORT = """/*
title = "Days"
question = "How many days?"
maintainer = "tests"
usualSeconds = 1
deadlineSeconds = 10
maximumRows = 5
parameters = []

[[columns]]
name = "days"
type = "integer"
label = "Days"
role = "measure"
*/
select count(*) as days from calendar
"""


@dataclass(frozen=True)
class Rig:
    clients: AwsClients
    addresses: Addresses

    def built(self, *resources: Built) -> None:
        build(resources, self.clients, self.addresses)


@pytest.fixture
def rig() -> Iterator[Rig]:
    listener = listen(0)
    port = AwsPort(Warehouse(), {"ssm": ParameterStore()}, MotoServices(), {}, Faults())
    server = AwsHttpServer(listener, port.respond)
    server.start()
    addresses = Addresses(8787, port_of(listener))
    yield Rig(AwsClients(addresses.aws), addresses)
    server.close()


def test_a_table_is_built_with_its_keys_and_expiry(rig: Rig) -> None:
    properties = {
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        "BillingMode": "PAY_PER_REQUEST",
        "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
        "SSESpecification": {"SSEEnabled": True},
    }
    rig.built(Built("Table", "AWS::DynamoDB::Table", "built-table", properties))
    dynamodb = rig.clients.client("dynamodb")
    table = dynamodb.describe_table(TableName="built-table")["Table"]
    assert table["KeySchema"] == properties["KeySchema"]
    expiry = dynamodb.describe_time_to_live(TableName="built-table")["TimeToLiveDescription"]
    assert expiry["AttributeName"] == "ttl"


def test_a_parameter_holds_the_local_address(rig: Rig) -> None:
    value = "wss://api1.execute-api.us-east-1.amazonaws.com/prod"
    rig.built(Built("P", "AWS::SSM::Parameter", "/stack/p", {"Type": "String", "Value": value}))
    ssm = rig.clients.client("ssm")
    assert ssm.get_parameter(Name="/stack/p")["Parameter"]["Value"] == "ws://127.0.0.1:8787/prod"


def test_a_bucket_and_a_queue_have_their_names(rig: Rig) -> None:
    rig.built(
        Built("B", "AWS::S3::Bucket", "built-bucket", {}), Built("Q", "AWS::SQS::Queue", "built-queue", {})
    )
    rig.clients.client("s3").head_bucket(Bucket="built-bucket")
    address = rig.clients.client("sqs").get_queue_url(QueueName="built-queue")["QueueUrl"]
    assert address.endswith("/built-queue")


@pytest.mark.parametrize(
    ("resource_type", "properties"),
    [("AWS::EC2::Instance", {}), ("AWS::DynamoDB::Table", {"BillingMode": "NONSENSE"})],
)
def test_what_cannot_be_built_stops_the_start_by_name(
    rig: Rig, resource_type: str, properties: dict[str, Any]
) -> None:
    with pytest.raises(WiringError, match=r"^Odd: "):
        rig.built(Built("Odd", resource_type, "odd", properties))


class TestReports:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in ("reports", "choices"):
            (tmp_path / name).mkdir()
        (tmp_path / "reports" / "days.sql").write_text(REPORT)
        (tmp_path / "choices" / "boroughs.csv").write_text("value,label\nQ,Queens\n")
        return tmp_path

    @pytest.fixture
    def s3(self, rig: Rig, request: pytest.FixtureRequest) -> Any:
        rig.built(Built("B", "AWS::S3::Bucket", "reports", {}))
        return rig.clients.client("s3")

    @pytest.fixture
    def watcher(self, folder: Path, s3: Any) -> ReportsWatcher:
        watcher = ReportsWatcher(folder, s3, "reports")
        watcher.publish_changes()
        return watcher

    def content(self, s3: Any, key: str) -> bytes | None:
        try:
            body: bytes = s3.get_object(Bucket="reports", Key=key)["Body"].read()
        except ClientError:
            return None
        return body

    def topics(self, s3: Any, text: str) -> str:
        version = hashlib.sha256(text.encode()).hexdigest()
        held = s3.head_object(Bucket="reports", Key=f"reports/versions/{version}.sql")
        named: str = held["Metadata"]["topics"]
        return named

    def test_a_report_stands_under_its_name_and_under_its_hash(
        self, watcher: ReportsWatcher, s3: Any
    ) -> None:
        version = hashlib.sha256(REPORT.encode()).hexdigest()
        newest = s3.get_object(Bucket="reports", Key="reports/days.sql")
        assert newest["Metadata"] == {"sha256": version, "publisher": "local"}
        assert self.content(s3, f"reports/versions/{version}.sql") == REPORT.encode()
        assert self.topics(s3, REPORT) == "days"
        assert self.content(s3, "reports/choices/boroughs.csv") == b"value,label\nQ,Queens\n"

    def test_a_change_is_published_and_the_old_version_stays(
        self, watcher: ReportsWatcher, s3: Any, folder: Path
    ) -> None:
        (folder / "reports" / "days.sql").write_text(REPORT + "where true\n")
        watcher.publish_changes()
        assert self.content(s3, "reports/days.sql") == (REPORT + "where true\n").encode()
        version = hashlib.sha256(REPORT.encode()).hexdigest()
        assert self.content(s3, f"reports/versions/{version}.sql") == REPORT.encode()

    def test_a_text_that_two_reports_have_had_is_a_version_of_both(
        self, watcher: ReportsWatcher, s3: Any, folder: Path
    ) -> None:
        (folder / "reports" / "days.sql").rename(folder / "reports" / "again.sql")
        watcher.publish_changes()
        assert self.topics(s3, REPORT) == "again days"

    def test_a_removed_file_is_removed(self, watcher: ReportsWatcher, s3: Any, folder: Path) -> None:
        (folder / "reports" / "days.sql").unlink()
        watcher.publish_changes()
        assert self.content(s3, "reports/days.sql") is None

    def test_a_bad_file_is_published_all_the_same_and_named(
        self, watcher: ReportsWatcher, s3: Any, folder: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (folder / "reports" / "broken.sql").write_text("select 1")
        watcher.publish_changes()
        assert self.content(s3, "reports/broken.sql") == b"select 1"
        assert "broken.sql:1" in caplog.text
        assert "days.sql" not in caplog.text

    def test_a_link_that_leads_out_of_the_folder_is_named_once_and_not_published(
        self,
        watcher: ReportsWatcher,
        s3: Any,
        folder: Path,
        tmp_path_factory: pytest.TempPathFactory,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        secret = tmp_path_factory.mktemp("elsewhere") / "secret.sql"
        secret.write_text(REPORT)
        (folder / "reports" / "linked.sql").symlink_to(secret)
        watcher.publish_changes()
        watcher.publish_changes()
        assert self.content(s3, "reports/linked.sql") is None
        assert caplog.text.count("linked.sql:1: The file cannot be read: it is a link that leads out") == 1

    def test_a_file_that_cannot_be_read_keeps_no_other_from_being_published(
        self, watcher: ReportsWatcher, s3: Any, folder: Path
    ) -> None:
        (folder / "reports" / "nest.sql").mkdir()
        (folder / "reports" / "new.sql").write_text(REPORT)
        watcher.publish_changes()
        assert self.content(s3, "reports/new.sql") == REPORT.encode()

    def test_a_new_file_is_found_by_the_watch(self, watcher: ReportsWatcher, s3: Any, folder: Path) -> None:
        watcher.start()
        try:
            (folder / "reports" / "new.sql").write_text(REPORT)
            while self.content(s3, "reports/new.sql") is None:
                pass
        finally:
            watcher.close()

    def test_the_data_describes_itself(self, watcher: ReportsWatcher, s3: Any) -> None:
        watcher.describe_data({"version": "v"})
        assert json.loads(self.content(s3, "data/about.json") or b"") == {"version": "v"}
