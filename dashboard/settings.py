"""The dashboard's settings: the only reader of the environment and of `.env`.

Nothing set means: start the pipeline's local stand-in as a child and talk to that.
"""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.client.upstream import Endpoints, is_loopback

ROOT = Path(__file__).resolve().parent.parent

_PREFIX = "INSIGHTS_"
_WEBSOCKET = "INSIGHTS_WEBSOCKET_ENDPOINT"
_REST = "INSIGHTS_REST_ENDPOINT"
_TOKENS_FROM = "INSIGHTS_TOKEN_URL"
_LOCAL_USER = "INSIGHTS_LOCAL_USER"
_KNOWN = (_WEBSOCKET, _REST, _TOKENS_FROM, _LOCAL_USER)
LAST_PORT = 65_535
_USER = re.compile(r"[a-z0-9._-]{1,64}")


class SettingsError(Exception):
    """The settings cannot be used; the text is one sentence that names every fault."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`endpoints` None: the pipeline is a child of this process. `local_user` is who asks without a sign-in."""

    endpoints: Endpoints | None
    local_user: str


def load_settings() -> Settings:
    """Read the environment, and `.env` of the checkout for what the environment does not say.

    Raises:
        SettingsError: something is wrong.
    """
    return read_settings({**_read_file(ROOT / ".env"), **os.environ})


def read_settings(values: Mapping[str, str]) -> Settings:
    """Make settings of variables.

    Raises:
        SettingsError: something is wrong.
    """
    given = {name: text.strip() for name, text in values.items() if name.startswith(_PREFIX)}
    faults = list(_faults(given))
    if faults:
        raise SettingsError(f"The dashboard's settings cannot be used: {'; '.join(faults)}.")
    endpoints = None
    if _WEBSOCKET in given:
        endpoints = Endpoints(given[_WEBSOCKET], given[_REST], given.get(_TOKENS_FROM))
    return Settings(endpoints, given.get(_LOCAL_USER, "analyst"))


def _faults(given: Mapping[str, str]) -> Iterator[str]:
    yield from (_unknown(name) for name in sorted(set(given) - set(_KNOWN)))
    if (_WEBSOCKET in given) != (_REST in given):
        yield f"{_WEBSOCKET} and {_REST} are given both or neither"
    if _WEBSOCKET in given:
        yield from _endpoint_faults(_WEBSOCKET, given[_WEBSOCKET], "ws")
    if _REST in given:
        yield from _endpoint_faults(_REST, given[_REST], "http")
    yield from _local_faults(given)


def _local_faults(given: Mapping[str, str]) -> Iterator[str]:
    if _TOKENS_FROM in given and _WEBSOCKET not in given:
        yield f"{_TOKENS_FROM} is given only together with {_WEBSOCKET}"
    if _TOKENS_FROM in given and not is_loopback(given[_TOKENS_FROM]):
        yield f"{_TOKENS_FROM} must be an address of this machine (127.0.0.1)"
    if _LOCAL_USER in given and _WEBSOCKET in given and _TOKENS_FROM not in given:
        yield f"{_LOCAL_USER} is given only together with {_TOKENS_FROM}"
    if _LOCAL_USER in given and not _USER.fullmatch(given[_LOCAL_USER]):
        yield f"{_LOCAL_USER} must be 1 to 64 of a-z, 0-9, dot, hyphen and underscore"


def _endpoint_faults(name: str, url: str, scheme: str) -> Iterator[str]:
    example = f"{scheme}s://abc123.execute-api.us-east-1.amazonaws.com/prod"
    parts = urlsplit(url)
    if parts.scheme not in {scheme, f"{scheme}s"} or not parts.hostname:
        yield f"{name} must start with {scheme}s://, for example {example}"
    elif parts.scheme == scheme and not is_loopback(url):
        yield f"{name} may use {scheme}:// only on this machine (127.0.0.1)"
    elif not re.fullmatch(r"(/[^/]+)+", parts.path) or parts.query or parts.fragment:
        yield f"{name} must end with the stage and nothing after it, for example {example}"


def _unknown(name: str) -> str:
    nearest = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0)
    return f"{name} is not known, perhaps {nearest[0]} is meant"


def _read_file(path: Path) -> dict[str, str]:
    """Read lines `NAME=value`; empty lines and lines that begin with # are left out."""
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def run_port() -> int:
    """Give the port that `make run` was asked for.

    Raises:
        SettingsError: it is no port.
    """
    text = os.environ.get("PORT", "8501")
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise SettingsError(f"PORT must be a number from 1 to {LAST_PORT}, not {text!r}.")
    return int(text)


def wants_faults() -> bool:
    """Say whether `make run FAULTS=1` was asked for: the embedded pipeline lets its faults be switched on."""
    return os.environ.get("FAULTS", "") not in {"", "0"}


def shows_windows() -> bool:
    """Say whether a browser can be opened here (on Linux only where a display is named)."""
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
