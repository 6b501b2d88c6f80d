from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.questions import Question
from dashboard.receipt import bound_sql, receipt_json, receipt_of, receipt_text, rows_said
from tests.dashboard.samples import DATA, SMALL_ROWS, answer_of, daily_rows, shipped_report, small_answer

pytestmark = pytest.mark.fast

REPORT = shipped_report("daily-summary")
JUNE = Question("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})
FINISHED = datetime(2026, 11, 24, 15, 0, 1, 250_000, tzinfo=UTC)
ANSWER = replace(answer_of(REPORT, daily_rows()), statement_id="s-1", data_version=DATA.version)


def lines(**changes: object) -> dict[str, str]:
    given: dict[str, object] = {"finished_at": FINISHED, "data": DATA, "digest": "ab12"}
    return dict(receipt_of(ANSWER, JUNE, **(given | changes)).lines)  # type: ignore[arg-type]  # as given


def test_a_receipt_says_what_was_asked_and_what_ran() -> None:
    said = lines()
    assert said["Question"] == "Daily summary, 1–30 June 2015"
    assert said["Report"] == f"daily-summary, version {REPORT.version}"
    assert (said["Statement"], said["Query"]) == ("s-1", ANSWER.query_id)
    assert said["Answered"] == "2026-11-24 15:00:01 UTC"
    assert said["Rows"] == "all 30 rows"
    assert said["Rows as CSV, SHA-256"] == "ab12"


def test_a_receipt_says_which_data_and_since_when() -> None:
    assert lines()["Data"] == (
        "version 2015-synthetic-0.01-9a2e, synthetic, loaded 2026-11-24T14:58:00.000Z; "
        "made by this project to resemble 2015"
    )


def test_an_answer_of_data_that_was_replaced_says_so() -> None:
    said = lines(data=replace(DATA, version="2015-tlc"))["Data"]
    assert said == "version 2015-synthetic-0.01-9a2e, synthetic; other data has been loaded since"


def test_without_the_catalogue_the_version_still_stands() -> None:
    assert lines(data=None)["Data"] == "version 2015-synthetic-0.01-9a2e, synthetic"


def test_an_end_that_was_not_told_is_not_made_up() -> None:
    assert lines(finished_at=None)["Answered"] == "not told"


def test_what_was_left_out_the_controls_and_the_notes_are_part_of_it() -> None:
    receipt = receipt_of(ANSWER, JUNE, FINISHED, DATA, "ab12")
    labels = [label for label, _ in receipt.lines]
    assert dict(receipt.lines)["Rules"].startswith("Left out of fares: ")
    assert "Left out" not in labels
    assert labels.count("Control") == 1
    assert labels.count("Note") == len(REPORT.notes)


def test_the_sql_is_the_statement_that_ran_below_its_values() -> None:
    first, second, sql = bound_sql(ANSWER, JUNE).split("\n", 2)
    assert (first, second) == ('-- :startDate = "2015-06-01"', '-- :endDate = "2015-06-30"')
    assert sql == REPORT.statement_sql


def test_a_value_of_several_lines_stays_a_comment() -> None:
    sql = bound_sql(small_answer(), Question("small", {"word": "a\n; drop table trips"}))
    assert sql.split("\n")[0] == r'-- :word = "a\n; drop table trips"'


@pytest.mark.parametrize(
    ("rows", "truncated", "said"),
    [
        (SMALL_ROWS[:0], False, "0 rows"),
        (SMALL_ROWS[:1], False, "1 row"),
        (SMALL_ROWS, False, "all 2 rows"),
        (SMALL_ROWS, True, "the first 2 rows of more: the report's limit"),
    ],
)
def test_rows_are_all_or_the_first_of_more(rows: tuple[object, ...], truncated: bool, said: str) -> None:
    assert rows_said(small_answer(rows, truncated=truncated)) == said  # type: ignore[arg-type]  # rows of the sample


def test_what_was_stopped_is_the_first_rows_of_so_many() -> None:
    assert rows_said(small_answer(part_of=100_000)) == "the first 2 of 100,000 rows"
    assert rows_said(small_answer(part_of=100_000, truncated=True)) == "the first 2 of more than 100,000 rows"


def test_the_text_and_the_json_hold_every_line() -> None:
    receipt = receipt_of(ANSWER, JUNE, FINISHED, DATA, "ab12")
    text, held = receipt_text(receipt), json.loads(receipt_json(receipt))
    assert all(f"{label}: {said}" in text for label, said in receipt.lines)
    assert text.endswith(f"{receipt.sql}\n")
    assert held == {"lines": [list(line) for line in receipt.lines], "sql": receipt.sql}
