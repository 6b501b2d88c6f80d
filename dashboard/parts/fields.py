"""One widget for each parameter of a report, chosen by the declared type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.formats import plain
from dashboard.parts.period import draw_bounds
from dashboard.parts.reading import problem_of
from dashboard.questions import day_of
from dashboard.state import field_key, seed, widget_value
from pipeline.core.report_words import bounds
from pipeline.core.reports import Parameter, ParameterType, Report

_BUTTONS_UP_TO = 5


def draw_field(report: Report, parameter: Parameter) -> None:
    """Draw one parameter; `parts.reading` reads it."""
    key = field_key(report, parameter)
    if parameter.default is not None:
        seed(key, widget_value(parameter, parameter.default))
    _WIDGETS[parameter.type](parameter, key)


def _choice(parameter: Parameter, key: str) -> object:
    labels = {choice.value: choice.label for choice in parameter.choices or ()}
    if len(labels) <= _BUTTONS_UP_TO:
        return st.segmented_control(
            parameter.label,
            list(labels),
            format_func=labels.__getitem__,
            key=key,
            help=parameter.help,
            required=True,
            wrap=True,
            persist_state="session",
        )
    return st.selectbox(
        parameter.label,
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        help=parameter.help,
        persist_state="session",
        width=320,
    )


def _date(parameter: Parameter, key: str) -> object:
    first, last = day_of(parameter.minimum), day_of(parameter.maximum)
    with st.container(gap=None, width=320):
        chosen = st.date_input(
            parameter.label,
            value=None,
            min_value=first,
            max_value=last,
            key=key,
            help=parameter.help,
            format="YYYY-MM-DD",
            persist_state="session",
        )
        draw_bounds(first, last)
    return chosen


def _integer(parameter: Parameter, key: str) -> object:
    return _number_input(parameter, key, step=1.0)


def _number(parameter: Parameter, key: str) -> object:
    return _number_input(parameter, key, step=None)


def _number_input(parameter: Parameter, key: str, *, step: float | None) -> object:
    """Draw a field that gives away every number: one that is kept back would leave the last one to be asked.

    Streamlit keeps back whole numbers beyond 2 to the power of 53, so whole ones are written as floats too.
    """
    with st.container(gap=None, width=320):
        written = st.number_input(
            parameter.label,
            value=None,
            step=step,
            format="%g",
            key=key,
            help=parameter.help,
            placeholder=parameter.default,
            persist_state="session",
        )
        if written is not None and (problem := problem_of(parameter, written)):
            st.caption(f":red[{plain(problem)}]")
        elif said := _said_of_numbers(parameter):
            st.caption(plain(said))
    return written


def _said_of_numbers(parameter: Parameter) -> str:
    """Say which numbers the field takes before one is refused, and what is asked where it is empty."""
    taken = f"Numbers {bounds(parameter)}".rstrip()
    if parameter.default is not None:
        return f"{taken}; {parameter.default} where this is empty"
    return taken if bounds(parameter) else ""


def _text(parameter: Parameter, key: str) -> object:
    return st.text_input(parameter.label, key=key, help=parameter.help, persist_state="session", width=320)


def _boolean(parameter: Parameter, key: str) -> object:
    return st.toggle(parameter.label, key=key, help=parameter.help, persist_state="session")


_WIDGETS: Mapping[ParameterType, Callable[[Parameter, str], object]] = {
    "choice": _choice,
    "date": _date,
    "integer": _integer,
    "number": _number,
    "text": _text,
    "boolean": _boolean,
}
