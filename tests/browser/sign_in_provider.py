"""A provider of sign-ins on the loopback interface: OpenID Connect's code flow, for whoever is clicked.

Its tokens are those of the stand-in's issuer, which the pipeline trusts.
Source: OpenID Connect Core 1.0, section 3.1 (code flow); OpenID Connect Discovery 1.0, section 3.
"""

from __future__ import annotations

import json
import threading
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

_DISCOVERY = "/.well-known/openid-configuration"


class SignInProvider:
    """Knows `people`; `address` is where Streamlit finds out about it."""

    def __init__(self, token_url: str, people: Sequence[str], port: int) -> None:
        self._token_url = token_url
        self._people = people
        self._here = f"http://127.0.0.1:{port}"
        self._codes: dict[str, tuple[str, str]] = {}
        self.address = self._here + _DISCOVERY

    def discovery(self) -> dict[str, Any]:
        """Say where everything is."""
        issuer = self._token_url.removesuffix("/token")
        return {
            "issuer": issuer,
            "jwks_uri": f"{issuer}/jwks.json",
            "authorization_endpoint": f"{self._here}/authorize",
            "token_endpoint": f"{self._here}/token",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def page(self, query: dict[str, list[str]]) -> str:
        """Ask who somebody is: a link for each person back to the dashboard, with a code of his own."""
        links = "".join(
            f'<p><a href="{escape(self._back(query, name))}">{name}</a></p>' for name in self._people
        )
        return f"<!doctype html><title>Who are you?</title><h1>Who are you?</h1>{links}"

    def tokens(self, code: str) -> dict[str, Any]:
        """Give the tokens for a code, once.

        Raises:
            KeyError: nobody got this code, or it was used.
        """
        name, nonce = self._codes.pop(code)
        query = urlencode({"user": name, "nonce": nonce})
        with urllib.request.urlopen(f"{self._token_url}?{query}", timeout=10) as answer:
            issued = json.load(answer)
        return {**issued, "access_token": "of no use here", "token_type": "Bearer"}

    def _back(self, query: dict[str, list[str]], name: str) -> str:
        code = uuid.uuid4().hex
        self._codes[code] = (name, query["nonce"][0])
        return f"{query['redirect_uri'][0]}?{urlencode({'code': code, 'state': query['state'][0]})}"


@contextmanager
def sign_in_provider(token_url: str, people: Sequence[str]) -> Iterator[SignInProvider]:
    """Run a provider for these people; it ends with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = SignInProvider(token_url, people, server.server_port)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    provider: SignInProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == _DISCOVERY:
            self._send(json.dumps(self.provider.discovery()), "application/json")
        elif parts.path == "/authorize":
            self._send(self.provider.page(parse_qs(parts.query)), "text/html")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._send(json.dumps(self.provider.tokens(form["code"][0])), "application/json")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Keep the tests' output clean."""

    def _send(self, text: str, kind: str) -> None:
        content = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
