"""The stand-in's own pages below `/_local/`: console, tokens, keys, faults, ledger. AWS has nothing of the kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from infra.local.console.page import console_page
from infra.local.faults import Faults, FaultsRefusedError
from infra.local.gateway.connections import Connections
from infra.local.gateway.http import Request, Response, json_response
from infra.local.ledger import Ledger
from infra.local.tokens import TokenIssuer, UserRefusedError

PREFIX = "/_local/"
STREAM = PREFIX + "stream"
_FRESH = (("Cache-Control", "no-store"),)
_DEFAULT_USER = "analyst"
_DEFAULT_LIFETIME = 3600
_LONGEST_LIFETIME = 366 * 24 * 3600


class LocalPages:
    """Answers the stand-in's own addresses."""

    def __init__(
        self,
        issuer: TokenIssuer,
        ledger: Ledger,
        connections: Connections,
        faults: Faults,
        faults_open: bool,
    ) -> None:
        """Serve the pages; faults can be set only when `faults_open`."""
        self._issuer = issuer
        self._ledger = ledger
        self._connections = connections
        self._faults = faults
        self._faults_open = faults_open
        self._pages: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("GET", ""): self._console,
            ("GET", "token"): self._token,
            ("GET", "jwks.json"): self._keys,
            ("GET", "ledger"): self._roles,
        }
        if faults_open:
            self._pages["GET", "faults"] = self._faults_left
            self._pages["PUT", "faults"] = self._set_faults

    def answer(self, request: Request) -> Response:
        """Answer a request to one of the pages."""
        page = self._pages.get((request.method, request.path.removeprefix(PREFIX)))
        if page is None:
            return _problem(404, f"The stand-in has no {request.method} {request.path}.")
        return page(request)

    def _console(self, request: Request) -> Response:  # noqa: ARG002 - as every page
        return console_page(self._faults, self._faults_open)

    def _token(self, request: Request) -> Response:
        try:
            lifetime = int(request.parameter("ttl") or _DEFAULT_LIFETIME)
        except ValueError:
            return _problem(400, "ttl must be a whole number of seconds.")
        if abs(lifetime) > _LONGEST_LIFETIME:
            return _problem(400, "ttl must be within a year.")
        user = request.parameter("user")
        nonce = request.parameter("nonce")
        try:
            token = self._issuer.issue(_DEFAULT_USER if user is None else user, lifetime, nonce)
        except UserRefusedError as error:
            return _problem(400, f"{error}.")
        return json_response(200, {"id_token": token, "expires_in": lifetime}, _FRESH)

    def _keys(self, request: Request) -> Response:  # noqa: ARG002 - as every page
        return json_response(200, self._issuer.key_set(), _FRESH)

    def _roles(self, request: Request) -> Response:  # noqa: ARG002 - as every page
        return json_response(200, {"roles": self._ledger.report()}, _FRESH)

    def _faults_left(self, request: Request) -> Response:  # noqa: ARG002 - as every page
        return json_response(200, self._faults.left(), _FRESH)

    def _set_faults(self, request: Request) -> Response:
        try:
            self._faults.merge(_json(request.body))
        except FaultsRefusedError as error:
            return _problem(400, str(error))
        self._cut_connections()
        self._freeze_connections()
        return json_response(200, self._faults.left(), _FRESH)

    def _cut_connections(self) -> None:
        """Break as many connections as `sockets.close` asks for; those that do not exist are not waited for."""
        number = self._faults.value("sockets", "close")
        self._connections.cut(number)
        self._faults.merge({"sockets": {"close": 0}})

    def _freeze_connections(self) -> None:
        """Freeze what is open for as long as `sockets.freeze_ms` asks for; it holds for no later connection."""
        milliseconds = self._faults.value("sockets", "freeze_ms")
        if milliseconds:
            self._connections.freeze(milliseconds / 1000)
            self._faults.merge({"sockets": {"freeze_ms": 0}})


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise FaultsRefusedError("The faults are not JSON.") from error


def _problem(status: int, message: str) -> Response:
    return json_response(status, {"message": message}, _FRESH)
