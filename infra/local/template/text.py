"""How CloudFormation turns a value into text."""

from __future__ import annotations


def as_text(value: object) -> str:
    """Give a scalar as CloudFormation hands it on: truth values are `true` and `false`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
