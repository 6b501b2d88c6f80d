"""Which method of the REST API a path leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from infra.local.wiring import RestApi, RestMethod

_PARAMETER = re.compile(r"\{([A-Za-z0-9._-]+)\}")


class RestPaths:
    """The paths of an API. A `{name}` takes one segment; greedy ones are not imitated, and the template has none."""

    def __init__(self, api: RestApi) -> None:
        self._stage = f"/{api.stage}"
        self._methods = [(method, _expression(method.path)) for method in api.methods]

    def find(self, http_method: str, raw_path: str) -> tuple[RestMethod, str, Mapping[str, str]] | None:
        """Find the method for a path as sent, with the path below the stage and its parameters.

        Parameters stay as they were sent (fact RP-6), and extra slashes after the stage vanish (fact RP-4).
        """
        if not raw_path.startswith(f"{self._stage}/"):
            return None
        path = "/" + raw_path.removeprefix(self._stage).lstrip("/")
        for method, expression in self._methods:
            match = expression.fullmatch(path.rstrip("/") or "/")
            if match and method.http_method in {http_method, "ANY"}:
                names = _PARAMETER.findall(method.path)
                return method, path, dict(zip(names, match.groups(), strict=True))
        return None


def _expression(path: str) -> re.Pattern[str]:
    pieces = ("([^/]+)" if _PARAMETER.fullmatch(piece) else re.escape(piece) for piece in path.split("/"))
    return re.compile("/".join(pieces))
