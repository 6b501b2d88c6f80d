"""What a process has started (Linux: /proc)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def children_of(process_id: int) -> list[int]:
    """Name the processes that a process has started and that are there."""
    children: list[int] = []
    for thread in Path(f"/proc/{process_id}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            children += map(int, (thread / "children").read_text().split())
    return children
