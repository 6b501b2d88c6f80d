"""The values of a question: checked against the report's declaration, and written in one canonical form.

Values are bound, never pasted, so nothing here guards against SQL. It guards against questions that make no
sense, and it gives each value the one spelling that its cast in the SQL accepts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.core.errors import Refusal, shown
from pipeline.core.reports import Declaration, Parameter

MAXIMUM_TEXT_LENGTH = 200
_NAMED_CHOICES = 12
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,18}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")


def validate_parameters(report: Declaration, given: Mapping[str, Any]) -> dict[str, str]:
    """Check the given values; answer every declared parameter with its canonical text.

    Raises:
        Refusal: `unknown_parameter`, `missing_parameter`, `invalid_parameter` or `out_of_range`.
    """
    for name in given:
        if report.parameter(name) is None:
            raise Refusal("unknown_parameter", f"This report has no parameter {shown(name)}.", shown(name))
    values = {parameter.name: _value(parameter, given) for parameter in report.parameters}
    refuse_range(values, report.maximum_days)
    return values


def canonical(parameter: Parameter, value: Any) -> str:
    """Write one value in its canonical form.

    Raises:
        Refusal: `invalid_parameter` or `out_of_range`.
    """
    text = _FORMS[parameter.type](parameter, value)
    _refuse_outside(parameter, text)
    return text


def _value(parameter: Parameter, given: Mapping[str, Any]) -> str:
    if parameter.name in given:
        return canonical(parameter, given[parameter.name])
    if parameter.required or parameter.default is None:
        raise Refusal("missing_parameter", f"{parameter.name} is missing.", parameter.name)
    return canonical(parameter, parameter.default)


def _date(parameter: Parameter, value: Any) -> str:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise _invalid(parameter, "a day of the calendar, such as 2015-06-01") from None
    raise _invalid(parameter, "a date such as 2015-06-01")


def _integer(parameter: Parameter, value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and _INTEGER.fullmatch(text) and text.isascii():
        return str(int(text))
    raise _invalid(parameter, "a whole number such as 25")


def _number(parameter: Parameter, value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    text = f"{Decimal(str(value)):f}" if is_number else value  # str alone would write 0.00001 as 1e-05
    if isinstance(text, str) and text.isascii() and _NUMBER.fullmatch(text):
        return format(Decimal(text).normalize() + 0, "f")  # adding 0 takes the sign off -0
    raise _invalid(parameter, "a number such as 2.5")


def _text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MAXIMUM_TEXT_LENGTH:
        raise _invalid(parameter, f"a text of 1 to {MAXIMUM_TEXT_LENGTH} characters")
    if not value.isprintable():
        raise _invalid(parameter, "a text without control characters")
    return value


def _choice(parameter: Parameter, value: Any) -> str:
    values = [choice.value for choice in parameter.choices or ()]
    if isinstance(value, str) and value in values:
        return value
    more = f" or {len(values) - _NAMED_CHOICES} others" if len(values) > _NAMED_CHOICES else ""
    raise _invalid(parameter, f"one of {', '.join(values[:_NAMED_CHOICES])}{more}")


def _boolean(parameter: Parameter, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value in {"true", "false"}:
        return value
    raise _invalid(parameter, "true or false")


_FORMS = {
    "date": _date,
    "integer": _integer,
    "number": _number,
    "text": _text,
    "choice": _choice,
    "boolean": _boolean,
}


def _invalid(parameter: Parameter, wanted: str) -> Refusal:
    return Refusal("invalid_parameter", f"{parameter.name} must be {wanted}.", parameter.name)


def _refuse_outside(parameter: Parameter, text: str) -> None:
    order = ORDERS.get(parameter.type)
    if order is None:
        return
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and order(text) < order(low)) or (high is not None and order(text) > order(high)):
        raise Refusal("out_of_range", f"{parameter.name} must be {_range(low, high)}.", parameter.name)


ORDERS: Mapping[str, Any] = {"date": date.fromisoformat, "integer": int, "number": Decimal}
"""The types whose values have an order, and so may have a minimum and a maximum."""


def _range(low: str | None, high: str | None) -> str:
    if low is not None and high is not None:
        return f"between {low} and {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def refuse_range(values: Mapping[str, str], maximum_days: int | None) -> None:
    """Hold the two ends of a range of days, which have these names in every report, against each other.

    Raises:
        Refusal: `out_of_range`.
    """
    start, end = values.get("startDate"), values.get("endDate")
    if start is None or end is None:
        return
    if start > end:
        raise Refusal("out_of_range", f"endDate must not be before startDate, {start}.", "endDate")
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    if maximum_days is not None and days > maximum_days:
        raise Refusal("out_of_range", f"Ask for at most {maximum_days} days: these are {days}.", "endDate")
