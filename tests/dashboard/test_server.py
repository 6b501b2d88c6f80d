"""The server's start with settings that cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_wrong_settings_end_the_start_with_one_sentence_and_no_traceback() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", "0"]
    environment = {**os.environ, "INSIGHTS_LOCAL_USER": "Ana Lyst"}
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    told = ended.stdout + ended.stderr
    assert "INSIGHTS_LOCAL_USER must be 1 to 64" in told
    assert "Traceback" not in told
