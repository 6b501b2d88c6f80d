"""The rows of the golden tables, and the page of docs/ that is made of them.

Each table in golden/ has a row for each construct: topic, statement, verdict, answer, types, sentence.

- The verdict is `same` (a plain translation by sqlglot gives this answer and type on DuckDB too), `corrected` (it
  does not), `documented` (the answer may differ from Redshift's, as the sentence tells) or `refused`.
- The answer is JSON: the values of the one column, or a list of values for each row of several columns.
- The statements read `samples`, whose three rows stand in warehouse.py.

`python -m tests.infra.local.redshift.golden` writes docs/redshift-sql.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from infra.local.redshift.gate import DOCUMENTED, LEADER_ONLY, UNSUPPORTED, function_classes
from infra.local.redshift.walk import FUNCTION_NAMES

FOLDER = Path(__file__).parent / "golden"
SECTIONS = {
    "numbers": "Numbers",
    "moments": "Dates and times",
    "text": "Text",
    "queries": "Queries",
}
SAME, CORRECTED, DOCUMENTED_DIFFERENCE, REFUSED = "same", "corrected", "documented", "refused"
# No sentence of a refusal may hold a word that only DuckDB says, or a second line.
ENGINE_WORDS = re.compile(
    r"\n|DuckDB|Binder|Catalog|Parser|Conversion Error|LINE \d|Candidate|\bINT(?:16|32|64|128)\b|HUGEINT|DOUBLE"
)
PAGE = Path(__file__).parents[4] / "docs" / "redshift-sql.md"

_HEAD = """# Redshift's SQL on the laptop, construct by construct

This page is written by `python -m tests.infra.local.redshift.golden` from the tables that the tests run
(`tests/infra/local/redshift/golden/`). How the laptop comes to its answers: [the local warehouse](local-warehouse.md).

| Verdict | Meaning |
|---|---|
| same | DuckDB gives Redshift's answer and type as it is |
| corrected | the translator makes it Redshift's |
| documented | it runs, and the answer may differ from Redshift's as told |
| refused | it stops with this sentence, whether Redshift refuses it too or the laptop cannot vouch for the answer |

The statements read `samples(i2 smallint, i4 int, i8 bigint, n decimal(8,2), f8 float8, ts timestamp, d date,
s varchar, b boolean)`, which has three rows.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One construct with its verdict; a refused one has neither answer nor types."""

    section: str
    topic: str
    sql: str
    verdict: str
    answer: str
    types: str
    sentence: str

    def values(self) -> list[list[Any]]:
        """The rows of the answer."""
        cells = json.loads(f"[{self.answer}]")
        return [cell if isinstance(cell, list) else [cell] for cell in cells]


def read_rows() -> list[Row]:
    """All rows of all tables."""
    return [row for section in SECTIONS for row in _table(section)]


def _table(section: str) -> Iterator[Row]:
    _, *lines = (FOLDER / f"{section}.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        yield Row(section, *line.split("\t"))


def page() -> str:
    """The text of docs/redshift-sql.md."""
    rows = read_rows()
    parts = [_HEAD]
    for section, title in SECTIONS.items():
        parts.append(
            f"\n## {title}\n\n| Topic | SQL | Verdict | Answer | Type, or what is said |\n|---|---|---|---|---|"
        )
        of_section = [row for row in rows if row.section == section]
        for topic, members in groupby(of_section, key=lambda row: row.topic):
            parts.extend(_lines(topic, list(members)))
    return "\n".join([*parts, *_functions()]) + "\n"


def _lines(topic: str, rows: Sequence[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        told = " · ".join(part for part in (row.types, row.sentence) if part)
        shown = "" if number else _cell(topic)
        yield f"| {shown} | {_code(row.sql)} | {row.verdict} | {_code(row.answer)} | {_cell(told)} |"


def _code(text: str) -> str:
    return f"`{_cell(text)}`" if text else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _functions() -> Iterator[str]:
    classes = function_classes()
    yield "\n## Functions\n\nThe names of the Redshift Database Developer Guide."
    ours = sorted(name for name in classes if _written(name) in FUNCTION_NAMES)
    yield _names("imitated", ours)
    for kind, title in (
        (DOCUMENTED, "on AWS only: the laptop says so"),
        (LEADER_ONLY, "leader node only: refused, because they fail on tables"),
        (UNSUPPORTED, "PostgreSQL's, not Redshift's: refused"),
    ):
        yield _names(title, sorted(name for name, own in classes.items() if own == kind and name not in ours))


def _written(name: str) -> str:
    # The list writes the keyword APPROXIMATE as a part of the name.
    return name.replace("APPROXIMATE_", "APPROXIMATE ").replace("COUNT_DISTINCT", "COUNT")


def _names(title: str, names: Sequence[str]) -> str:
    return f"\n**{title[0].upper()}{title[1:]}** ({len(names)}): {', '.join(f'`{name}`' for name in names)}."


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
