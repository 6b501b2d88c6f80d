"""What an answer came from: enough to check it, to ask it again, and to see that a file holds its rows. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from dashboard.answers import Answer
from dashboard.figures import controls, left_out
from dashboard.formats import counted
from dashboard.questions import Question, sentence
from pipeline.core.reports import DataDescription

_TITLE = "Receipt of an answer of NYC Taxi Insights"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Lines of label and text, and `sql`: the statement as it ran, below the values that were bound to it."""

    lines: tuple[tuple[str, str], ...]
    sql: str


def receipt_of(
    answer: Answer,
    question: Question,
    finished_at: datetime | None,
    data: DataDescription | None,
    digest: str,
) -> Receipt:
    """Make the receipt. `data` is what is loaded now; `digest` the SHA-256 of the rows as CSV.

    `finished_at` is None where the page has not been told when the statement ended.
    """
    lines = [
        ("Question", sentence(answer.report, question)),
        ("Report", f"{question.topic_name}, version {answer.report.version}"),
        ("Statement", answer.statement_id),
        ("Query", answer.query_id),
        ("Answered", f"{finished_at:%Y-%m-%d %H:%M:%S} UTC" if finished_at else "not told"),
        ("Rows", rows_said(answer)),
        ("Rows as CSV, SHA-256", digest),
        ("Data", _data_said(answer, data)),
    ]
    if said := left_out(answer):
        lines.append(("Rules", said))
    lines += [("Control", control.sentence) for control in controls(answer)]
    lines += [("Note", note) for note in answer.report.notes]
    return Receipt(tuple(lines), bound_sql(answer, question))


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt as a file to read."""
    lines = "\n".join(f"{label}: {said}" for label, said in receipt.lines)
    return f"{_TITLE}\n\n{lines}\n\nSQL, below the values that were bound to it:\n\n{receipt.sql}\n"


def receipt_json(receipt: Receipt) -> str:
    """Write a receipt as JSON: `lines` as pairs of label and text, and `sql`."""
    return json.dumps({"lines": receipt.lines, "sql": receipt.sql}, ensure_ascii=False)


def rows_said(answer: Answer) -> str:
    """Say how many rows there are, and whether they are all.

    `all 30 rows`, `the first 10,000 rows of more`, `the first 1,000 of 2,500 rows`.
    """
    count = len(answer.records)
    rows = counted(count, "row")
    if answer.part_of is not None:
        more = "more than " if answer.truncated else ""
        return f"the first {count:,} of {more}{counted(answer.part_of, 'row')}"
    if answer.truncated:
        return f"the first {rows} of more: the report's limit"
    return rows if count < 2 else f"all {rows}"


def bound_sql(answer: Answer, question: Question) -> str:
    """Give the statement that ran, below a comment for each value that was bound to it."""
    values = [
        f"-- :{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in question.parameters.items()
    ]
    return "\n".join([*values, answer.report.statement_sql])


def _data_said(answer: Answer, data: DataDescription | None) -> str:
    kind = ", synthetic" if answer.synthetic else ""
    said = f"version {answer.data_version}{kind}"
    if data is None:
        return said
    if data.version != answer.data_version:
        return f"{said}; other data has been loaded since"
    return f"{said}, loaded {data.loaded_at}; {data.source}"
