"""Ratios of whole numbers, rounded half away from zero without ever passing through a binary fraction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

CENTS = 100
SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600
HUNDREDTHS = 100


def rounded(numerator: Fraction | int, denominator: Fraction | int, digits: int) -> Decimal | None:
    """Round a ratio to so many decimals, half away from zero; None when there is nothing to divide by."""
    if denominator == 0:
        return None
    scaled = Fraction(numerator) / Fraction(denominator) * 10**digits
    size = (abs(scaled) * 2 + 1) // 2
    return Decimal(size if scaled >= 0 else -size).scaleb(-digits)


def as_float(value: Decimal | None) -> float | None:
    """Give the nearest double."""
    return None if value is None else float(value)


def dollars(cents: int) -> Decimal:
    """Write cents as dollars."""
    return Decimal(cents).scaleb(-2)


def mean_dollars(cents: int, count: int) -> Decimal | None:
    """Dollars per trip, to the cent."""
    return rounded(cents, count * CENTS, 2)


def mean_miles(hundredths: int, count: int) -> float | None:
    """Miles per trip, two decimals."""
    return as_float(rounded(hundredths, count * HUNDREDTHS, 2))


def mean_minutes(seconds: int, count: int, digits: int = 1) -> float | None:
    """Minutes per trip, one decimal unless said otherwise."""
    return as_float(rounded(seconds, count * SECONDS_PER_MINUTE, digits))


def miles_per_hour(hundredths: int, seconds: int) -> float | None:
    """Speed of so many miles in so many seconds, one decimal."""
    return as_float(rounded(hundredths * SECONDS_PER_HOUR, seconds * HUNDREDTHS, 1))


def miles(hundredths: int) -> float:
    """Write hundredths of a mile as miles."""
    return float(Decimal(hundredths).scaleb(-2))


def percent(part: Fraction | int, whole: Fraction | int, digits: int = 1) -> float | None:
    """Share in percent, one decimal unless said otherwise."""
    return as_float(rounded(Fraction(part) * 100, whole, digits))


def at_least(share: Fraction, values: Sequence[int]) -> int | None:
    """Give the smallest of the values that at least this share of them do not exceed."""
    if not values:
        return None
    count = -(-share * len(values) // 1)
    return sorted(values)[int(count) - 1]


def middle(values: Sequence[int]) -> Fraction | None:
    """Give the median: of an even number of values the mean of the two in the middle."""
    if not values:
        return None
    in_order = sorted(values)
    half = len(in_order) // 2
    if len(in_order) % 2:
        return Fraction(in_order[half])
    return Fraction(in_order[half - 1] + in_order[half], 2)
