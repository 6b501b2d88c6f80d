"""What must hold of the parameters of a declaration: their names, bounds, choices and default values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.core.chart_rules import Fault
from pipeline.core.errors import Refusal
from pipeline.core.parameters import ORDERS, canonical, refuse_range
from pipeline.core.reports import Declaration, Parameter

RANGE = ("startDate", "endDate")
"""The two ends of a range of days have these names in every report."""
_PARAMETER_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What an address already says of a question (docs/protocol.md).
_TAKEN = frozenset({"topicName", "queryId"})


def parameter_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    """Say what contradicts itself in one parameter, whose table stands at `place`."""
    name = parameter.name
    if not _PARAMETER_NAME.fullmatch(name) or name in _TAKEN:
        yield f"{place}.name", f"{name or 'An empty name'} cannot name a parameter."
    if name in RANGE and parameter.type != "date":
        yield f"{place}.type", f"{name} must be a date: it is one end of a range of days."
    yield from _choice_faults(place, parameter)
    if parameter.default is None and not parameter.required:
        yield f"{place}.name", f"{name} is not required and needs a default."
    if parameter.type not in ORDERS and (parameter.minimum or parameter.maximum) is not None:
        yield f"{place}.name", f"{name} is a {parameter.type} and has no minimum or maximum."
    else:
        yield from _value_faults(place, parameter)


def default_range_faults(declaration: Declaration) -> Iterator[Fault]:
    """Say whether the range of days that the form opens with could not be asked for."""
    defaults = {parameter.name: parameter.default for parameter in declaration.parameters}
    ends = {name: day for name in RANGE if (day := defaults.get(name)) is not None}
    try:
        refuse_range(ends, declaration.maximum_days)
    except Refusal as error:
        place = f"parameters[{list(defaults).index('endDate')}].default"
        yield place, f"The default values do not fit together: {error}"


def _choice_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    values = [choice.value for choice in parameter.choices or ()]
    if parameter.type != "choice":
        if parameter.choices is not None:
            yield f"{place}.choices", f"{parameter.name} is no choice, so it has no choices."
    elif not values:
        yield f"{place}.name", f"{parameter.name} is a choice and needs choices or choicesFrom."
    elif "" in values:
        yield f"{place}.choices", f"{parameter.name} has an empty choice, which cannot be bound."
    elif len(set(values)) < len(values):
        yield f"{place}.choices", f"{parameter.name} has a choice twice."


def _value_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    """Hold the bounds against the type, then the default against the bounds."""
    unbounded = replace(parameter, minimum=None, maximum=None)
    upwards = replace(parameter, maximum=None)
    unfit = [
        *_unfit(place, unbounded, "minimum", parameter.minimum),
        *_unfit(place, unbounded, "maximum", parameter.maximum),
    ]
    unfit = unfit or [*_unfit(place, upwards, "maximum", parameter.maximum)]
    yield from unfit or _unfit(place, parameter, "default", parameter.default)


def _unfit(place: str, parameter: Parameter, role: str, value: str | None) -> Iterator[Fault]:
    if value is None:
        return
    try:
        canonical(parameter, value)
    except Refusal as error:
        yield f"{place}.{role}", f"The {role} of {parameter.name} does not fit: {error}"
