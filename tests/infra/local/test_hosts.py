"""A request that another site's name led here is told so, and nothing else."""

from __future__ import annotations

import pytest

from infra.local.hosts import host_refusal

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8787", "localhost:8788", "LOCALHOST", "[::1]:8787", "127.0.0.1", "reports.localhost:8788"],
)
def test_this_machines_own_names_are_answered(host: str) -> None:
    assert host_refusal(host) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8787",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8787",
        "evillocalhost",
        "127.0.0.2:8787",
        "127x0.0.1",
        "localhost:8787@evil.example",
        "",
    ],
)
def test_every_other_name_is_refused_in_one_sentence(host: str) -> None:
    refusal = host_refusal(host)
    assert refusal is not None
    assert refusal.startswith("The stand-in answers only to 127.0.0.1, localhost and [::1], not to ")
