"""Makes the report: counts, compares, draws, and says in one line what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.fact_tables import read_facts
from infra.local.data.facts import Facts
from infra.local.data.progress import Progress
from infra.local.data.report.chart_look import Chart
from infra.local.data.report.comparison import Comparison, Verdict
from infra.local.data.report.curve_charts import charts_of_curves
from infra.local.data.report.dirt_chart import Rates, dirt_chart
from infra.local.data.report.figures import defect_figures
from infra.local.data.report.histograms import Measured
from infra.local.data.report.measures import COLUMNS, Table, measure
from infra.local.data.report.money_charts import charts_of_money
from infra.local.data.report.page import Page, Section, html
from infra.local.data.report.place_charts import charts_of_places
from infra.local.data.report.published import compare_published, totals
from infra.local.data.report.real import RealComparison, compare_real
from infra.local.data.report.sides import Side, published_side, side_of_rows
from infra.local.data.report.time_charts import charts_of_time
from infra.local.data.report.truths import defect_rates, truths
from infra.local.data.storage import Dataset, reading

TRIPS = "kept.checked_trips"


@dataclass(frozen=True, slots=True)
class Outcome:
    """All comparisons, and where the page is."""

    lines: Sequence[Comparison]
    page: Path

    @property
    def broken(self) -> list[Comparison]:
        """The figures out of bounds."""
        return [line for line in self.lines if line.verdict is Verdict.BROKEN]

    @property
    def summary(self) -> str:
        """One line for people and scripts."""
        missing = sum(line.verdict is Verdict.NOT_COMPARED for line in self.lines)
        return (
            f"{len(self.lines) - missing} figures compared, {len(self.broken)} out of bounds, "
            f"{missing} not compared: {self.page}"
        )


def make_report(dataset: Dataset, real: Path | None, out: Path, say: Callable[[str], None]) -> Outcome:
    """Compare the data set with what was published, and with the real rows of a folder; write the page.

    Raises:
        DataError: the folder of real rows cannot be used, or the page cannot be written.
    """
    progress = Progress(say)
    facts = read_facts()
    with _writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    with reading(dataset.database) as connection:
        # Real rows first: whoever named the wrong folder hears it at once.
        beside_real = [] if real is None else [_real(connection, dataset, real, facts, progress)]
        parts = [_published(connection, dataset, facts, progress), *beside_real]
    outcome = Outcome([line for part in parts for line in part.lines], out)
    _write(outcome, dataset, parts)
    return outcome


def _published(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, facts: Facts, progress: Progress
) -> Section:
    table = Table(TRIPS, frozenset(COLUMNS))
    measured = measure(connection, table, facts, progress.reached, january=True)
    synthetic = bool(dataset.about["synthetic"])
    lines = compare_published(
        facts, measured, totals(connection, table, facts, measured), synthetic=synthetic
    )
    ours = side_of_rows(_our_name(dataset), measured, facts, sorted(facts.months))
    notes = (
        "Distances, durations and totals are those of January, as they were published; everything else is the year's.",
    )
    rates = {key: (rate.period, float(rate.truth.values[0])) for key, rate in defect_rates().items()}
    known = defect_figures(facts, {key: period for key, (period, _) in rates.items()})
    dirt = {
        figure.name: (rates[key][1], float(measured[figure.family].shares[1]))
        for key, figure in known.items()
        if figure.family in measured
    }
    other = published_side(truths(facts))
    charts = _charts(other, ours, facts, sorted(facts.months), dirt)
    return Section("Beside what was published", notes, lines, charts)


def _real(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, real: Path, facts: Facts, progress: Progress
) -> Section:
    found = compare_real(connection, TRIPS, real, facts, progress.reached)
    progress.reached("drawing")
    return Section(
        f"Beside the real rows in {real.name}", found.notes, found.lines, _real_charts(dataset, facts, found)
    )


def _real_charts(dataset: Dataset, facts: Facts, found: RealComparison) -> list[Chart]:
    other = side_of_rows("Real rows", found.real, facts, found.months)
    ours = side_of_rows(_our_name(dataset), found.ours, facts, found.months)
    dirt = {
        figure.name: _rates_of(figure.family, found.real, found.ours)
        for figure in defect_figures(facts, dict.fromkeys(defect_rates(), "year")).values()
        if figure.family in found.real
    }
    return _charts(other, ours, facts, found.months, dirt)


def _rates_of(family: str, real: Measured, ours: Measured) -> tuple[float, float]:
    return float(real[family].shares[1]), float(ours[family].shares[1])


def _charts(other: Side, ours: Side, facts: Facts, months: Sequence[int], dirt: Rates) -> list[Chart]:
    return [
        *charts_of_time(other, ours, facts, months),
        *charts_of_curves(other, ours),
        *charts_of_money(other, ours),
        *charts_of_places(other, ours, facts),
        dirt_chart(other.name, ours.name, dirt),
    ]


def _our_name(dataset: Dataset) -> str:
    return "Ours (synthetic)" if dataset.about["synthetic"] else "Ours"


def _write(outcome: Outcome, dataset: Dataset, sections: Sequence[Section]) -> None:
    about = dataset.about
    page = Page(
        version=about["version"],
        source=about["source"],
        trips=about["rows"],
        synthetic=bool(about["synthetic"]),
        summary=outcome.summary.rpartition(": ")[0] + ".",
        sections=sections,
    )
    with _writing(outcome.page):
        outcome.page.write_text(html(page), encoding="utf-8")


@contextmanager
def _writing(page: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataError(
            f"The report could not be written to {page.absolute()} ({error.strerror}): choose another place "
            "with --out. The data are as they were."
        ) from error
