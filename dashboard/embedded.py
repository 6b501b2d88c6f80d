"""The pipeline's local stand-in as a child of the dashboard: started, watched, restarted, ended with us."""

from __future__ import annotations

import functools
import logging
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from dashboard.client.upstream import Endpoints, PipelineNotReady
from dashboard.settings import ROOT, wants_faults

_logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "infra.local", "--port", "0", "--aws-port", "0", "--until-stdin-closes")

_NAMES = ("RedshiftDataApiWebSocketEndpoint", "RedshiftDataApiRestApiEndpoint", "TokenEndpoint")
# What `infra.local` writes to its log while it makes itself ready.
_PROGRESS = re.compile(r" INFO infra\.local\.start: (.+)$")
# What it writes when it has seen a change in the folder of reports, within a second.
_REPORT_CHANGED = re.compile(r" infra\.local\.reports_watcher: \S+ was (published|removed)\.$")
_WAIT_SECONDS = 1.0
_STOP_SECONDS = 10.0
_RESTARTS = 3
# What the child ends with when it can never start here; the last line of its log is then a sentence for a person.
_REFUSED = 2
_RESTARTS_WITHIN_SECONDS = 600.0
_STARTING = "The local pipeline is starting."
_RESTARTING = "The local pipeline stopped and is being started again. Queries that ran in it are forgotten."
_GONE = (
    "The local pipeline stopped and did not come back. Your settings and data are safe; stop this dashboard and "
    "start it again."
)


@dataclass(frozen=True, slots=True)
class EmbeddedState:
    """How the child is doing; `sentence` is for a person, None when it is ready.

    `reports_changed` counts the reports that were put, changed or taken away since it is ready.
    """

    phase: Literal["starting", "ready", "unavailable"]
    sentence: str | None
    endpoints: Endpoints | None = None
    reports_changed: int = 0


class EmbeddedPipeline:
    """Runs the child and keeps it running: a child that stops is started again, three times in ten minutes.

    The child ends when its standard input closes, so it cannot outlive this process, however that ends.
    """

    def __init__(self, folder: Path, command: Sequence[str] = COMMAND) -> None:
        self._folder = folder
        self._command = command
        self._changed = threading.Condition()
        self._state = EmbeddedState("starting", _STARTING)
        self._process: subprocess.Popen[str] | None = None
        self._last_line = ""
        self._stopping = threading.Event()
        self._when_reports_change: Callable[[], None] = lambda: None
        self._thread = threading.Thread(target=self._keep_running, name="embedded-pipeline", daemon=True)

    def start(self) -> None:
        """Start the child unless that is done already; returns at once."""
        if self._thread.ident is None:
            self._thread.start()

    def when_reports_change(self, tell: Callable[[], None]) -> None:
        """Call `tell`, from a thread of ours, each time a report was put, changed or taken away."""
        self._when_reports_change = tell

    def stop(self) -> None:
        """End the child and wait until it has gone."""
        self._stopping.set()
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
        self._thread.join(_STOP_SECONDS)
        if process is not None and process.poll() is None:
            process.kill()

    def state(self) -> EmbeddedState:
        """Say how the child is doing; never waits."""
        return self._state

    def endpoints(self) -> Endpoints:
        """Give the child's addresses; waits a second while it is starting.

        Raises:
            PipelineNotReady: it is still starting, or will not come back.
        """
        with self._changed:
            before = self._state
            self._changed.wait_for(
                lambda: self._state is not before or before.phase != "starting", _WAIT_SECONDS
            )
            state = self._state
        if state.endpoints is None:
            raise PipelineNotReady(state.sentence or _STARTING, starting=state.phase == "starting")
        return state.endpoints

    def _keep_running(self) -> None:
        stopped_at: list[float] = []
        gone = _GONE
        while not self._stopping.is_set():
            if self._run_once() == _REFUSED:
                gone = self._last_line
                break
            now = time.monotonic()
            stopped_at = [at for at in stopped_at if now - at < _RESTARTS_WITHIN_SECONDS] + [now]
            if len(stopped_at) > _RESTARTS:
                break
            self._show(EmbeddedState("starting", _RESTARTING))
            self._stopping.wait(2.0 ** len(stopped_at) / 2)
        self._show(EmbeddedState("unavailable", gone))

    def _run_once(self) -> int:
        """Run the child until it ends; give its exit status."""
        # A session of its own: Ctrl-C is for the dashboard, which then closes the child's standard input.
        with subprocess.Popen(
            self._command,
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            self._process = process
            told = threading.Thread(target=self._read_progress, args=(process.stderr,), daemon=True)
            told.start()
            self._read_addresses(process.stdout)
            told.join()
        _logger.log(
            logging.INFO if self._stopping.is_set() else logging.ERROR,
            "The local pipeline ended with code %s.",
            process.returncode,
        )
        return process.returncode

    def _read_addresses(self, lines: IO[str] | None) -> None:
        values: dict[str, str] = {}
        for line in lines or ():
            name, _, value = line.strip().partition(" = ")
            values[name] = value
            if name == "ready":
                self._show(EmbeddedState("ready", None, Endpoints(*(values[known] for known in _NAMES))))

    def _read_progress(self, lines: IO[str] | None) -> None:
        """Pass the child's log on; what it says of its start and of the reports is for the pages too."""
        for line in lines or ():
            sys.stderr.write(line)
            self._last_line = line.strip()
            told = _PROGRESS.search(line)
            if told and self._state.phase == "starting":
                self._show(EmbeddedState("starting", f"{told[1]}."))
            if self._state.phase == "ready" and _REPORT_CHANGED.search(line):
                self._show(replace(self._state, reports_changed=self._state.reports_changed + 1))
                self._when_reports_change()

    def _show(self, state: EmbeddedState) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()


@functools.cache
def embedded_pipeline() -> EmbeddedPipeline:
    """Give this program's own child; not started yet where nobody has.

    One for the program, and known without Streamlit: `make run` starts it while Streamlit is still being imported.
    """
    return EmbeddedPipeline(ROOT, (*COMMAND, "--faults") if wants_faults() else COMMAND)
