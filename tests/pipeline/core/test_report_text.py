"""What becomes of a file's bytes before anybody reads them as a declaration."""

from __future__ import annotations

import pytest

from pipeline.core.declarations import parse_report
from pipeline.core.report_text import MAXIMUM_BYTES, read_text
from tests.pipeline.core.analyst_file import FILE, line_of, problem

pytestmark = pytest.mark.fast


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file_is_said_to_be_empty(content: str) -> None:
    assert problem(content) == (1, "The file is empty.")


def test_a_file_of_comments_only_has_no_select() -> None:
    without = FILE.partition("*/")[0] + "*/\n\n"
    assert problem(without) == (without.count("\n") + 1, "There is no SELECT behind the declaration.")
    assert problem(without + "-- later\n")[1] == "The SQL must be one SELECT, and may begin WITH."


def test_a_file_longer_than_the_warehouse_takes_is_refused_with_its_length() -> None:
    longest = FILE + "-" * (MAXIMUM_BYTES - len(FILE))
    assert parse_report("trips", longest.encode(), {})
    assert problem(longest + "-") == (1, "The file has 100,001 bytes; 100,000 are the most.")


def test_a_line_of_the_declaration_that_nobody_could_read_is_refused_before_it_is_parsed() -> None:
    endless = FILE.replace("[[parameters]]", ".".join("a" * 10_000) + " = 1\n[[parameters]]", 1)
    said = (line_of(endless, "a.a.a"), "The line has 20,003 characters; 2,000 are the most.")
    assert problem(endless) == said


def test_a_line_may_be_indented_by_tabs() -> None:
    assert parse_report("trips", FILE.replace("select day", "select\n\tday", 1).encode(), {})


def test_a_byte_order_mark_is_left_out() -> None:
    assert parse_report("trips", b"\xef\xbb\xbf" + FILE.encode(), {}).title == "Trips"


def test_a_file_with_windows_line_ends_is_read_with_the_same_lines() -> None:
    windows = FILE.replace("\n", "\r\n")
    assert parse_report("trips", windows.encode(), {}).sql_line == line_of(FILE, "select day")
    assert problem(windows.replace("maximumRows = 5", "maximumRows = 0"))[0] == line_of(FILE, "maximumRows")


def test_a_file_in_latin_1_is_named_with_the_line_that_shows_it() -> None:
    content = FILE.replace("How many?", "Combien, à Paris ?").encode("latin-1")
    assert problem(content) == (line_of(FILE, "question"), "The file is not UTF-8: save it in that encoding.")


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\u200b", "U+200B"),
        ("\u00a0", "U+00A0"),
        ("\u202e", "U+202E"),
        ("\x00", "U+0000"),
        ("a\rb", "U+000D"),
    ],
)
@pytest.mark.parametrize("at", ["select day", 'title = "'])
def test_a_character_that_cannot_be_seen_is_named_with_its_line(hidden: str, name: str, at: str) -> None:
    text = FILE.replace(at, at + hidden)
    assert problem(text) == (
        line_of(FILE, at),
        f"The line holds a character that cannot be seen, {name}.",
    )


@pytest.mark.parametrize("text", ["select 1", "-- x\n/* */ select 1", "/* never closed"])
def test_a_file_must_begin_with_its_declaration(text: str) -> None:
    assert problem(text) == (1, "The file must begin with its declaration in a comment: /* … */.")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("title", 'title = "Trips"'),
        ("columns[1]", '[[columns]]\nname = "trips"'),
        ("columns[1].role", 'role = "measure"'),
        ("columns[1].unit", '[[columns]]\nname = "trips"'),
        ("charts[0].y[0]", 'y = ["trips"]'),
        ("charts[7].y", "/*"),
    ],
)
def test_a_part_of_the_declaration_is_found_by_its_place(place: str, line: str) -> None:
    assert read_text("trips.sql", FILE.encode()).line_of(place) == line_of(FILE, line)


@pytest.mark.parametrize("old", ['"Trips"', '"Trips per day"', "[[charts]]"])
def test_a_declaration_that_ends_in_the_middle_of_a_text_is_named_with_the_sign_that_ended_it(
    old: str,
) -> None:
    cut = FILE.replace(old, f"{old[:-1]} */{old[-1]}", 1)
    said = "The declaration ends at this */, before its end: write */ in no text."
    assert problem(cut) == (line_of(cut, "*/"), said)


@pytest.mark.parametrize("sql", ["select '*/' as day", "select day /* the day */"])
def test_a_sign_that_ends_a_comment_of_the_sql_is_no_end_of_the_declaration(sql: str) -> None:
    assert parse_report("trips", FILE.replace("select day", sql, 1).encode(), {})
    wrong = FILE.replace("select day", "select day /* the day */", 1).replace(
        'title = "Trips"', "title = Trips"
    )
    assert problem(wrong)[1].startswith("The declaration is not TOML")
