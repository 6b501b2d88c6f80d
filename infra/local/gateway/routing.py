"""Which route of the WebSocket API a message takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from infra.local.errors import WiringError
from infra.local.wiring import SocketApi, SocketRoute

CONNECT = "$connect"
DISCONNECT = "$disconnect"
DEFAULT = "$default"

_PREFIX = "$request.body."
# A message cannot choose these: they belong to the connection itself, or to what no other route takes.
_RESERVED = frozenset({CONNECT, DISCONNECT, DEFAULT})


class Routes:
    """The routes of an API, and its route selection expression."""

    def __init__(self, api: SocketApi) -> None:
        """Read the selection expression.

        Raises:
            WiringError: it is not of the form `$request.body.<path>`, the only one that is imitated.
        """
        if not api.selection.startswith(_PREFIX):
            raise WiringError(api.logical_id, f"the route selection {api.selection} is not imitated.")
        self._path = api.selection.removeprefix(_PREFIX).split(".")
        self._routes = api.routes

    def find(self, route_key: str) -> SocketRoute | None:
        """Find a route by its key."""
        return self._routes.get(route_key)

    def choose(self, text: str) -> SocketRoute | None:
        """Choose the route of a message: the one that it names, else `$default`, else None."""
        key = self._selected(text)
        if key is not None and key not in _RESERVED and key in self._routes:
            return self._routes[key]
        return self._routes.get(DEFAULT)

    def _selected(self, text: str) -> str | None:
        """Take the value at the path of the expression, as text; None when the message has none."""
        try:
            value: Any = json.loads(text)
        except (ValueError, RecursionError):
            return None
        for name in self._path:
            if not isinstance(value, Mapping) or value.get(name) is None:
                return None
            value = value[name]
        return value if isinstance(value, str) else json.dumps(value)
