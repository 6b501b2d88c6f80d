"""moto as a plain function from request to answer."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask
from moto.core.model_instances import model_data
from moto.moto_server.werkzeug_app import create_backend_app

from infra.local.aws_http import HttpAnswer, HttpRequest
from infra.local.place import MOTO_SERVICES


class Moto:
    """Answers calls of the services that moto imitates."""

    def __init__(self) -> None:
        # One application for each service: moto's own dispatcher looks through its folders at every call.
        self._applications: dict[str, Flask] = {
            service: create_backend_app(service) for service in MOTO_SERVICES
        }
        _forget_what_is_gone()

    def answer(self, service: str, request: HttpRequest) -> HttpAnswer:
        """Pass a request through the WSGI application of a service (PEP 3333)."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            started.append((status, headers))
            return _write

        body: Iterable[bytes] = self._applications[service](_environ(request), start_response)
        content = b"".join(body)
        status, headers = started[-1]
        return HttpAnswer(int(status.split()[0]), headers, content)


class _Forgotten(list[Any]):
    """A list that takes nothing."""

    def append(self, _: Any) -> None:
        """Let it go."""


def _forget_what_is_gone() -> None:
    """Keep moto from remembering every object that it ever made, which only its page for resets asks for."""
    for models in model_data.values():
        for model in models.values():
            setattr(model, "instances_tracked", _Forgotten())  # noqa: B010 - moto says of them that they are objects


def _write(content: bytes) -> None:
    """Refuse WSGI's older way of answering, which moto does not use."""
    raise RuntimeError(
        f"moto wrote {len(content)} bytes with WSGI's write(), which the stand-in does not pass on."
    )


def _environ(request: HttpRequest) -> dict[str, Any]:
    address = urlsplit(request.target)
    host, _, port = request.headers.get("host", "").partition(":")
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(address.path).encode().decode("latin-1"),
        "RAW_URI": request.target,
        "QUERY_STRING": address.query,
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    left_out = {"content-type", "content-length", "transfer-encoding"}
    for name, value in request.headers.items():
        if name not in left_out:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
