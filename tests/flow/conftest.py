"""The whole stand-in as a process of its own, with the real template and the real handlers."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Log:
    """What the process says on its standard error; it is read all the time, so that nothing blocks."""

    lines: list[str] = field(default_factory=list)

    def read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.append(line)

    @property
    def text(self) -> str:
        return "".join(self.lines)


@dataclass(frozen=True)
class Pipeline:
    """A running stand-in, by the lines that it prints."""

    websocket: str
    rest: str
    tokens: str
    aws: str
    data: Path
    log: Log


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running(tmp_path_factory.mktemp("data"), scale=0.001) as pipeline:
        yield pipeline


@contextmanager
def running(data: Path, scale: float, sql: Path = REPOSITORY / "sql") -> Iterator[Pipeline]:
    """A stand-in of its own, which ends with the block, and has to end well."""
    process = _start(data, scale, sql)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    log = Log()
    reader = threading.Thread(target=log.read, args=(process.stderr,))
    reader.start()
    try:
        yield _pipeline(process.stdout, data, log)
    finally:
        process.stdin.close()
        status = process.wait(30)
        reader.join(30)
        process.stdout.close()
        process.stderr.close()
    assert status == 0, log.text
    assert not reader.is_alive(), "a child of the stand-in still holds its standard error"
    assert "Traceback" not in log.text


def _start(data: Path, scale: float, sql: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--aws-port", "0", "--scale", str(scale)]
    return subprocess.Popen(
        [*command, "--data", str(data), "--sql", str(sql), "--faults", "--until-stdin-closes"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _pipeline(stream: IO[str], data: Path, log: Log) -> Pipeline:
    lines = {}
    for line in stream:
        if line == "ready\n":
            break
        name, _, value = line.rstrip("\n").partition(" = ")
        lines[name] = value
    assert len(lines) == 4, log.text
    return Pipeline(
        websocket=lines["RedshiftDataApiWebSocketEndpoint"],
        rest=lines["RedshiftDataApiRestApiEndpoint"],
        tokens=lines["TokenEndpoint"],
        aws=lines["AwsEndpoint"],
        data=data,
        log=log,
    )
