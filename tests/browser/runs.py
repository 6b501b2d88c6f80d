"""Counts the runs of a page as they show on the wire: Streamlit tells the browser when each ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class PageRuns:
    """`script` and `fragment` runs since `forget`, and `frames` in both directions of the page's own socket.

    `early` are runs that ended in a callback, which asked for another run: they drew nothing.
    """

    script: int = 0
    fragment: int = 0
    early: int = 0
    frames: int = 0
    push_sockets: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Start counting anew."""
        self.script = self.fragment = self.early = self.frames = 0

    def counts(self) -> tuple[int, int, int]:
        """Give (script runs, fragment runs, runs that ended in a callback)."""
        return self.script, self.fragment, self.early

    def watch(self, opened: WebSocket) -> None:
        """Count what passes over a socket that the page opened."""
        if "/push/" in opened.url:
            self.push_sockets.append(opened.url)
        if "/_stcore/stream" in opened.url:
            opened.on("framereceived", self._received)
            opened.on("framesent", self._sent)

    def _sent(self, _: bytes | str) -> None:
        self.frames += 1

    def _received(self, frame: bytes | str) -> None:
        self.frames += 1
        message = ForwardMsg()
        message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
        if message.WhichOneof("type") == "script_finished":
            self._ended(message.script_finished)

    def _ended(self, how: int) -> None:
        if how == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
            self.fragment += 1
        elif how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.early += 1
        else:
            self.script += 1


def count_runs(page: Page) -> PageRuns:
    """Begin to count; before the page is opened."""
    runs = PageRuns()
    page.on("websocket", runs.watch)
    return runs
