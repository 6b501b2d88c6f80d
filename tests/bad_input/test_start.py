"""Whoever starts the product wrongly is told so in one sentence, with status 2 and without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import SettingsError, read_settings
from infra.local.listening import listen, port_of
from tests.bad_input import start_rows
from tests.bad_input.cases import WEEK, Command, Setting, parameters
from tests.flow.client import User
from tests.flow.conftest import REPOSITORY, Pipeline
from tests.infra.local.template.edited import edited, refusal, without


def started(module: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """Start a module that ends by itself; give its status and its last line."""
    ended = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stderr.splitlines()[-1]


@pytest.mark.parametrize("case", parameters(start_rows.ROWS, Setting))
def test_a_setting_that_makes_no_sense_is_named(case: Setting) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(case.values)
    assert case.sentence in str(told.value)
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("case", parameters(start_rows.ROWS, Command))
def test_a_command_that_makes_no_sense_ends_with_a_sentence(case: Command) -> None:
    free_ports = ("--port", "0", "--aws-port", "0") if case.module == "infra.local" else ()
    status, sentence = started(case.module, *free_ports, *case.arguments, **case.environment)
    assert status == 2
    assert case.sentence in sentence


def test_82_a_function_without_one_of_its_variables_stops_the_start(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        "          CONNECTIONS_TABLE: !Ref ClientConnectionsTable\n",
        "",
        within="OnDisconnectFunction",
    )
    assert "CONNECTIONS_TABLE" in refusal(path).message


@pytest.mark.parametrize("name", ["ClientConnectionsTable", "EventBridgeRedshiftEventRule", "StatementRole"])
def test_90_what_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    assert name in refusal(without(tmp_path, name)).message


def test_91_a_port_in_use_is_named() -> None:
    with listen(0) as listener:
        taken = port_of(listener)
        status, sentence = started("infra.local", "--port", str(taken), "--aws-port", "0")
    assert (status, sentence) == (
        2,
        f"Port {taken} is in use on 127.0.0.1: end what has it, or choose another.",
    )


def test_92_no_token_reaches_the_log(pipeline: Pipeline, eve: User) -> None:
    with eve.connected() as session:
        session.run("every-kind", **WEEK)
        statement_id = session.by_type("accepted", "finished")["finished"]["statementId"]
    assert eve.get(f"/results/{statement_id}?page=x")[0] == 400
    assert eve.get("/nowhere")[0] == 404
    assert [part for part in eve.token.split(".")[1:] if part in pipeline.log.text] == []
