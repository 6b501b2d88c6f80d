"""Looks again and again whether something has changed, in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_SECONDS_BETWEEN_LOOKS = 0.4

_log = logging.getLogger(__name__)


class Watch:
    """Calls `look` until it is closed; a look that fails is logged under `complaint`, and the next one comes.

    Looks that fail one after the other for the same reason are logged once.
    """

    def __init__(
        self,
        name: str,
        look: Callable[[], None],
        complaint: str,
        seconds_between_looks: float = _SECONDS_BETWEEN_LOOKS,
    ) -> None:
        self._look = look
        self._complaint = complaint
        self._seconds = seconds_between_looks
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Look from now on."""
        self._thread.start()

    def close(self) -> None:
        """Look no more; a look that is under way is waited for."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        failure = ""
        while not self._stop.wait(self._seconds):
            try:
                self._look()
                failure = ""
            except Exception as error:  # noqa: BLE001 - the watch goes on, whatever failed
                if repr(error) != failure:
                    failure = repr(error)
                    _log.exception("%s", self._complaint)
