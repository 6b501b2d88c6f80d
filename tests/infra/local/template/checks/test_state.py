"""The table: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "the table's key",
        "ClientConnectionsTable",
        "- {AttributeName: pk, KeyType: HASH}",
        "- {AttributeName: id, KeyType: HASH}",
        "KeySchema:",
        "ClientConnectionsTable: its key is id (HASH) and sk (RANGE); the pipeline's is pk (HASH) and sk (RANGE).",
    ),
    Mistake(
        "the type of the table's key",
        "ClientConnectionsTable",
        "{AttributeName: sk, AttributeType: S}",
        "{AttributeName: sk, AttributeType: N}",
        "AttributeDefinitions:",
        "ClientConnectionsTable: both parts of its key must be defined, as text (S).",
    ),
    Mistake(
        "the table's time to live",
        "ClientConnectionsTable",
        "{AttributeName: ttl, Enabled: true}",
        "{AttributeName: expires, Enabled: true}",
        "TimeToLiveSpecification:",
        "ClientConnectionsTable: nothing would ever be removed from it: the pipeline writes the time to live into ttl.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
