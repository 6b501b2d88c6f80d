"""`python -m infra.local` as a process: what it prints, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from infra.local.listening import listen, port_of
from tests.places import ABROAD
from tests.processes import children_of

REPOSITORY = Path(__file__).resolve().parents[3]
LINES = re.compile(
    r"RedshiftDataApiWebSocketEndpoint = ws://127\.0\.0\.1:(?P<port>\d+)/prod\n"
    r"RedshiftDataApiRestApiEndpoint = http://127\.0\.0\.1:(?P=port)/prod\n"
    r"TokenEndpoint = http://127\.0\.0\.1:(?P=port)/_local/token\n"
    r"AwsEndpoint = http://127\.0\.0\.1:(?P<aws>\d+)\n"
    r"ready\n"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def start(data: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--aws-port", "0", "--scale", "0.001"]
    return subprocess.Popen(
        [*command, "--data", str(data), "--until-stdin-closes", *more],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready(process: subprocess.Popen[str]) -> re.Match[str]:
    lines = "".join(_until(_stream(process.stdout), "ready\n"))
    match = LINES.fullmatch(lines)
    assert match, lines + _stream(process.stderr).read()
    return match


def _until(stream: IO[str], last: str) -> Iterator[str]:
    """Give the lines up to the first that holds `last`."""
    for line in stream:
        yield line
        if last in line:
            return


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def refusal(process: subprocess.Popen[str]) -> tuple[int, str]:
    """As `end` does, of a process that ends by itself before its standard input does."""
    process.wait(30)
    return end(process)


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end; give the exit status and what was said on the standard error."""
    _, errors = process.communicate(timeout=30)
    return process.returncode, errors


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("place", [{}, ABROAD], ids=["here", "abroad"])
def test_it_says_where_everything_is_and_ends_with_its_standard_input(
    data: Path, place: dict[str, str]
) -> None:
    process = start(data, **place)
    match = ready(process)
    assert is_open(int(match["port"]))
    assert is_open(int(match["aws"]))
    status, errors = end(process)
    assert (status, "Traceback" in errors) == (0, False)
    assert f"The console is at http://127.0.0.1:{match['port']}/_local/\n" in errors
    assert f"The other AWS services are at http://127.0.0.1:{match['aws']}\n" in errors
    assert not is_open(int(match["port"]))
    assert not is_open(int(match["aws"]))


@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_without_a_traceback(data: Path, number: signal.Signals, expected: int) -> None:
    process = start(data)
    ready(process)
    process.send_signal(number)
    process.wait(30)
    status, errors = end(process)
    assert (status, "Traceback" in errors) == (expected, False)


def test_it_ends_with_a_sentence_when_the_process_of_its_table_is_killed(data: Path) -> None:
    process = start(data)
    ready(process)
    (moto,) = children_of(process.pid)
    os.kill(moto, signal.SIGKILL)
    process.wait(30)
    status, errors = end(process)
    assert (status, "Traceback" in errors) == (0, False)
    assert "The process that held the table, the reports and the queues has gone" in errors


@pytest.mark.parametrize("option", ["--port", "--aws-port"])
def test_a_taken_port_is_one_line_and_exit_2(data: Path, option: str) -> None:
    with listen(0) as listener:
        taken = port_of(listener)
        status, errors = refusal(start(data, option, str(taken)))
    assert status == 2
    assert errors == f"Port {taken} is in use on 127.0.0.1: end what has it, or choose another.\n"


def test_data_that_cannot_be_made_is_one_line_and_exit_2(data: Path) -> None:
    status, errors = refusal(start(data, "--scale", "7"))
    assert status == 2
    assert "Traceback" not in errors
    assert "scale" in errors


@pytest.mark.parametrize("option", ["--port", "--aws-port"])
@pytest.mark.parametrize("port", [-5, 65_536, 99_999])
def test_a_port_that_cannot_be_is_one_sentence_and_exit_2(data: Path, option: str, port: int) -> None:
    status, errors = refusal(start(data, option, str(port)))
    assert status == 2
    assert errors == f"There is no port {port}: choose one from 1 to 65535, or 0 for any free one.\n"


def test_a_data_folder_whose_name_cannot_be_read_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    status, errors = refusal(start(tmp_path / "caf\u00e9", LC_ALL="C", PYTHONUTF8="0"))
    assert status == 2
    assert errors.startswith("The name of the data folder '")
    assert errors.endswith("set LC_ALL=C.UTF-8, or choose another folder with --data, and start again.\n")
    assert errors.count("\n") == 1


def test_a_signal_while_the_data_is_made_ends_it_without_a_word(tmp_path: Path) -> None:
    process = start(tmp_path, "--scale", "0.05")
    said = [line for line in _until(_stream(process.stderr), "synthetic trips") if "Traceback" in line]
    process.send_signal(signal.SIGINT)
    status, errors = end(process)
    assert (status, said, "Traceback" in errors, "could not be" in errors) == (130, [], False, False)


def test_the_end_of_its_input_while_the_data_is_made_ends_it_and_leaves_nothing_half_made(
    tmp_path: Path,
) -> None:
    process = start(tmp_path, "--scale", "0.05")
    said = "".join(_until(_stream(process.stderr), "synthetic trips"))
    status, errors = end(process)
    assert (status, "Traceback" in said + errors, "could not be" in errors) == (0, False, False)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]
