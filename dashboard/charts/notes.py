"""What a chart does not show, or shows without writing it: a sentence below it."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Iterator, Sequence

from dashboard.answers import Answer
from dashboard.charts.axes import single_days
from dashboard.charts.days import named_events
from dashboard.charts.frame import column_of
from dashboard.charts.missing import missing_values
from dashboard.charts.places import placeless, places_of
from dashboard.charts.points import MAXIMUM_PANELS, names_of, panels_of, series_of, shown_series
from dashboard.charts.ranked import MAXIMUM_BARS, ranking, unranked
from dashboard.charts.remarks import Remark, remarks_of
from dashboard.formats import category_text, day_text, measured
from pipeline.core.reports import Chart, Column

_NAMED = 10


def chart_note(answer: Answer, chart: Chart) -> str | None:
    """Say what is not drawn and what the remarks are; None if the picture is the whole of it.

    Raises:
        NotDrawable: the answer lacks a column.
    """
    return " ".join(_sentences(answer, chart)) or None


def _sentences(answer: Answer, chart: Chart) -> Iterator[str]:
    if chart.kind == "map":
        yield from _of_map(answer, chart)
    elif chart.kind == "ranked":
        yield from _of_ranking(answer, chart)
    elif chart.kind in {"bar", "line"}:
        yield from _of_events(answer, chart)
        yield from _of_series(answer, chart)
    elif chart.kind == "dumbbell" and chart.label:
        yield "Dots at one place are alike; a dot in the middle of a row is half of the other."
    yield from _of_missing(answer, chart)


def _of_map(answer: Answer, chart: Chart) -> Iterator[str]:
    places, off_it = places_of(answer, chart), placeless(answer, chart)
    if places:
        value = column_of(answer, chart.value or chart.y[0])
        largest = max(places, key=lambda place: place.value)
        yield f"The area of a symbol is {value.label}; the largest is {largest.name} ({largest.text})."
    if off_it:
        counted = "1 row has" if len(off_it) == 1 else f"{len(off_it)} rows have"
        yield f"{counted} no place on the map: {_list(off_it)}."


def _of_ranking(answer: Answer, chart: Chart) -> Iterator[str]:
    bars = ranking(answer, chart)
    if len(bars) > MAXIMUM_BARS:
        yield f"The {MAXIMUM_BARS} largest of {len(bars):,} are drawn; the table has all."
    if without := unranked(answer, chart):
        yield f"Not in the ranking: {_list(without)}."


def _of_events(answer: Answer, chart: Chart) -> Iterator[str]:
    """Say what was measured on the days of the events that are named in the picture."""
    every = series_of(answer, chart)
    if chart.label is not None or len(every) != 1:
        return
    values = {str(point.x): point.y for point in every[0].points if point.y is not None}
    days = single_days(column_of(answer, chart.x), [point.x for point in every[0].points])
    told = [
        f"{event.name}, {day_text(event.day)}: {measured(values[event.day.isoformat()], every[0].column)}"
        for event in named_events(days)
        if event.day.isoformat() in values
    ]
    if told:
        yield f"{'; '.join(told)}."


def _of_series(answer: Answer, chart: Chart) -> Iterator[str]:
    every = series_of(answer, chart)
    drawn = shown_series(every)
    if len(names_of(drawn)) < len(names_of(every)):
        yield f"The {len(names_of(drawn))} largest of {len(names_of(every))} are drawn; the table has all."
    if len(panels_of(every)) > MAXIMUM_PANELS:
        yield f"The first {MAXIMUM_PANELS} of {len(panels_of(every))} small charts; the table has all."
    column = column_of(answer, chart.x)
    yield from _of_rows_without(answer, chart, column)
    points = tuple(point for one in drawn for point in one.points)
    remarks = [_remark_said(remark, column) for remark in remarks_of(answer, chart, points)]
    if remarks:
        yield f"Marked: {_list(remarks, '; ')}."


def _remark_said(remark: Remark, x: Column) -> str:
    """Write a remark after its place; one that only names the day of the week says nothing more."""
    place = category_text(remark.point.x, x)
    return place if remark.text in day_name else f"{place}, {remark.text}"


def _of_rows_without(answer: Answer, chart: Chart, x: Column) -> Iterator[str]:
    """Tell the values of the rows that have no place on the axis."""
    measure = column_of(answer, chart.y[0])
    rows = zip(answer.values(x.name), answer.values(measure.name), strict=True)
    values = [measured(cell, measure) for place, cell in rows if place is None]
    if values:
        counted = "1 row has" if len(values) == 1 else f"{len(values)} rows have"
        yield f"{counted} no {x.label} and no place: {measure.label} {_list(values)}."


def _of_missing(answer: Answer, chart: Chart) -> Iterator[str]:
    missing, every = missing_values(answer, chart)
    if missing:
        yield f"{missing:,} of {every:,} values {'is' if missing == 1 else 'are'} missing and not drawn."


def _list(texts: Sequence[str], between: str = ", ") -> str:
    """Name the first ones, and count the others."""
    more = f" and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    return between.join(texts[:_NAMED]) + more
