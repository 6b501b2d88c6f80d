"""The rewriting of AWS addresses to local ones."""

from __future__ import annotations

import pytest

from infra.local.addresses import Addresses

pytestmark = pytest.mark.fast

ADDRESSES = Addresses(8787, 8788)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("wss://abc1.execute-api.us-east-1.amazonaws.com/prod", "ws://127.0.0.1:8787/prod"),
        ("https://abc1.execute-api.eu-west-1.amazonaws.com/prod", "http://127.0.0.1:8787/prod"),
        ("client_connections", "client_connections"),
        ("https://example.com/prod", "https://example.com/prod"),
    ],
)
def test_only_addresses_of_apis_become_local(text: str, local: str) -> None:
    assert ADDRESSES.localized(text) == local


def test_the_issuer_stands_above_its_pages() -> None:
    assert ADDRESSES.issuer == "http://127.0.0.1:8787/_local"
    assert (ADDRESSES.tokens, ADDRESSES.keys) == (
        f"{ADDRESSES.issuer}/token",
        f"{ADDRESSES.issuer}/jwks.json",
    )
    assert ADDRESSES.aws == "http://127.0.0.1:8788"
