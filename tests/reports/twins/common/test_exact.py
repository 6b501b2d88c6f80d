from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.reports.twins.common.exact import at_least, mean_minutes, middle, percent, rounded

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "expected"),
    [
        (201, 200, 2, "1.01"),  # 1.005, which is less as a double
        (-201, 200, 2, "-1.01"),
        (1, 3, 2, "0.33"),
        (2, 3, 2, "0.67"),
        (5, 2, 0, "3"),
        (-5, 2, 0, "-3"),
        (0, 7, 1, "0.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(
    numerator: int, denominator: int, digits: int, expected: str
) -> None:
    assert rounded(numerator, denominator, digits) == Decimal(expected)


def test_nothing_to_divide_by_gives_nothing() -> None:
    assert rounded(5, 0, 2) is None
    assert percent(0, 0) is None


def test_eight_minutes_and_27_seconds_are_eight_and_a_half() -> None:
    assert mean_minutes(507, 1) == 8.5


@pytest.mark.parametrize(
    ("share", "values", "expected"),
    [
        (Fraction(1, 2), [5, 1, 3, 2], 2),
        (Fraction(1, 2), [5, 1, 3], 3),
        (Fraction(9, 10), list(range(1, 11)), 9),
        (Fraction(9, 10), list(range(1, 12)), 10),
        (Fraction(9, 10), [4], 4),
        (Fraction(9, 10), [], None),
    ],
)
def test_so_large_a_share_does_not_exceed_the_value(
    share: Fraction, values: list[int], expected: int | None
) -> None:
    assert at_least(share, values) == expected


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert middle([4, 1, 2, 9]) == 3
    assert middle([1, 2]) == Fraction(3, 2)
    assert middle([7, 1, 2]) == 2
    assert middle([]) is None
