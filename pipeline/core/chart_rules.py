"""What the charts and the figures of a report need of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.core.reports import Chart, ChartKind, Column, Declaration, Kpi

NUMBERS = frozenset({"integer", "decimal", "double"})
"""The types of columns that can be added up."""
Fault = tuple[str, str]
"""A place of the declaration, such as `charts[0].y`, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Axes:
    """What a kind of chart is drawn from: how many columns `y` names, and what else it takes.

    `numbers` are the axes whose columns must be numbers, `optional` those that it can do without.
    """

    y: int | None
    numbers: tuple[str, ...]
    value: bool = False
    optional: tuple[str, ...] = ()


AXES: Mapping[ChartKind, Axes] = MappingProxyType(
    {
        "bar": Axes(y=None, numbers=("y",), optional=("label", "series", "panels")),
        "line": Axes(y=None, numbers=("y",), optional=("label", "series", "panels")),
        "ranked": Axes(y=None, numbers=("y",), optional=("label",)),
        "histogram": Axes(y=1, numbers=("y", "marks"), optional=("label", "marks")),
        "heatmap": Axes(y=1, numbers=("value",), value=True),
        "dumbbell": Axes(y=2, numbers=("y",), optional=("label",)),
        "map": Axes(y=1, numbers=("x", "y", "value"), value=True, optional=("label",)),
    }
)
"""The axes of each kind; a `y` of None is one column or more."""
_OPTIONAL = ("label", "series", "panels", "marks")


def chart_faults(declaration: Declaration) -> Iterator[Fault]:
    """Say which charts name columns that are not there, or lack an axis, or have one too many."""
    for number, chart in enumerate(declaration.charts):
        place = f"charts[{number}]"
        yield from _axis_faults(place, chart)
        yield from _measure_faults(place, chart, declaration)
        yield from _extra_faults(place, chart, declaration)
        for axis, names in _axes_of(chart).items():
            for name in names:
                numeric = axis in AXES[chart.kind].numbers
                yield from column_faults(f"{place}.{axis}", declaration.column(name), name, numeric)


def kpi_faults(declaration: Declaration) -> Iterator[Fault]:
    """Say which figures cannot be computed."""
    for number, kpi in enumerate(declaration.kpis):
        place = f"kpis[{number}]"
        for key, name in (("column", kpi.column), ("per", kpi.per)):
            if name is not None:
                yield from column_faults(f"{place}.{key}", declaration.column(name), name, numeric=True)
        for name in kpi.at:
            yield from column_faults(f"{place}.at", declaration.column(name), name, numeric=False)
        yield from _place_faults(place, kpi)


def column_faults(place: str, column: Column | None, name: str, numeric: bool) -> Iterator[Fault]:
    """Say whether a column that is spoken of is missing, or is no number where one is needed."""
    if column is None:
        yield place, f"There is no column {name}."
    elif numeric and column.type not in NUMBERS:
        yield place, f"Column {name} is {column.type}; a number is needed here."


def _place_faults(place: str, kpi: Kpi) -> Iterator[Fault]:
    if kpi.at and (kpi.aggregate not in {"minimum", "maximum"} or kpi.per):
        yield f"{place}.at", "at says where a minimum or a maximum stands; this figure is neither."


def _axis_faults(place: str, chart: Chart) -> Iterator[Fault]:
    axes = AXES[chart.kind]
    if not chart.y or (axes.y is not None and len(chart.y) != axes.y):
        wanted = {None: "at least one column", 1: "one column", 2: "two columns"}[axes.y]
        yield f"{place}.y", f"A {chart.kind} chart has {wanted} in y."
    if axes.value and chart.value is None:
        yield place, f"A {chart.kind} chart needs value, the column that it shows."
    if not axes.value and chart.value is not None:
        yield f"{place}.value", f"A {chart.kind} chart takes no value: its measure stands in y."
    for key in _OPTIONAL:
        if getattr(chart, key) and key not in axes.optional:
            yield f"{place}.{key}", f"A {chart.kind} chart takes no {key}."


def _measure_faults(place: str, chart: Chart, declaration: Declaration) -> Iterator[Fault]:
    """Say which columns of `y` show nothing that `x` or another one does not show."""
    for number, name in enumerate(chart.y):
        column = declaration.column(name)
        if name in chart.y[:number]:
            yield f"{place}.y", f"Column {name} stands in y twice."
        if name == chart.x:
            yield f"{place}.x", f"Column {name} stands in x and in y."
        elif column and column.role == "dimension" and column.type in NUMBERS and not AXES[chart.kind].value:
            yield f"{place}.y", f"Column {name} is a dimension; a measure is needed here."


def _extra_faults(place: str, chart: Chart, declaration: Declaration) -> Iterator[Fault]:
    """Say which of the optional axes contradict the others."""
    if chart.series and len(chart.y) > 1:
        yield f"{place}.series", "With series, y names one column, whose lines are the values of series."
    if chart.kind == "ranked" and chart.label and len(chart.y) > 1:
        yield f"{place}.label", "A ranking of several columns is named by them: it takes no label."
    for key, name in (("series", chart.series), ("panels", chart.panels)):
        column = declaration.column(name) if name else None
        if column is not None and column.role != "dimension":
            yield f"{place}.{key}", f"Column {name} is a {column.role}; a dimension is needed here."
    x = declaration.column(chart.x)
    if chart.marks and x is not None and x.type not in NUMBERS:
        yield f"{place}.marks", f"marks stand on an axis of numbers, and {chart.x} is {x.type}."


def _axes_of(chart: Chart) -> Mapping[str, tuple[str, ...]]:
    named = {name: getattr(chart, name) for name in ("x", "value", "label", "series", "panels")}
    one = {axis: (name,) for axis, name in named.items() if name is not None}
    return {"y": chart.y, "marks": chart.marks, **one}
