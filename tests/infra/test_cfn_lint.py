"""AWS's own linter has nothing to say about the template. It takes seconds, so it is no part of the fast tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.infra.local.template.edited import TEMPLATE


def test_cfn_lint_finds_nothing() -> None:
    command = [str(Path(sys.executable).with_name("cfn-lint")), str(TEMPLATE)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_each_ignored_rule_has_its_reason_above_it() -> None:
    lines = TEMPLATE.read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if "ignore_checks:" in line) + 1
    ignored = lines[first : lines.index("", first)]
    assert [line.strip() for line in ignored[1::2]] == ["- W3002", "- W1030"]
    assert all(line.strip().startswith("# ") for line in ignored[0::2])
