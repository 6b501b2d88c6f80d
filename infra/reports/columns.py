"""Whether the columns that a SELECT returns are those that are declared: names, order, types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from infra.local.redshift.translate import Translation
from pipeline.core.report_text import ReportText
from pipeline.core.reports import Problem, Report
from pipeline.core.result_pages import RawPage, result_columns


def column_problems(report: Report, text: ReportText, translation: Translation) -> Iterator[Problem]:
    """Compare the declaration with the columns as Redshift types them."""
    named = [(column.name, column.type.name) for column in translation.columns]
    returned = [column.name for column in translation.columns]
    types = {column.name: column.type for column in result_columns(RawPage(named, [], 0, None))}
    yield from _unnamed(report, text, returned)
    for number, column in enumerate(report.columns):
        place = f"columns[{number}]"
        if column.name not in returned:
            yield _problem(text, f"{place}.name", f"Column {column.name} is declared, and not returned.")
        elif types[column.name] != column.type:
            is_so = next(found.type for found in translation.columns if found.name == column.name)
            found_type = f"{types[column.name]} ({is_so})"
            message = f"Column {column.name} is declared {column.type}; on Redshift it is {found_type}."
            yield _problem(text, f"{place}.type", message)
    declared = [column.name for column in report.columns]
    if sorted(declared) == sorted(returned) and declared != returned:
        message = f"The SELECT returns its columns in another order: {', '.join(returned)}."
        yield Problem(text.file, text.line_of("columns[0]"), message)


def _unnamed(report: Report, text: ReportText, returned: Sequence[str]) -> Iterator[Problem]:
    for number, name in enumerate(returned):
        if name in returned[:number]:
            yield Problem(text.file, text.sql_line, f"The SELECT returns two columns named {name}.")
        elif report.column(name) is None:
            message = f"The SELECT returns {name}, which is not declared: declare it, or name it with AS."
            yield Problem(text.file, text.sql_line, message)


def _problem(text: ReportText, place: str, message: str) -> Problem:
    return Problem(text.file, text.line_of(place), message)
