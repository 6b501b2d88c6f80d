"""The client on the protocol page is a whole client: it is cut out of the page and run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.docs.pages import fenced, read
from tests.flow.conftest import Pipeline


def test_the_client_of_the_protocol_page_gets_june(pipeline: Pipeline, tmp_path: Path) -> None:
    (client,) = fenced(read("docs/protocol.md"), "python client")
    script = tmp_path / "client.py"
    script.write_text(client)
    command = [sys.executable, str(script), pipeline.websocket, pipeline.rest, pipeline.tokens]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    days = [line.split()[0] for line in ended.stdout.splitlines()]
    assert days == [f"2015-06-{day:02}" for day in range(1, 31)]
