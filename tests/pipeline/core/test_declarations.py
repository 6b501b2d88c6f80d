from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.declarations import ReportProblem, parse_report
from tests.pipeline.core.analyst_file import FILE, changed, line_of, problem
from tests.pipeline.properties import PROPERTY

pytestmark = pytest.mark.fast


def line_of_problem(text: str, otherwise: int) -> int:
    try:
        parse_report("trips", text.encode(), {})
    except ReportProblem as error:
        return error.problem.line
    return otherwise


def test_a_file_is_read_whole() -> None:
    report = parse_report("trips", FILE.encode(), {})
    assert report.topic_name == "trips"
    assert report.version == hashlib.sha256(FILE.encode()).hexdigest()
    assert [c.name for c in report.columns] == ["day", "trips"]
    assert (report.maximum_rows, report.deadline_seconds, report.groups) == (5, 60, ())


def test_the_sql_is_the_files_select_byte_for_byte() -> None:
    sql = parse_report("trips", FILE.encode(), {}).sql
    assert sql == FILE.partition("*/")[2].strip()


def test_another_byte_anywhere_is_another_version() -> None:
    versions = {parse_report("trips", text.encode(), {}).version for text in (FILE, FILE + "\n")}
    assert len(versions) == 2


@pytest.mark.parametrize("name", ["Trips", "a_b", "", "../a", "x" * 65])
def test_a_file_of_another_name_is_none(name: str) -> None:
    assert problem(FILE, name)[0] == 1


def test_a_file_that_is_not_utf_8_is_none() -> None:
    assert problem(b"\xff" + FILE.encode()) == (1, "The file is not UTF-8.")


@pytest.mark.parametrize("text", ["", "select 1", "-- x\n/* */ select 1", "/* never closed"])
def test_a_file_must_begin_with_its_declaration(text: str) -> None:
    assert problem(text) == (1, "The file must begin with its declaration in a comment: /* … */.")


def test_toml_that_is_none_is_named_with_its_line() -> None:
    text = changed('title = "Trips"', 'title = "Trips"\nthis is no toml')
    line, message = problem(text)
    assert line == line_of(text, "this is no toml")
    assert message.startswith("The declaration is not TOML: ")


def test_toml_that_ends_too_early_is_named_with_its_last_line() -> None:
    text = changed('y = ["trips"]', 'y = ["trips"')
    assert problem(text)[0] == line_of(text, 'y = ["trips"')


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('title = "Trips"\n', "", "/*", "title is missing."),
        ("maximumRows = 5", 'maximumRows = "5"', "maximumRows", "maximumRows must be a whole number."),
        ("maximumRows = 5", "maximumRows = 5\nmagic = 1", "magic", "magic is not known here."),
        (
            'type = "integer"',
            'type = "number"',
            '[[columns]]\nname = "trips"',
            "columns[1].type must be one of integer, decimal, double, boolean, date, timestamp, text.",
        ),
        ('role = "dimension"\n', "", "[[columns]]", "columns[0].role is missing."),
        (
            'type = "date"',
            'type = "date"\ndefault = 5',
            "[[parameters]]",
            "parameters[0].default must be text.",
        ),
        ("maximumRows = 5", "maximumRows = 0", "maximumRows", "maximumRows must be at least 1."),
        (
            "deadlineSeconds = 60",
            "deadlineSeconds = 0",
            "deadlineSeconds",
            "deadlineSeconds must be at least 1.",
        ),
        ("usualSeconds = 2", "usualSeconds = -2", "usualSeconds", "usualSeconds must be at least 1."),
    ],
)
def test_a_declaration_of_another_form_is_named_with_field_and_line(
    old: str, new: str, at: str, message: str
) -> None:
    text = changed(old, new)
    assert problem(text) == (line_of(text, at), message)


def test_an_entry_written_inline_is_named_with_the_line_of_its_list() -> None:
    text = changed("maximumRows = 5", "maximumRows = 5\nkpis = [{}]").replace(
        '[[kpis]]\nlabel = "All trips"\ncolumn = "trips"\naggregate = "sum"\n', ""
    )
    assert problem(text) == (line_of(text, "kpis"), "kpis[0].label is missing.")


def test_parameters_that_are_no_list_are_named() -> None:
    text = FILE.replace('[[parameters]]\nname = "startDate"\nlabel = "From"\ntype = "date"', "[parameters]")
    assert problem(text)[1] == "parameters must be a list."


def test_a_parameter_that_is_no_table_is_named() -> None:
    head = '[[parameters]]\nname = "startDate"\nlabel = "From"\ntype = "date"\n'
    text = FILE.replace(head, "").replace("maximumRows = 5", "maximumRows = 5\nparameters = [1]")
    assert problem(text) == (line_of(text, "parameters"), "parameters[0] must be an object.")


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("group by 1\n", "group by 1;\n", "group by", "Leave out the semicolon"),
        ("group by 1\n", "group by 1\nlimit 5\n", "limit 5", "Leave out LIMIT"),
        ("select day", "delete day", "delete day", "The SQL must be one SELECT"),
        (":startDate::date", ":startDate::date and :endDate::date", "where", "Parameter endDate is used"),
        (":startDate::date", ":startDate", "where", "startDate is declared date: write :startDate::date."),
        (":startDate::date", ":startDate::int", "where", "startDate is declared date"),
        (":startDate::date", "current_date", 'name = "startDate"', "Parameter startDate is declared but not"),
    ],
)
def test_sql_that_does_not_agree_is_named_with_its_line(old: str, new: str, at: str, message: str) -> None:
    text = changed(old, new)
    line, said = problem(text)
    assert line == line_of(text, at)
    assert said.startswith(message)


def test_a_file_without_sql_is_none() -> None:
    assert problem(FILE.partition("*/")[0] + "*/\n")[1] == "The SQL must be one SELECT, and may begin WITH."


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("required = false", "startDate is not required and needs a default."),
        (
            'default = "soon"',
            "The default of startDate does not fit: startDate must be a date such as 2015-06-01.",
        ),
        (
            'minimum = "soon"',
            "The minimum of startDate does not fit: startDate must be a date such as 2015-06-01.",
        ),
        ('maximum = "2015-02-30"', "The maximum of startDate does not fit: "),
        ('minimum = "2015-01-01"\ndefault = "2014-01-01"', "The default of startDate does not fit: "),
    ],
)
def test_a_parameter_that_contradicts_itself_is_named_with_its_line(more: str, message: str) -> None:
    text = changed('type = "date"', f'type = "date"\n{more}')
    line, said = problem(text)
    assert line == line_of(text, 'name = "startDate"')
    assert said.startswith(message)


def test_a_parameter_declared_twice_is_named() -> None:
    again = '[[parameters]]\nname = "startDate"\nlabel = "Again"\ntype = "date"\n'
    text = changed("[[parameters]]", again + "\n[[parameters]]")
    assert problem(text) == (line_of(text, 'name = "startDate"'), "Parameter startDate is declared twice.")


def test_a_column_declared_twice_is_named() -> None:
    text = changed('name = "day"', 'name = "trips"').replace('x = "day"', 'x = "trips"')
    assert problem(text) == (line_of(text, 'name = "trips"'), "Column trips is declared twice.")


def test_an_excluded_column_says_why() -> None:
    text = changed('role = "measure"', 'role = "excluded"')
    assert problem(text) == (line_of(text, 'name = "trips"'), "Column trips is excluded and needs a reason.")
    with_reason = text.replace('role = "excluded"', 'role = "excluded"\nreason = "no fare"')
    assert parse_report("trips", with_reason.encode(), {}).columns[1].reason == "no fare"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('column = "trips"', 'column = "rides"'),
        ('aggregate = "sum"', 'aggregate = "sum"\nper = "rides"'),
        ('aggregate = "sum"', 'aggregate = "minimum"\nat = ["rides"]'),
        ('x = "day"', 'x = "rides"'),
        ('y = ["trips"]', 'y = ["rides"]'),
        ('y = ["trips"]', 'y = ["trips"]\nvalue = "rides"'),
    ],
)
def test_a_figure_or_chart_of_a_column_that_is_not_there_is_named(old: str, new: str) -> None:
    text = changed(old, new)
    assert problem(text) == (line_of(text, '"rides"'), "There is no column rides.")


@given(st.integers(0, len(FILE)), st.integers(0, 30), st.text(max_size=10))
@PROPERTY
def test_any_damage_to_a_file_leaves_a_report_or_a_problem_with_a_line(at: int, gone: int, new: str) -> None:
    text = FILE[:at] + new + FILE[at + gone :]
    assert 1 <= line_of_problem(text, otherwise=1) <= text.count("\n") + 1
