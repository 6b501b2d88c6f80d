"""`make run` opens the dashboard, or says in one sentence why it cannot."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.browser.dashboards import free_port
from tests.places import ABROAD
from tests.processes import children_of
from tests.signals import starting_as_in_a_terminal, starting_in_the_background
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


class Answering(BaseHTTPRequestHandler):
    """A program that answers as another one would, or as a dashboard does."""

    body = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Dashboard(Answering):
    body = b"ok"


class OtherProgram(Answering):
    body = b"hello"


@contextmanager
def listening(handler: type[Answering]) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def saying(words: bytes) -> Iterator[int]:
    """A program that says this to whoever calls, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=say_to_all, args=(listener, words))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def say_to_all(listener: socket.socket, words: bytes) -> None:
    with suppress(OSError):  # it was shut down
        while True:
            say(listener.accept()[0], words)


def say(caller: socket.socket, words: bytes) -> None:
    with caller, suppress(ConnectionError):  # who only knocks is gone by then
        caller.sendall(words)
        caller.shutdown(socket.SHUT_WR)
        while caller.recv(1024):
            pass


def make_run(port: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", *arguments],
        env={**os.environ, "PORT": port},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("handler", "sentence"),
    [
        (
            Dashboard,
            "A dashboard is running already: open http://localhost:{port}, or end it with Ctrl-C first.",
        ),
        (
            OtherProgram,
            "Port {port} is in use by another program: end it, or choose another port with make run PORT={next}.",
        ),
    ],
)
def test_a_taken_port_is_one_sentence(handler: type[Answering], sentence: str) -> None:
    with listening(handler) as port:
        refused = make_run(str(port))

    assert refused.returncode == 2
    assert refused.stderr == sentence.format(port=port, next=port + 1) + "\n"


IN_USE = (
    "Port {port} is in use by another program: end it, or choose another port with make run PORT={other}.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(b"SSH-2.0-x\r\n", id="SSH"),
        pytest.param(b"-ERR unknown command\r\n", id="Redis"),
        pytest.param(b"HTTP/1.1 abc\r\n\r\n", id="HTTP without a status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok", id="a body that breaks off"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_whatever_another_program_says_it_is_one_sentence(words: bytes) -> None:
    with saying(words) as port:
        refused = make_run(str(port))

    assert (refused.returncode, refused.stderr) == (2, IN_USE.format(port=port, other=port + 1))


def test_a_port_that_is_held_without_listening_is_one_sentence() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        refused = make_run(str(port))

    assert (refused.returncode, refused.stderr) == (2, IN_USE.format(port=port, other=port + 1))


def test_after_the_last_port_the_one_before_it_is_named() -> None:
    with socket.create_server(("127.0.0.1", 65_535)):
        refused = make_run("65535")

    assert (refused.returncode, refused.stderr) == (2, IN_USE.format(port=65_535, other=65_534))


def test_a_port_that_is_none_is_one_sentence() -> None:
    refused = make_run("many")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1


def test_help_says_how_it_is_used_and_starts_nothing() -> None:
    helped = make_run("many", "--help")

    assert (helped.returncode, helped.stderr) == (0, "")
    assert helped.stdout.startswith("usage: python -m dashboard [-h]")


def test_an_argument_that_it_does_not_take_starts_nothing() -> None:
    refused = make_run("many", "--port=8502")

    assert refused.returncode == 2
    assert "unrecognized arguments: --port=8502" in refused.stderr


STARTING = """
import sys
import dashboard.run as command
from dashboard.embedded import EmbeddedPipeline

def start(_: EmbeddedPipeline) -> None:
    raise SystemExit("the pipeline starts, with Streamlit" if "streamlit" in sys.modules else "the pipeline starts")

EmbeddedPipeline.start = start
command._run_streamlit = lambda _: sys.exit("only Streamlit starts")
command.main()
"""


def first_start(**settings: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", STARTING],
        env={**os.environ, "PORT": str(free_port()), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    ).stderr.strip()


def test_the_pipeline_starts_while_streamlit_is_still_to_be_imported() -> None:
    assert first_start() == "the pipeline starts"


def test_no_pipeline_starts_where_the_settings_name_one() -> None:
    address = "127.0.0.1:8787/prod"
    settings = {
        "INSIGHTS_WEBSOCKET_ENDPOINT": f"ws://{address}",
        "INSIGHTS_REST_ENDPOINT": f"http://{address}",
        "INSIGHTS_TOKEN_URL": "http://127.0.0.1:8787/_local/token",
    }
    assert first_start(**settings) == "only Streamlit starts"


@contextmanager
def opened(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A dashboard whose output can be read when it has ended; it is ended with the block, with all that it started."""
    with subprocess.Popen(
        command or (sys.executable, "-m", "dashboard"),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # as it should be
                os.killpg(process.pid, signal.SIGKILL)


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["the first second", "running"])
def test_a_signal_ends_the_dashboard_and_its_one_pipeline_without_a_traceback(
    moment: str, number: signal.Signals
) -> None:
    port = free_port()
    with starting_as_in_a_terminal(), opened(PORT=str(port)) as running:
        wait_until(lambda: len(children_of(running.pid)) == 1, seconds=60)
        if moment == "running":
            wait_until(lambda: answers(port), seconds=60)
        (child,) = children_of(running.pid)

        running.send_signal(number)
        told, _ = running.communicate(timeout=60)

        assert "Traceback" not in told
        wait_until(lambda: gone(child), seconds=60)


def test_in_the_background_a_closed_terminal_ends_nothing_and_sigterm_everything() -> None:
    port = free_port()
    with starting_in_the_background(), make_runs(port) as running:
        wait_until(lambda: answers(port), seconds=60)
        (dashboard,) = children_of(running.pid)
        (pipeline,) = children_of(dashboard)

        os.killpg(running.pid, signal.SIGHUP)
        assert answers(port)

        running.terminate()
        told, _ = running.communicate(timeout=60)

        assert "Traceback" not in told
        wait_until(lambda: gone(dashboard) and gone(pipeline), seconds=60)


def test_folder_language_time_zone_and_a_missing_browser_do_not_matter(tmp_path: Path) -> None:
    for name in ("make", "env"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    port = free_port()
    with make_runs(port, PATH=str(tmp_path), DISPLAY=":99", **ABROAD) as running:
        wait_until(lambda: answers(port), seconds=60)
        running.terminate()
        told, _ = running.communicate(timeout=60)

    assert "You can now view your Streamlit app in your browser." in told
    assert "Traceback" not in told


def make_runs(port: int, **environment: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """`make run` from another folder. Set-up was done before the suite began, and is not done again."""
    return opened("make", "-o", "setup-run", "-C", str(ROOT), "run", f"PORT={port}", **environment)


def test_ctrl_c_while_modules_are_imported_is_no_traceback() -> None:
    with starting_as_in_a_terminal(), opened(sys.executable, "-v", "-m", "dashboard", PORT="0") as running:
        assert running.stdout is not None
        while "import 'dashboard.settings'" not in running.stdout.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        told, _ = running.communicate(timeout=60)

    assert running.returncode in {-signal.SIGINT, 2}
    assert "Traceback" not in told


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False
