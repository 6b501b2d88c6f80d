from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.declarations import parse_report
from pipeline.core.report_text import ReportProblem
from tests.pipeline.core.analyst_file import FILE, changed, line_of, problem
from tests.pipeline.properties import PROPERTY

pytestmark = pytest.mark.fast


def line_of_problem(text: str, otherwise: int) -> int:
    try:
        parse_report("trips", text.encode(), {})
    except ReportProblem as error:
        return error.problems[0].line
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


def test_toml_that_is_none_is_named_with_its_line() -> None:
    text = changed('title = "Trips"', 'title = "Trips"\nthis is no toml')
    line, message = problem(text)
    assert line == line_of(text, "this is no toml")
    assert message.startswith("The declaration is not TOML: ")


def test_toml_that_is_none_is_named_with_one_line_whatever_stands_above_the_declaration() -> None:
    text = "\n\n\n" + changed('title = "Trips"', 'title = "Trips"\nthis is no toml')
    line, message = problem(text)
    assert line == line_of(text, "this is no toml")
    assert message.endswith("(at column 6).")
    assert "line" not in message


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
            'type = "number"',
            "columns[1].type must be one of integer, decimal, double, boolean, date, timestamp, text.",
        ),
        ('role = "dimension"\n', "", "[[columns]]", "columns[0].role is missing."),
        (
            'type = "date"',
            'type = "date"\ndefault = []',
            "default",
            "parameters[0].default must be text.",
        ),
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


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = changed('column = "trips"', 'column = "rides"').replace("maximumRows = 5", "maximumRows = 0")
    text = text.replace(":startDate::date", ":startDate::int")
    with pytest.raises(ReportProblem) as caught:
        parse_report("trips", text.encode(), {})
    assert [(p.line, p.message) for p in caught.value.problems] == [
        (line_of(text, "maximumRows"), "maximumRows must be at least 1."),
        (line_of(text, 'column = "rides"'), "There is no column rides."),
        (line_of(text, ":startDate"), "startDate is declared date: write :startDate::date."),
    ]


@pytest.mark.parametrize("toml", ["x = " + "[\n" * 5000, "x = " + "{y = " * 300])
def test_a_declaration_nested_without_end_is_a_problem_and_no_crash(toml: str) -> None:
    assert problem(changed("maximumRows = 5", toml))[1].startswith("The declaration is")


def test_a_number_of_thousands_of_digits_is_a_problem_and_no_crash() -> None:
    assert problem(changed("maximumRows = 5", f"maximumRows = 1{'0' * 5000}"))[1].startswith("The line has")
    assert problem(changed("maximumRows = 5", f"maximumRows = 1{'0' * 1900}"))[1].startswith(
        "maximumRows must"
    )


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "select ':startDate', day from trips where day >= :startDate::date",
            "startDate stands between quotes",
        ),
        ('select ":startDate" from trips where day >= :startDate::date', "startDate stands between quotes"),
        ("select day from :startDate::date", "The name of a table cannot be a parameter"),
        ("select day from trips order by day, :startDate::date", "startDate cannot choose what to order"),
        ("select day -- :startDate::date\nfrom trips", "Parameter startDate is declared but not used."),
    ],
)
def test_a_placeholder_where_no_value_can_be_put_is_named(sql: str, message: str) -> None:
    assert message in problem(FILE.partition("*/")[0] + "*/\n" + sql)[1]


@pytest.mark.parametrize("sql", ["(day)::date >= :startDate::date", "day >= :startDate :: date"])
def test_casts_beside_placeholders_are_read_as_casts(sql: str) -> None:
    assert parse_report("trips", changed("day >= :startDate::date", sql).encode(), {})


@pytest.mark.parametrize(
    ("default", "kind", "cast", "spelled"),
    [("5", "integer", "int", "5"), ("2.5", "number", "float8", "2.5"), ("true", "boolean", "bool", "true"),
     ("2015-06-01", "date", "date", "2015-06-01")],
)  # fmt: skip
def test_a_default_may_be_written_as_toml_writes_such_values(
    default: str, kind: str, cast: str, spelled: str
) -> None:
    text = changed('type = "date"', f'type = "{kind}"\ndefault = {default}')
    text = text.replace("startDate::date", f"start::{cast}").replace("startDate", "start")
    parameter = parse_report("trips", text.encode(), {}).parameter("start")
    assert parameter is not None
    assert parameter.default == spelled


@given(st.integers(0, len(FILE)), st.integers(0, 30), st.text(max_size=10))
@PROPERTY
def test_any_damage_to_a_file_leaves_a_report_or_a_problem_with_a_line(at: int, gone: int, new: str) -> None:
    text = FILE[:at] + new + FILE[at + gone :]
    assert 1 <= line_of_problem(text, otherwise=1) <= text.count("\n") + 1
