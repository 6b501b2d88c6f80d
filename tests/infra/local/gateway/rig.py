"""A gateway over a hand-made wiring, on a real port, with plain clients for it."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from infra.local.console.feed import Feed
from infra.local.faults import Faults
from infra.local.functions import Functions
from infra.local.gateway.build import build_gateway
from infra.local.gateway.connections import Connections
from infra.local.gateway.limits import CLOSING_SECONDS, OPENING_SECONDS, SocketLimits
from infra.local.gateway.local_pages import LocalPages
from infra.local.gateway.server import GatewayServer
from infra.local.ledger import Ledger
from infra.local.listening import listen, port_of
from infra.local.running import RunningFunction
from infra.local.tokens import TokenIssuer
from infra.local.wiring import Wiring
from tests.infra.local import sample_handlers
from tests.sockets import websocket_client


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Rig:
    port: int
    faults: Faults
    feed: Feed

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        request = urllib.request.Request(self.base + path, body, dict(headers or {}), method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    @contextmanager
    def socket(self, query: str = "", token: str | None = "ana", path: str = "/prod") -> Iterator[Any]:
        headers = {} if token is None else {"Authorization": token}
        address = f"ws://127.0.0.1:{self.port}{path}{query}"
        with websocket_client(address, headers, timeout=10) as client:
            yield client

    def connection_path(self, connection_id: str) -> str:
        return f"/prod/@connections/{urllib.parse.quote(connection_id, safe='')}"


@cache
def issuer() -> TokenIssuer:
    """One for all rigs, because it takes a while to make its keys."""
    return TokenIssuer("http://127.0.0.1:8787/_local")


@contextmanager
def running(
    wiring: Wiring,
    limits: SocketLimits | None = None,
    faults_open: bool = True,
    opening_seconds: float = OPENING_SECONDS,
    closing_seconds: float = CLOSING_SECONDS,
) -> Iterator[Rig]:
    listener = listen(0)
    port = port_of(listener)
    feed = Feed()
    faults = Faults(frozenset(wiring.functions), feed)
    functions = Functions(wiring.functions, RunningFunction(), faults, feed)
    connections = Connections(feed)
    pages = LocalPages(issuer(), Ledger(wiring.roles), connections, faults, faults_open)
    gateway = build_gateway(
        wiring, functions, faults, feed, connections, pages, port, limits or SocketLimits()
    )
    server = GatewayServer(gateway, listener, opening_seconds, closing_seconds)
    server.start()
    try:
        yield Rig(port, faults, feed)
    finally:
        server.close()
        # A handler that still runs would tell the next test what this one did.
        sample_handlers.GATE.set()
        functions.close(wait=True)
