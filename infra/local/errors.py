"""What stops the stand-in before it is ready: sentences for the person who started it."""

from __future__ import annotations


class StartError(Exception):
    """The stand-in cannot start; the message says why and what to change."""


class WiringError(StartError):
    """The template's wiring cannot work; the message names the logical id."""

    def __init__(self, logical_id: str, message: str) -> None:
        super().__init__(f"{logical_id}: {message}")
