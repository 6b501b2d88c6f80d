"""The stand-in as a process that may be killed and started again, and whose faults can be switched on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.dashboards import ROOT, free_port
from tests.browser.data_api_calls import running_relay
from tests.browser.stand_ins import announced
from tests.soak.links import Links
from tests.soak.statements import Statements

_STOP_SECONDS = 30
# It may be frozen, or busy with everybody who comes back.
_ANSWER_SECONDS = 60


class Pipeline:
    """A stand-in that is always found at the same place. Its log goes into the folder of its data."""

    def __init__(self, folder: Path, links: Links, users: Sequence[str]) -> None:
        self.port = free_port()
        self.statements = Statements(f"http://127.0.0.1:{self.port}/_local", users)
        self._links = links
        self._folder = folder
        self._set: dict[str, int] = {}
        self._struck: Counter[str] = Counter()

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.statements.lives.append({})
        options = ["--port", str(self.port), "--aws-port", "0", "--scale", "0.0001", "--faults"]
        with (self._folder / "pipeline.log").open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "infra.local", *options, "--until-stdin-closes"),
                    *("--data", str(self._folder / "data")),
                ],
                cwd=ROOT,
                # boto3 prefers an address for one service to the address for all.
                env={**os.environ, "AWS_ENDPOINT_URL_REDSHIFT_DATA": self.statements.address},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self.statements.target = announced(iter(self.process.stdout.readline, ""))["AwsEndpoint"]
        self._links.target = self.port

    def kill(self) -> None:
        """Kill it with everything that it remembers."""
        self._count()
        self._set = {}
        self._links.target = None
        self.process.kill()
        self._reap()

    def stop(self) -> int:
        """Let it end; give its exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self._reap()

    def struck(self) -> Counter[str]:
        """Count how often each fault has struck, by `<group> <name>`."""
        self._count()
        return self._struck

    def cause(self, group: str, name: str, number: int) -> None:
        """Switch a fault of the stand-in on; the groups of handlers are named `handlers/<logical id>`."""
        self._count()
        self._put(_document(group, name, number))
        self._set[f"{group} {name}"] = number

    def calm(self) -> None:
        """Switch every fault off."""
        self._count()
        for key in self._set:
            group, name = key.split(" ")
            self._put(_document(group, name, 0))
        self._set = {}

    def _count(self) -> None:
        """Count what has struck since the last look: each fault was switched on with a number that runs down."""
        left = _flat(self._faults()) if self._set else {}
        for key, number in self._set.items():
            self._struck[key] += _times(key, number, left.get(key, 0))
            self._set[key] = left.get(key, 0)

    def _put(self, document: Mapping[str, Any]) -> None:
        self._faults(json.dumps(document).encode())

    def _faults(self, body: bytes | None = None) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self.port}/_local/faults"
        request = urllib.request.Request(address, body, method="GET" if body is None else "PUT")
        with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:
            left: dict[str, Any] = json.loads(answer.read())
        return left

    def _reap(self) -> int:
        status = self.process.wait(_STOP_SECONDS)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return status


def _document(group: str, name: str, number: int) -> dict[str, Any]:
    head, _, function_id = group.partition("/")
    return {head: {function_id: {name: number}} if function_id else {name: number}}


def _flat(left: Mapping[str, Any]) -> dict[str, int]:
    flat: dict[str, int] = {}
    for group, names in left.items():
        for name, value in names.items():
            if isinstance(value, int):
                flat[f"{group} {name}"] = value
            else:
                flat.update({f"{group}/{name} {inner}": number for inner, number in value.items()})
    return flat


def _times(key: str, before: int, left: int) -> int:
    """Say how often a fault struck: `kill_after` is no count, and is off once it has struck."""
    return int(before > left) if key.endswith("kill_after") else before - left


@contextmanager
def running_pipeline(folder: Path, links: Links, users: Sequence[str]) -> Iterator[Pipeline]:
    """Run one until the block ends, and whatever has become of it then."""
    pipeline = Pipeline(folder, links, users)
    with running_relay(pipeline.statements):
        try:
            pipeline.start()
            yield pipeline
        finally:
            if pipeline.process.poll() is None:
                pipeline.process.kill()
                pipeline.process.wait()
