"""Opens the dashboard, or says in one sentence why it cannot."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from errno import EADDRINUSE
from http.client import HTTPException
from urllib.request import urlopen

from dashboard.embedded import embedded_pipeline
from dashboard.settings import LAST_PORT, ROOT, SettingsError, load_settings, run_port, shows_windows

USAGE_ERROR = 2


def main() -> None:
    """Run Streamlit, when the port is free and the settings make sense."""
    _parser().parse_args()
    try:
        settings = load_settings()
        port = run_port()
    except SettingsError as error:
        _stop(str(error))
    if _taken(port):
        _stop(_why_taken(port))
    os.chdir(ROOT)
    if settings.endpoints is None:
        embedded_pipeline().start()
    _run_streamlit(port)


def _parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Open the dashboard at port 8501, or the one that the variable PORT names. Ctrl-C ends it.",
    )


def _run_streamlit(port: int) -> None:
    # A second of imports, in which the pipeline starts beside us.
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415 - see above

    options = [f"--server.port={port}", "--server.showEmailPrompt=false"]
    if shows_windows():
        options.append("--server.headless=false")
    streamlit(["run", "dashboard/app.py", *options])


def _taken(port: int) -> bool:
    """Say whether somebody answers at the port, or holds it without listening yet."""
    with socket.socket() as caller:
        if caller.connect_ex(("127.0.0.1", port)) == 0:
            return True
    with socket.socket() as holder:
        # As Streamlit's own server does it: connections that have just ended do not hold the port.
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno == EADDRINUSE
    return False


def _why_taken(port: int) -> str:
    if _is_dashboard(port):
        return f"A dashboard is running already: open http://localhost:{port}, or end it with Ctrl-C first."
    other = port + 1 if port < LAST_PORT else port - 1
    return f"Port {port} is in use by another program: end it, or choose another port with make run PORT={other}."


def _is_dashboard(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except (OSError, HTTPException):  # the second: what answers speaks no HTTP, or breaks off
        return False


def _stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(USAGE_ERROR)
