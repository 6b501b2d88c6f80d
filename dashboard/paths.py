"""The last parts of the pages' addresses; "" is the first page."""

from __future__ import annotations

QUERIES = "queries"
CATALOGUE = "catalogue"
STATUS = "status"
CODES = "codes"
ALL = ("", QUERIES, CATALOGUE, STATUS, CODES)
