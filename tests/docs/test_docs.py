"""What the documentation says is so."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest

from pipeline.core.errors import CODES
from pipeline.core.reports import (
    Aggregate,
    Chart,
    ChartKind,
    Column,
    ColumnType,
    Declaration,
    Example,
    Expectation,
    Format,
    Kpi,
    Parameter,
    ParameterType,
    Role,
)
from pipeline.core.schema import wire_name
from tests.docs.pages import PAGES, ROOT, fenced, read

pytestmark = pytest.mark.fast

LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_make_exists(page: Path) -> None:
    known = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    spoken = [
        text
        for block in re.findall(r"`[^`\n]+`|^```sh\n.*?^```", page.read_text(encoding="utf-8"), re.M | re.S)
        for text in TARGET.findall(block)
    ]
    assert set(spoken) <= known


def test_every_code_has_its_anchor() -> None:
    anchors = set(re.findall(r'<a id="([a-z_]+)">', read("docs/errors.md")))
    assert anchors == set(CODES)


def test_every_code_is_told_with_its_own_status_and_repetition() -> None:
    rows = re.findall(r"</a>`([a-z_]+)` \| ([^|]+) \| ([^|]+) \|", read("docs/errors.md"))
    for code, where, repeat in rows:
        statuses = [int(number) for number in re.findall(r"\d{3}", where)]
        assert not statuses or CODES[code].status in statuses, code
        assert (repeat.strip() == "yes") == CODES[code].retryable, code


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_is_pinned_and_explained(file: str) -> None:
    lines = [line for line in read(file).splitlines() if line and not line.startswith(("#", "-"))]
    names = [match[1] for line in lines if (match := REQUIREMENT.match(line))]
    assert len(names) == len(lines)
    explained = set(re.findall(r"^\| ([a-z0-9-]+) \|", read("docs/dependencies.md"), re.MULTILINE))
    assert set(names) <= explained


def test_the_steps_name_modules_and_functions_that_exist() -> None:
    page = read("docs/how-it-works.md")
    for path in set(re.findall(r"`((?:dashboard|pipeline|infra|sql|tests|docs)/[\w./-]*)`", page)):
        assert (ROOT / path).exists(), path
    rows = re.findall(r"^\| \d+ \|.*\| (.*) \|$", page, re.MULTILINE)
    for row in rows:
        for path, names in re.findall(r"`([\w/]+\.py)` ((?:`[\w.]+`(?:, )?)+)", row):
            text = read(path)
            for name in re.findall(r"`([\w.]+)`", names):
                assert re.search(rf"\b(def|class) {name.split('.')[-1]}\b", text), f"{path} {name}"
    assert len(rows) == 12


def test_the_promises_name_tests_that_exist() -> None:
    page = read("docs/promises.md")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert [row for row in rows if "::" not in row] == []
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page):
        defined = [node.name for node in ast.parse(read(path)).body if isinstance(node, ast.FunctionDef)]
        assert name in defined, f"{path}::{name}"


@pytest.mark.parametrize("names", [ParameterType, ColumnType, Role, Format, ChartKind, Aggregate])
def test_the_page_for_analysts_has_every_word_of_a_declaration(names: object) -> None:
    page = read("docs/adding-a-report.md")
    assert [name for name in get_args(names) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("table", [Declaration, Parameter, Column, Kpi, Chart, Example, Expectation])
def test_the_page_for_analysts_has_every_key_of_a_declaration(table: type[Any]) -> None:
    page = read("docs/adding-a-report.md")
    keys = [wire_name(field.name) for field in fields(table)]
    assert [
        key for key in keys if not re.search(rf"`{key}`|`{key} =|\[\[{key}\]\]|^{key} =", page, re.M)
    ] == []


def test_the_client_of_the_protocol_fits_on_a_page() -> None:
    (client,) = fenced(read("docs/protocol.md"), "python client")
    assert len(client.splitlines()) <= 40
