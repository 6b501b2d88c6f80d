"""The table itself: every row of the catalogue of bad input is there, with what holds it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.core.errors import CODES
from tests.bad_input import door_rows, message_rows, question_rows, rest_rows, start_rows
from tests.bad_input.cases import Message, Request, Row

pytestmark = pytest.mark.fast

ROWS = (*question_rows.ROWS, *door_rows.ROWS, *message_rows.ROWS, *rest_rows.ROWS, *start_rows.ROWS)
# Questions 1 to 35, messages 36 to 53, requests 54 to 67, settings 82 to 92. What lies between is about the files of
# reports and is checked where they are read.
NUMBERS = [*range(1, 68), *range(82, 93)]
TESTS = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


def test_every_number_stands_in_the_table_once() -> None:
    assert Counter(row.number for row in ROWS) == Counter(NUMBERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_each_row_has_cases_or_a_test_or_a_reason(row: Row) -> None:
    assert row.intent
    assert row.cases or row.shown_by or row.does_not_apply
    assert not row.shown_by or f"def {row.shown_by}(" in TESTS
    assert not row.does_not_apply or row.does_not_apply.endswith(".")


def test_only_codes_that_are_public_are_expected() -> None:
    expected = {case.code for row in ROWS for case in row.cases if isinstance(case, Message | Request)}
    assert expected - {None} <= set(CODES) - {"invalid_request", "internal_error"}
