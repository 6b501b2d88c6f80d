"""The dashboard's settings: what they mean, and that every fault is told at once, in one sentence."""

from __future__ import annotations

import pytest

from dashboard.client.upstream import Endpoints
from dashboard.settings import Settings, SettingsError, read_settings

pytestmark = pytest.mark.fast

SOCKET, REST = "INSIGHTS_WEBSOCKET_ENDPOINT", "INSIGHTS_REST_ENDPOINT"
TOKENS, USER = "INSIGHTS_TOKEN_URL", "INSIGHTS_LOCAL_USER"
AWS = {
    SOCKET: "wss://abc123.execute-api.us-east-1.amazonaws.com/prod",
    REST: "https://abc123.execute-api.us-east-1.amazonaws.com/prod",
}
LOCAL = {
    SOCKET: "ws://127.0.0.1:8787/prod",
    REST: "http://127.0.0.1:8787/prod",
    TOKENS: "http://127.0.0.1:8787/_local/token",
}


def test_nothing_set_means_the_embedded_pipeline_and_the_analyst() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings(None, "analyst")


def test_a_pipeline_on_aws() -> None:
    assert read_settings(AWS) == Settings(Endpoints(AWS[SOCKET], AWS[REST], None), "analyst")


def test_a_local_pipeline_that_runs_already() -> None:
    settings = read_settings({**LOCAL, USER: "ana"})
    assert settings == Settings(Endpoints(LOCAL[SOCKET], LOCAL[REST], LOCAL[TOKENS]), "ana")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({SOCKET: AWS[SOCKET]}, "both or neither"),
        ({REST: AWS[REST]}, "both or neither"),
        ({**AWS, SOCKET: "ws://example.org/prod"}, "only on this machine"),
        ({**AWS, REST: "http://example.org/prod"}, "only on this machine"),
        ({**AWS, SOCKET: "https://example.org/prod"}, "must start with wss://"),
        ({**AWS, REST: ""}, "must start with https://"),
        ({**AWS, REST: "https://example.org/prod/"}, "must end with the stage"),
        ({**AWS, REST: "https://example.org"}, "must end with the stage"),
        ({**AWS, REST: "https://example.org//prod"}, "must end with the stage"),
        ({**AWS, REST: "https://example.org/prod?a=b"}, "must end with the stage"),
        ({TOKENS: LOCAL[TOKENS]}, "only together with"),
        ({**AWS, TOKENS: "http://example.org/token"}, "must be an address of this machine"),
        ({**AWS, USER: "ana"}, "only together with INSIGHTS_TOKEN_URL"),
        ({USER: "Ana Lyst"}, "1 to 64"),
        ({"INSIGHTS_REST_ENDPOINTS": AWS[REST]}, "perhaps INSIGHTS_REST_ENDPOINT is meant"),
    ],
)
def test_a_fault_is_named(values: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        read_settings(values)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as told:
        read_settings({SOCKET: "nonsense", USER: "Ana Lyst", "INSIGHTS_X": "1"})
    assert str(told.value).count("; ") == 4
    assert "\n" not in str(told.value)
