"""Whoever else uses the pipeline: plain clients, and the one who describes the data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import boto3

from tests.browser.stand_ins import StandIn
from tests.flow.client import Session, get
from tests.sockets import websocket_client
from tests.waiting import wait_until

Rows = list[dict[str, Any]]
_ABOUT = "data/about.json"


@dataclass(frozen=True)
class Person:
    """Somebody who asks without the dashboard."""

    websocket: str
    rest: str
    token: str

    @classmethod
    def named(cls, stand_in: StandIn, name: str) -> Person:
        ends = stand_in.endpoints
        _, answer = get(f"{ends.token_url}?user={name}")
        return cls(ends.websocket, ends.rest, answer["id_token"])

    @contextmanager
    def connected(self) -> Iterator[Session]:
        with websocket_client(self.websocket, {"Authorization": f"Bearer {self.token}"}) as client:
            yield Session(client)
            client.close()

    def read(self, path: str) -> dict[str, Any]:
        status, answer = get(f"{self.rest}{path}", self.token)
        assert status == 200, answer
        body: dict[str, Any] = answer
        return body

    def queries(self) -> Rows:
        """Give this person's queries of the last day, newest first."""
        queries: Rows = self.read("/queries")["queries"]
        return queries

    def ask(self, topic_name: str, **parameters: str) -> tuple[str, Rows]:
        """Ask a question; give the query's id, and the answer's rows by the names of their columns."""
        with self.connected() as session:
            query_id = session.run(topic_name, **parameters)
            finished = session.by_type("accepted", "finished")["finished"]
        page = self.read(f"/results/{quote(finished['statementId'], safe='')}")
        assert page["nextPage"] is None
        names = [column["name"] for column in page["columns"]]
        return query_id, [dict(zip(names, record, strict=True)) for record in page["records"]]

    def stop_everything(self) -> None:
        """Cancel whatever is running, and wait until it has ended."""
        active = self._active()
        if not active:
            return
        with self.connected() as session:
            for query_id in active:
                session.send(action="cancel", queryId=query_id)
            wait_until(lambda: not self._active())

    def _active(self) -> list[str]:
        return [one["queryId"] for one in self.queries() if one["state"] in {"accepted", "running"}]


@contextmanager
def data_that_say(stand_in: StandIn, said: Mapping[str, Any]) -> Iterator[None]:
    """Let the data in use say something else of themselves, in the bucket where every reader looks."""
    session = boto3.Session("local", "local", region_name="us-east-1")
    s3 = session.client("s3", endpoint_url=stand_in.calls.target)
    bucket = next(one["Name"] for one in s3.list_buckets()["Buckets"] if _has_about(s3, one["Name"]))
    described = s3.get_object(Bucket=bucket, Key=_ABOUT)["Body"].read()
    try:
        s3.put_object(Bucket=bucket, Key=_ABOUT, Body=json.dumps({**json.loads(described), **said}).encode())
        yield
    finally:
        s3.put_object(Bucket=bucket, Key=_ABOUT, Body=described)
        s3.close()


def _has_about(s3: Any, bucket: str) -> bool:
    return "Contents" in s3.list_objects_v2(Bucket=bucket, Prefix=_ABOUT)
