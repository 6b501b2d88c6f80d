"""Local tokens: fetched once, kept for 80 % of their life, renewed when refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.client.tokens import LocalTokens, SignedInToken
from dashboard.client.upstream import Endpoints, SignedOut, Unreachable
from tests.dashboard.client.pipeline_double import PipelineDouble, pipeline_double


@pytest.fixture
def double() -> Iterator[PipelineDouble]:
    with pipeline_double() as running:
        yield running


def test_a_token_is_kept(double: PipelineDouble) -> None:
    tokens = LocalTokens("analyst")
    assert {tokens.token(double.endpoints) for _ in range(5)} == {"token-1"}


def test_a_refused_token_is_replaced(double: PipelineDouble) -> None:
    tokens = LocalTokens("analyst")
    tokens.token(double.endpoints)
    assert tokens.token(double.endpoints, renew=True) == "token-2"
    assert tokens.token(double.endpoints) == "token-2"


def test_a_token_past_most_of_its_life_is_replaced(double: PipelineDouble) -> None:
    double.token_life = 0
    tokens = LocalTokens("analyst")
    assert tokens.token(double.endpoints) == "token-1"
    assert tokens.token(double.endpoints) == "token-2"


def test_another_pipeline_gets_another_token(double: PipelineDouble) -> None:
    with pipeline_double() as second:
        tokens = LocalTokens("analyst")
        tokens.token(double.endpoints)
        tokens.token(second.endpoints)
        assert (double.tokens_given, second.tokens_given) == (1, 1)


def test_no_answer_is_unreachable() -> None:
    closed = Endpoints("ws://127.0.0.1:9/prod", "http://127.0.0.1:9/prod", "http://127.0.0.1:9/token")
    with pytest.raises(Unreachable):
        LocalTokens("analyst").token(closed)


def test_a_hosted_pipeline_needs_a_sign_in() -> None:
    hosted = Endpoints("wss://example.org/prod", "https://example.org/prod")
    with pytest.raises(SignedOut):
        LocalTokens("analyst").token(hosted)
    with pytest.raises(SignedOut):
        SignedInToken(None).token(hosted)
    assert SignedInToken("of-the-user").token(hosted, renew=True) == "of-the-user"
