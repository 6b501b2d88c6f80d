"""What the analyst's commands say when they can do nothing."""

from __future__ import annotations


class CommandError(Exception):
    """The command cannot do what it was asked; the text is one sentence for the analyst."""
