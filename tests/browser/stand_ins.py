"""Starts the real stand-in, as `make run` would, with a small year and its faults at hand."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from dashboard.client.upstream import Endpoints
from tests.browser.dashboards import ROOT

_STOP_SECONDS = 20


@dataclass(frozen=True, slots=True)
class StandIn:
    """A running stand-in. `aws` is the address of every AWS service."""

    endpoints: Endpoints
    aws: str

    def set_faults(self, faults: Mapping[str, Mapping[str, int]]) -> None:
        """Switch faults on or off."""
        address = self.endpoints.rest.replace("/prod", "/_local/faults")
        request = urllib.request.Request(address, json.dumps(faults).encode(), method="PUT")
        with urllib.request.urlopen(request, timeout=10):
            pass

    def executed(self) -> int:
        """Count the statements that the pipeline's role had executed so far."""
        client = boto3.client(
            "redshift-data",
            endpoint_url=self.aws,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        # A role sees its own statements only, so this asks as the function that submits them.
        client.meta.events.register("before-call.redshift-data", _ask_as_on_connect)
        pages = client.get_paginator("list_statements").paginate(Status="ALL")
        return sum(len(page["Statements"]) for page in pages)

    def actions_used(self) -> set[str]:
        """Give every AWS action that a handler used so far."""
        with urllib.request.urlopen(
            self.endpoints.rest.replace("/prod", "/_local/ledger"), timeout=10
        ) as answer:
            roles = json.load(answer)["roles"]
        return {action for role in roles.values() for action in role["used"]}


def _ask_as_on_connect(params: dict[str, Any], **_: Any) -> None:
    params["headers"]["X-Local-Function"] = "OnConnectFunction"


@contextmanager
def running_stand_in(data: Path) -> Iterator[StandIn]:
    """Run one with a thousandth of the year; everything ends with the block."""
    options = ["--port", "0", "--aws-port", "0", "--scale", "0.001", "--data", str(data), "--faults"]
    process = subprocess.Popen(
        [sys.executable, "-m", "infra.local", *options, "--until-stdin-closes"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield _read(iter(process.stdout.readline, ""))
    finally:
        process.stdin.close()
        process.wait(_STOP_SECONDS)
        process.stdout.close()


def _read(lines: Iterator[str]) -> StandIn:
    values: dict[str, str] = {}
    for line in lines:
        if line.strip() == "ready":
            names = ("RedshiftDataApiWebSocketEndpoint", "RedshiftDataApiRestApiEndpoint", "TokenEndpoint")
            return StandIn(Endpoints(*(values[name] for name in names)), values["AwsEndpoint"])
        name, _, value = line.strip().partition(" = ")
        values[name] = value
    raise AssertionError("The stand-in ended before it was ready.")
