"""The trips in use beside real rows, like with like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from infra.local.data.facts import Facts
from infra.local.data.report import bounds
from infra.local.data.report.comparison import Comparison, compare, new_chance, not_compared, reading
from infra.local.data.report.cut import ENOUGH_ROWS, Cut
from infra.local.data.report.defects import defects
from infra.local.data.report.figure import Figure
from infra.local.data.report.figures import defect_figures, figures
from infra.local.data.report.histograms import Chance, Histogram, Measured
from infra.local.data.report.likeness import make_alike
from infra.local.data.report.measures import COLUMNS, Table, measure
from infra.local.data.report.real_files import RealRows, read_folder
from infra.local.data.report.spread import Spread, spread_in

AGAINST = "real rows"
SECOND_CHOICES = {"any_tip": "tip", "card": "payment"}
"""Figures that say the same as another one, and stand in for it only where that one cannot be had."""


@dataclass(frozen=True, slots=True)
class RealComparison:
    """The lines, both sides' histograms, and what was done to make the sides alike."""

    lines: list[Comparison]
    ours: Measured
    real: Measured
    months: tuple[int, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both sides counted, and what is known of the real one."""

    ours: Measured
    real: Measured
    rows: RealRows
    spread: Spread
    cut: Cut
    chance: Chance


def compare_real(
    connection: duckdb.DuckDBPyConnection,
    ours: str,
    folder: Path,
    facts: Facts,
    reached: Callable[[str], None],
) -> RealComparison:
    """Compare the table `ours` with the rows of a folder.

    Raises:
        DataError: the folder has nothing to compare with.
    """
    rows = read_folder(connection, folder, facts, reached)
    spread = spread_in(connection, "real_rows", facts)
    cut = make_alike(connection, ours, rows, spread, facts)
    reached("made ours like the real rows")
    theirs = measure(connection, Table("real_like", rows.columns), facts, reached, january=False)
    like = Table("ours_like", frozenset(COLUMNS), weighted=True)
    mine = measure(connection, like, facts, reached, january=False)
    sides = _Sides(mine, theirs, rows, spread, cut, new_chance())
    counted = f"{rows.rows:,} real rows of 2015 were read; {theirs['week'].rows:,} of them are compared."
    return RealComparison(
        [*_figures(facts, sides), *_defects(facts, sides)],
        mine,
        theirs,
        spread.months,
        (counted, *rows.notes, spread.note, *cut.notes),
    )


def _figures(facts: Facts, sides: _Sides) -> Iterator[Comparison]:
    known = figures(facts, sides.spread.months)
    for key, figure in known.items():
        better = SECOND_CHOICES.get(key)
        if better is None or known[better].family not in sides.real:
            yield _figure(key, figure, sides)


def _figure(key: str, figure: Figure, sides: _Sides) -> Comparison:
    if figure.group == "days" and not sides.spread.days_can_be_compared:
        return not_compared(figure, AGAINST, "the real rows come from a few days or stretches of time")
    if figure.group == "hours" and not sides.spread.hours_can_be_compared:
        return not_compared(figure, AGAINST, "the real rows come from a few stretches of time")
    if figure.family not in sides.real:
        return not_compared(figure, AGAINST, _lacking(figure.needs, sides.rows))
    if sides.real[figure.family].rows < ENOUGH_ROWS:
        return not_compared(figure, AGAINST, f"the real rows have fewer than {ENOUGH_ROWS} such rows")
    if key == "clock" and _rows_about_a_change(sides) < ENOUGH_ROWS:
        return not_compared(figure, AGAINST, f"fewer than {ENOUGH_ROWS} rows are of the hours about a change")
    bound = bounds.WEEK_OF_FEW_DAYS if key == "week" and sides.spread.few_days else bounds.REAL.get(key)
    return _compare(figure, sides, bound)


def _defects(facts: Facts, sides: _Sides) -> Iterator[Comparison]:
    known = defects(facts.zones)
    for key, figure in defect_figures(facts, dict.fromkeys(known, "year")).items():
        if key in sides.cut.cleaned:
            yield not_compared(figure, AGAINST, "the real rows were cleaned of it")
        elif figure.family not in sides.real:
            yield not_compared(figure, AGAINST, _lacking(known[key].needs, sides.rows))
        elif _too_few(sides.ours[figure.family], sides.real[figure.family]):
            yield not_compared(
                figure, AGAINST, f"fewer than {ENOUGH_ROWS} such rows are there or to be expected"
            )
        else:
            # Who cleaned rows of one defect had his own idea of others too: such rows say little about any.
            yield _compare(figure, sides, None if sides.cut.cleaned else bounds.DEFECT)


def _compare(figure: Figure, sides: _Sides, bound: float | None) -> Comparison:
    other = reading(figure, sides.real[figure.family])
    return compare(figure, sides.ours[figure.family], other, bound, AGAINST, sides.chance)


def _rows_about_a_change(sides: _Sides) -> int:
    """The rows of the hours about the clock change of which either side has the fewest."""
    return int(
        min(side["clock"].counts[1:].reshape(-1, 2).sum(axis=1).min() for side in (sides.real, sides.ours))
    )


def _too_few(ours: Histogram, real: Histogram) -> bool:
    return bool(max(ours.shares[1] * real.rows, real.counts[1]) < ENOUGH_ROWS)


def _lacking(needs: frozenset[str], rows: RealRows) -> str:
    return f"the real rows lack {', '.join(sorted(needs - rows.columns))}"
