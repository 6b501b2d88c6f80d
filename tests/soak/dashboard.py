"""The dashboard as a process that may be killed and started again, always at the same place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from dashboard.client.upstream import Endpoints
from tests.browser.dashboards import PRODUCT, free_port, running_python, settings_for

OWNER = "visitor"
"""Who asks on every page of the browser."""


class Dashboard:
    """`kills` are the ticks of the monotonic clock at which it was killed. Its log goes into the folder."""

    def __init__(self, folder: Path, endpoints: Endpoints) -> None:
        self.kills: list[float] = []
        self._settings = {**settings_for(endpoints), "INSIGHTS_LOCAL_USER": OWNER}
        self._log = folder / "dashboard.log"
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._start()

    def kill(self) -> None:
        """Kill it with all that its pages hold, and start it again."""
        self.kills.append(time.monotonic())
        self.process.kill()
        self.close()
        self._start()

    def close(self) -> None:
        """End it."""
        self._running.close()

    def _start(self) -> None:
        command = ["-m", "streamlit", "run", str(PRODUCT), "--server.port", str(self._port)]
        with ExitStack() as stack:
            log = stack.enter_context(self._log.open("a"))
            self.process = stack.enter_context(
                running_python(command, self._settings, self._port, output=log.fileno())
            )
            self._running = stack.pop_all()


@contextmanager
def running_dashboard(folder: Path, endpoints: Endpoints) -> Iterator[Dashboard]:
    """Run one until the block ends."""
    dashboard = Dashboard(folder, endpoints)
    try:
        yield dashboard
    finally:
        dashboard.close()
