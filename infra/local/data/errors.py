"""What the data room tells people when it cannot do its work."""

from __future__ import annotations


class DataError(Exception):
    """The data cannot be made or kept; the text is one sentence for the person who started the product."""
