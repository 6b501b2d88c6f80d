"""An analyst's file, and how a specification damages it."""

from __future__ import annotations

import pytest

from pipeline.core.declarations import parse_report
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Choice

FILE = """/*
title = "Trips"
question = "How many?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 5

[[parameters]]
name = "startDate"
label = "From"
type = "date"

[[columns]]
name = "day"
type = "date"
label = "Day"
role = "dimension"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"

[[kpis]]
label = "All trips"
column = "trips"
aggregate = "sum"

[[charts]]
kind = "line"
title = "Trips per day"
x = "day"
y = ["trips"]
*/

select day, count(*) as trips
from trips
where day >= :startDate::date
group by 1
"""
BOROUGHS = (Choice("All", "All boroughs"), Choice("Queens", "Queens"))
BOROUGH = """
[[parameters]]
name = "borough"
label = "In"
type = "choice"
choicesFrom = "boroughs"

[[columns]]
name = "day"
"""


def problem(text: str | bytes, name: str = "trips") -> tuple[int, str]:
    """Give line and sentence of the problem that a file has."""
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(ReportProblem) as caught:
        parse_report(name, content, {"boroughs": BOROUGHS})
    found = caught.value.problems[0]
    assert found.file == f"{name}.sql"
    assert str(caught.value) == f"{name}.sql:{found.line}: {found.message}"
    return found.line, found.message


def changed(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def with_borough(cast: str = "varchar") -> str:
    text = changed('\n[[columns]]\nname = "day"\n', BOROUGH)
    return text.replace("group by", f"and borough = :borough::{cast}\ngroup by")
