"""The set-up files for Redshift: filled, parsed, and safe to run again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from infra.local.data.setup_sql import for_duckdb
from infra.warehouse import FOLDER, BlankError, filled

pytestmark = pytest.mark.fast

VALUES = {
    "StatementRoleName": "stack-statements",
    "DeadlineMilliseconds": "900000",
    "DataUrl": "s3://a-bucket/nyc-taxi",
    "LoadRole": "arn:aws:iam::123456789012:role/load",
}
FILES = sorted(FOLDER.glob("*.sql"))


def statements(file: Path) -> list[exp.Expr]:
    text = filled(file.read_text(encoding="utf-8"), VALUES)
    return [one for one in sqlglot.parse(text, read="redshift") if one is not None]


def text_of(statement: exp.Expr) -> str:
    return statement.sql(dialect="redshift", comments=False).lower()


def leaves_what_is_there(statement: exp.Expr) -> bool:
    return bool(statement.args.get("exists") or statement.args.get("replace"))


def is_harmless(statement: exp.Expr) -> bool:
    return text_of(statement).split()[0] in {
        "alter", "grant", "revoke", "call", "refresh", "vacuum", "analyze", "begin", "commit", "delete"
    }  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@pytest.mark.filterwarnings("ignore")
def test_every_statement_may_run_a_second_time(file: Path) -> None:
    emptied: set[str] = set()
    dropped: set[str] = set()
    for statement in statements(file):
        table = statement.find(exp.Table)
        name = table.name if table is not None else ""
        if isinstance(statement, exp.Delete):
            emptied.add(name)
        elif isinstance(statement, (exp.Insert, exp.Copy)):
            assert name in emptied, f"{name} is filled a second time"
        elif isinstance(statement, exp.Drop):
            dropped.add(name)
            assert statement.args.get("exists")
        elif isinstance(statement, exp.Create):
            assert leaves_what_is_there(statement) or name in dropped, text_of(statement)
        else:
            assert is_harmless(statement), text_of(statement)


def test_a_load_replaces_the_rows_in_one_transaction() -> None:
    kinds = [type(one).__name__ for one in statements(FOLDER / "05-load.sql")]
    begin, commit = kinds.index("Transaction"), kinds.index("Commit")

    changing = [at for at, kind in enumerate(kinds) if kind in {"Delete", "Insert", "Copy"}]
    assert all(begin < at < commit for at in changing)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("upkeep", ["vacuum full", "analyze"])
def test_every_table_that_a_load_fills_is_vacuumed_and_then_analyzed_after_the_commit(upkeep: str) -> None:
    load = [text_of(one) for one in statements(FOLDER / "05-load.sql")]
    after_commit = load[load.index("commit") + 1 :]

    assert [text for text in after_commit if text.startswith(upkeep)] == [
        f"{upkeep} {table}" for table in ("nyc_yellow_taxi", "taxi_zones", "calendar")
    ]


def test_the_query_of_the_view_is_put_where_a_roll_up_names_it() -> None:
    rolled_up = filled((FOLDER / "03-roll-ups.sql").read_text(encoding="utf-8"), {})

    assert "from (select\n    checked.*" in rolled_up
    assert "{{" not in rolled_up


def test_a_blank_that_nobody_fills_is_refused_by_name() -> None:
    with pytest.raises(BlankError, match=r"\{\{StatementRoleName\}\}"):
        filled((FOLDER / "04-report-user.sql").read_text(encoding="utf-8"), {})


@pytest.mark.parametrize("name", ["01-tables.sql", "02-trips-view.sql", "03-roll-ups.sql"])
def test_what_the_laptop_runs_is_the_same_text(name: str) -> None:
    parse: Callable[[str], list[str]] = for_duckdb
    assert parse(filled((FOLDER / name).read_text(encoding="utf-8"), {}))


def test_the_command_writes_every_file_filled_and_in_order() -> None:
    command = [sys.executable, "-m", "infra.warehouse", "--statement-role", "stack-statements"]
    options = ["--data-url", "s3://a-bucket/nyc-taxi/", "--load-role", VALUES["LoadRole"]]
    said = subprocess.run([*command, *options], capture_output=True, text=True, check=True).stdout

    assert [line[3:] for line in said.splitlines() if line.startswith("-- ")] == [file.name for file in FILES]
    assert "from 's3://a-bucket/nyc-taxi/trips/'" in said
    assert 'user "IAMR:stack-statements" set statement_timeout to 900000' in said
    assert "{{" not in said
