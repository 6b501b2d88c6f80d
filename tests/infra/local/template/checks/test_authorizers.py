"""Where the authorizers look for the token: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "another header of the connection",
        "WebSocketAuthorizer",
        "header.Authorization",
        "header.Auth",
        "IdentitySource:",
        "WebSocketAuthorizer: IdentitySource is 'route.request.header.Auth', but tokens come in"
        " route.request.header.Authorization.",
    ),
    Mistake(
        "another header of a request",
        "RestAuthorizer",
        "header.Authorization",
        "header.Auth",
        "IdentitySource:",
        "RestAuthorizer: IdentitySource is 'method.request.header.Auth', but tokens come in"
        " method.request.header.Authorization.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
