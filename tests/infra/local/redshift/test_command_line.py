"""The AWS CLI, pointed at the service, executes a statement, describes it and reads its result."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.infra.local.redshift.service import USER, Service, ended


def aws(service: Service, *arguments: str) -> Any:
    command = [str(Path(sys.executable).parent / "aws"), "redshift-data", *arguments]
    environment = {
        "AWS_ENDPOINT_URL": service.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_execute_describe_result(service: Service) -> None:
    sql = "select avg(i4) as mean, 5 / 2 as half from samples where i4 < :most::int"
    made = aws(
        service, "execute-statement", "--workgroup-name", "local", "--database", "dev", "--sql", sql,
        "--parameters", "name=most,value=5", "--with-event",
    )  # fmt: skip
    ended(service.client(USER), made["Id"])
    assert aws(service, "describe-statement", "--id", made["Id"])["Status"] == "FINISHED"
    result = aws(service, "get-statement-result", "--id", made["Id"])
    assert result["Records"] == [[{"longValue": 2}, {"longValue": 2}]]
    assert service.inbox.wait_for(1)[0]["detail"]["statementId"] == made["Id"]
