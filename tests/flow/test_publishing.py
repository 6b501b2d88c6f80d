"""A report is published, published anew, and rolled back, while people ask it: by the analyst's command, over HTTP."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.flow.client import User
from tests.flow.conftest import REPOSITORY, Pipeline, running

# Each publishing is a process of its own, which loads the engine.
pytestmark = pytest.mark.timeout(300)
SKELETON = (REPOSITORY / "infra" / "reports" / "skeleton.sql").read_text(encoding="utf-8")
FIRST = SKELETON.replace("{{title}}", "Trips of each day")
SECOND = FIRST.replace("Trips of each day", "Twice the trips of each day").replace(
    "sum(trips)::bigint as", "2 * sum(trips)::bigint as"
)
JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


@dataclass(frozen=True)
class Desk:
    """An analyst's own checkout, from which he publishes to a pipeline that serves nothing else."""

    pipeline: Pipeline
    sql: Path
    bucket: str

    def publish(self, text: str) -> str:
        (self.sql / "reports" / "days.sql").write_text(text, encoding="utf-8")
        place = {
            "AWS_ENDPOINT_URL": self.pipeline.aws,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_REGION": "us-east-1",
        }
        command = [sys.executable, "-m", "infra.reports", "--sql", str(self.sql)]
        command += ["--data", str(self.pipeline.data), "publish", "--bucket", self.bucket]
        done = subprocess.run(
            command, cwd=REPOSITORY, env=os.environ | place, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    served, own = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("own")
    for folder in (served, own):
        (folder / "reports").mkdir()
    with running(tmp_path_factory.mktemp("data"), 0.001, served) as pipeline:
        session = boto3.Session("local", "local", region_name="us-east-1")
        s3 = session.client("s3", endpoint_url=pipeline.aws)
        (bucket,) = s3.list_buckets()["Buckets"]
        s3.close()
        yield Desk(pipeline, own, bucket["Name"])


def asked(user: User) -> str:
    """Ask the report; give the id of its answer."""
    with user.connected() as session:
        session.run("days", **JUNE)
        return str(session.by_type("accepted", "finished")["finished"]["statementId"])


def answer_and_title(user: User, statement_id: str) -> tuple[int, str]:
    """Give the trips of an answer, and how the report that answered calls itself."""
    _, page = user.get(f"/results/{statement_id}")
    _, described = user.get(f"/reports?topicName=days&version={page['reportVersion']}")
    (report,) = described["reports"]
    return _trips(page), report["title"]


def _trips(page: dict[str, Any]) -> int:
    place = [column["name"] for column in page["columns"]].index("trips")
    return sum(record[place] for record in page["records"])


def test_each_answer_stays_described_by_the_version_that_gave_it(desk: Desk) -> None:
    user = User.named(desk.pipeline, "ana")
    answers = []
    for text, verb in ((FIRST, "published"), (SECOND, "published"), (FIRST, "published again")):
        version = sha256(text.encode()).hexdigest()
        assert desk.publish(text) == f"days.sql: {verb}, version {version[:12]}\n"
        answers.append(asked(user))

    described = [answer_and_title(user, answer) for answer in answers]

    trips, _ = described[0]
    assert trips > 0
    assert described == [
        (trips, "Trips of each day"),
        (2 * trips, "Twice the trips of each day"),
        (trips, "Trips of each day"),
    ]
    _, catalogue = user.get("/reports")
    assert [report["title"] for report in catalogue["reports"]] == ["Trips of each day"]
