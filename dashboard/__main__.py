"""`make run`: opens the dashboard, or says in one sentence why it cannot."""

from __future__ import annotations

import os
import socket
import sys
from urllib.error import URLError
from urllib.request import urlopen

from dashboard.embedded import embedded_pipeline
from dashboard.settings import ROOT, SettingsError, load_settings, run_port, shows_windows

USAGE_ERROR = 2
INTERRUPTED = 130  # as shells tell it: 128 and the signal's number


def main() -> None:
    """Run Streamlit, when the port is free and the settings make sense."""
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


def _run_streamlit(port: int) -> None:
    # A second of imports, in which the pipeline starts beside us.
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415 - see above

    options = [f"--server.port={port}", "--server.showEmailPrompt=false"]
    if shows_windows():
        options.append("--server.headless=false")
    streamlit(["run", "dashboard/app.py", *options])


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _why_taken(port: int) -> str:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            ours = answer.read() == b"ok"
    except (URLError, OSError):
        ours = False
    if ours:
        return f"A dashboard is running already: open http://localhost:{port}, or end it with Ctrl-C first."
    return f"Port {port} is in use by another program: end it, or choose another port with make run PORT={port + 1}."


def _stop(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(USAGE_ERROR)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        # Before Streamlit listens for it: what was started ends with us.
        raise SystemExit(INTERRUPTED) from None
