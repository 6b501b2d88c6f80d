"""What a process has started (Linux: /proc)."""

from __future__ import annotations

from pathlib import Path


def children_of(process_id: int) -> list[int]:
    """Name the processes that a process has started and that are there."""
    threads = Path(f"/proc/{process_id}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
