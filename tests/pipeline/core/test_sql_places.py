from __future__ import annotations

import pytest

from pipeline.core.sql_places import in_file, statement_position, with_line

pytestmark = pytest.mark.fast

SQL = "select 1,\n  fare\nfrom trips"


def test_the_line_that_an_engine_names_is_parted_from_what_it_says() -> None:
    assert statement_position('column "a" does not exist (line 3, column 8).') == (
        'column "a" does not exist.',
        3,
    )
    assert statement_position("division by zero") == ("division by zero", None)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ('column "fare" does not exist Position: 13', 'column "fare" does not exist (line 2)'),
        ('column "fare" does not exist. Position: 1', 'column "fare" does not exist (line 1)'),
        ("unexpected end of the line Position: 10", "unexpected end of the line (line 1)"),
        ('syntax error at or near "from" Position: 18', 'syntax error at or near "from" (line 3)'),
        ("division by zero", "division by zero"),
        (
            'column "fare" does not exist (line 2, column 3)',
            'column "fare" does not exist (line 2, column 3)',
        ),
    ],
)
def test_a_position_in_characters_is_said_as_a_line(error: str, said: str) -> None:
    assert with_line(error, SQL) == said


def test_a_position_in_a_text_that_is_not_known_is_left_out() -> None:
    assert with_line('column "fare" does not exist Position: 13', None) == 'column "fare" does not exist'


def test_a_line_of_the_statement_is_a_line_of_the_file() -> None:
    error = 'column "fare" does not exist (line 2, column 3)'
    assert in_file(error, "fares.sql", 101) == 'column "fare" does not exist (fares.sql, line 102)'
    assert in_file("division by zero", "fares.sql", 101) == "division by zero"


def test_of_several_lines_each_is_a_line_of_the_file_and_the_first_is_the_place() -> None:
    error = "division by zero in one of 3 places (line 2, 7 or 12)"
    assert in_file(error, "fares.sql", 101) == (
        "division by zero in one of 3 places (fares.sql, line 102, 107 or 112)"
    )
    assert statement_position(error) == ("division by zero in one of 3 places", 2)
