"""The query string of a REST request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.core.errors import Refusal, shown


def rest_query(event: Mapping[str, Any], *known: str) -> dict[str, str]:
    """Read the query of an API Gateway event: of the `known` names any may stand there, once and with a value.

    Raises:
        Refusal: `unknown_parameter`, `duplicate_parameter` or `invalid_parameter`.
    """
    values = event.get("multiValueQueryStringParameters") or {}
    return {name: _only(name, given, known) for name, given in values.items()}


def _only(name: str, given: list[str], known: tuple[str, ...]) -> str:
    if name not in known:
        raise Refusal("unknown_parameter", f"This address takes no {shown(name)}.", shown(name))
    if len(given) > 1:
        raise Refusal("duplicate_parameter", f"{name} is given more than once.", name)
    if not given or not given[0]:
        raise Refusal("invalid_parameter", f"{name} is empty.", name)
    return given[0]
