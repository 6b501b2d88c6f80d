"""A bucket of reports in the S3 of the stand-in, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest

from infra.local.addresses import Addresses
from infra.local.aws_http import AwsHttpServer
from infra.local.aws_port import AwsPort
from infra.local.faults import Faults
from infra.local.listening import listen, port_of
from infra.local.moto_services import MotoServices
from infra.local.parameter_store import ParameterStore
from infra.local.resources import AwsClients
from tests.infra.local.test_aws_port import Warehouse


@dataclass(frozen=True)
class Bucket:
    """The bucket as whoever looks into it sees it."""

    s3: Any
    name: str

    def get(self, key: str) -> tuple[str, dict[str, str]]:
        """Give an object's text and metadata."""
        held = self.s3.get_object(Bucket=self.name, Key=key)
        return held["Body"].read().decode(), held["Metadata"]

    def put(self, key: str, text: str, **metadata: str) -> None:
        """Put an object there as somebody with a console would."""
        self.s3.put_object(Bucket=self.name, Key=key, Body=text.encode(), Metadata=metadata)

    def names(self) -> list[str]:
        """Name every object."""
        listed = self.s3.list_objects_v2(Bucket=self.name)
        return [entry["Key"] for entry in listed.get("Contents", [])]


def version_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def version_key(text: str) -> str:
    return f"reports/versions/{version_of(text)}.sql"


@contextmanager
def local_s3() -> Iterator[Any]:
    listener = listen(0)
    port = AwsPort(Warehouse(), {"ssm": ParameterStore()}, MotoServices(), {}, Faults())
    server = AwsHttpServer(listener, port.respond)
    server.start()
    s3 = AwsClients(Addresses(8787, port_of(listener)).aws).client("s3")
    yield s3
    s3.close()
    server.close()


def new_bucket(s3: Any, request: pytest.FixtureRequest) -> Bucket:
    name = f"bucket-{version_of(request.node.nodeid)[:40]}"
    s3.create_bucket(Bucket=name)
    return Bucket(s3, name)
