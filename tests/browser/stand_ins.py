"""Starts the real stand-in, as `make run` would, with a small year and its faults at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.client.upstream import Endpoints
from tests.browser.dashboards import ROOT
from tests.browser.data_api_calls import DataApiCalls, running_relay

_STOP_SECONDS = 20
_ROOMS = ("infra", "pipeline", "sql")


@dataclass(frozen=True, slots=True)
class StandIn:
    """A running stand-in, and the calls that its handlers make to the warehouse."""

    endpoints: Endpoints
    calls: DataApiCalls

    def set_faults(self, faults: Mapping[str, Mapping[str, int | Mapping[str, int]]]) -> None:
        """Switch faults on or off; those of handlers are named one level deeper."""
        address = self.endpoints.rest.replace("/prod", "/_local/faults")
        request = urllib.request.Request(address, json.dumps(faults).encode(), method="PUT")
        with urllib.request.urlopen(request, timeout=10):
            pass

    def warehouse_calls(self) -> Counter[str]:
        """Give the number of calls to the warehouse so far, by operation."""
        return self.calls.counts()


def copied_checkout(folder: Path, *more: str) -> Path:
    """Copy what the stand-in runs from, and `more` rooms, so that a test can change them without touching ours."""
    for room in (*_ROOMS, *more):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@contextmanager
def running_stand_in(data: Path, checkout: Path = ROOT, scale: str = "0.001") -> Iterator[StandIn]:
    """Run one with a thousandth of the year, or another part; everything ends with the block."""
    options = ["--port", "0", "--aws-port", "0", "--scale", scale, "--data", str(data), "--faults"]
    with running_relay(DataApiCalls()) as calls:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local", *options, "--until-stdin-closes"],
            cwd=checkout,
            # boto3 prefers an address for one service to the address for all.
            env={**os.environ, "AWS_ENDPOINT_URL_REDSHIFT_DATA": calls.address},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield _read(iter(process.stdout.readline, ""), calls)
        finally:
            process.stdin.close()
            process.wait(_STOP_SECONDS)
            process.stdout.close()


def announced(lines: Iterator[str]) -> dict[str, str]:
    """Read what a stand-in says of itself until it is ready: its addresses, by their names."""
    values: dict[str, str] = {}
    for line in lines:
        if line.strip() == "ready":
            return values
        name, _, value = line.strip().partition(" = ")
        values[name] = value
    raise AssertionError("The stand-in ended before it was ready.")


def _read(lines: Iterator[str], calls: DataApiCalls) -> StandIn:
    values = announced(lines)
    calls.target = values["AwsEndpoint"]
    names = ("RedshiftDataApiWebSocketEndpoint", "RedshiftDataApiRestApiEndpoint", "TokenEndpoint")
    return StandIn(Endpoints(*(values[name] for name in names)), calls)
