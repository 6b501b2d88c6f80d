"""The example pictures of the project's own reports, drawn from synthetic trips by `make gallery`."""

from __future__ import annotations

from pathlib import Path

_GALLERY = Path(__file__).parents[1] / "docs" / "gallery"


def picture_of(topic_name: str, folder: Path = _GALLERY) -> bytes | None:
    """Give the picture of a report's usual answer as a PNG; None where there is none, as for an analyst's own."""
    try:
        return (folder / f"{topic_name}.png").read_bytes()
    except FileNotFoundError:
        return None
