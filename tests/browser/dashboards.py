"""Starts a real `streamlit run` as a user would, and stops it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from dashboard.client.upstream import Endpoints

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "dashboard" / "app.py"
_START_SECONDS = 60
_STOP_SECONDS = 20


def settings_for(endpoints: Endpoints) -> dict[str, str]:
    """Give the variables that make a dashboard talk to a pipeline that runs already."""
    return {
        "INSIGHTS_WEBSOCKET_ENDPOINT": endpoints.websocket,
        "INSIGHTS_REST_ENDPOINT": endpoints.rest,
        "INSIGHTS_TOKEN_URL": endpoints.token_url or "",
    }


@contextmanager
def running_dashboard(
    app: Path, settings: Mapping[str, str], *options: str, checkout: Path = ROOT
) -> Iterator[str]:
    """Run an app; give its address. `options` are Streamlit's own; `checkout` is where its modules come from."""
    with dashboard_process(app, settings, free_port(), *options, checkout=checkout) as (address, _):
        yield address


@contextmanager
def dashboard_process(
    app: Path, settings: Mapping[str, str], port: int, *options: str, checkout: Path = ROOT
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run an app at this port; give its address, and the process for whoever wants to kill it."""
    command = ["-m", "streamlit", "run", str(app), "--server.port", str(port), *options]
    with running_python(command, settings, port, checkout=checkout) as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def running_python(
    arguments: Sequence[str],
    settings: Mapping[str, str],
    port: int,
    output: int | None = None,
    checkout: Path = ROOT,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run Python with a dashboard at this port, from when it answers; `output` is where it may write."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=checkout,
        env={**os.environ, **settings},
        stdout=output,
        stderr=output,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}", process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"The dashboard did not start (exit code {process.poll()}).")


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
