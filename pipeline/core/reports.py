"""The declaration of a report: everything that form, validation, chart, table and documentation need to know.

This is the only schema. An analyst writes it as TOML in the leading comment of `sql/reports/<topicName>.sql`
(`pipeline.core.declarations` reads that), and `/reports` serves it as JSON, field for field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ParameterType = Literal["date", "integer", "number", "text", "choice", "boolean"]
ColumnType = Literal["integer", "decimal", "double", "boolean", "date", "timestamp", "text"]
Role = Literal["dimension", "measure", "control", "excluded"]
Format = Literal["integer", "usd", "miles", "minutes", "mph", "percent", "date", "text"]
ChartKind = Literal["bar", "ranked", "line", "heatmap", "histogram", "dumbbell", "map"]
Aggregate = Literal["sum", "mean", "minimum", "maximum", "first", "last"]

LONGEST_SECONDS = 900
"""The warehouse's own limit for a statement, which no report may exceed."""
MOST_ROWS = 100_000
"""The most rows that any report may ask for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a `choice` parameter, and the words for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One question of the form. `default`, `minimum` and `maximum` are written as the value itself would be.

    A parameter that is not required has a default, because the Data API cannot bind a missing value.
    """

    name: str
    label: str
    type: ParameterType
    required: bool = True
    default: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    choices: tuple[Choice, ...] | None = None
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the answer. `reason` says why the trips of an `excluded` column were left out.

    `unit_from` names the text column that holds the unit, the same in each row, where it depends on what is asked for.
    `label_from` names the choice that says what the column holds: its label is that of the value asked for.
    """

    name: str
    type: ColumnType
    label: str
    role: Role
    unit: str | None = None
    format: Format | None = None
    reason: str | None = None
    unit_from: str | None = None
    label_from: str | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure over all rows: `aggregate` of `column`, divided by the same aggregate of `per` where given.

    `first` and `last` are the values of the first and of the last row that has one. `at` names dimension columns
    whose values are shown with a minimum or maximum ("Friday, 19:00").
    """

    label: str
    column: str
    aggregate: Aggregate
    per: str | None = None
    format: Format | None = None
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of columns. What each kind needs stands in `pipeline.core.chart_rules`.

    A heatmap has its rows in `y` and its colour in `value`; a map has the longitude in `x`, the latitude in `y` and
    the size of its symbols in `value`. `label` is the column with a row's words: the name of a bar or of a place, the
    remark at a day (NULL is none), the unit of a dumbbell's row where rows differ. `series` is the column whose values
    are the lines or colours, `panels` the one that has a small chart for each of its values. `marks` are columns with
    one value in all rows, each a vertical line. A ranking of several `y` has a bar for the total of each.
    """

    kind: ChartKind
    title: str
    x: str
    y: tuple[str, ...]
    value: str | None = None
    label: str | None = None
    why: str | None = None
    series: str | None = None
    panels: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a cell, or the total of a column, must be.

    `where` picks the row by the values of other columns (else it is the first). A number may differ by `tolerance`.
    """

    column: str
    equals: int | float | str
    tolerance: float = 0
    where: Mapping[str, int | float | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """One question with what is known of its answer: the analyst's own test, run by `make report-check`.

    `data` names the data that it holds for, by the beginning of their version; without it it holds for all.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    rows: int | None = None
    minimum_rows: int | None = None
    maximum_rows: int | None = None
    value: Expectation | None = None
    total: Expectation | None = None
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the analyst writes down about a report. Times in seconds; `groups` empty means everybody.

    `maximum_days` is the longest range of days that may be asked for. `whole_year` says why the report reads every
    day whatever is asked; without it each part that reads trips must be bounded by both dates.
    """

    title: str
    question: str
    maintainer: str
    usual_seconds: int
    deadline_seconds: int
    maximum_rows: int
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    kpis: tuple[Kpi, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    example: tuple[Example, ...] = ()
    maximum_days: int | None = None
    whole_year: str | None = None

    def parameter(self, name: str) -> Parameter | None:
        """Find a declared parameter."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def column(self, name: str) -> Column | None:
        """Find a declared column."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Declaration):
    """A report: its declaration, its SELECT (`sql`), and `version`, the SHA-256 of its file.

    `sql_line` is the line of the file on which the SELECT begins.
    """

    topic_name: str
    version: str
    sql: str
    sql_line: int = 1

    @property
    def statement_sql(self) -> str:
        """Give the text that is executed: the SELECT, and a limit of one row more than will be served."""
        return f"{self.sql}\nlimit {self.maximum_rows + 1}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file of the reports folder is no report: file, line and a sentence."""

    file: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class DataDescription:
    """What the loaded data says about itself (`data/about.json`), written last by every load."""

    version: str
    synthetic: bool
    source: str
    rows: int
    first_day: str
    last_day: str
    missing_days: tuple[str, ...]
    loaded_at: str
    known_defects: tuple[str, ...]


UNDESCRIBED = DataDescription(
    version="undescribed",
    synthetic=True,
    source="The data does not say what it is",
    rows=0,
    first_day="2015-01-01",
    last_day="2015-12-31",
    missing_days=(),
    loaded_at="",
    known_defects=(),
)
"""Stands where `data/about.json` is missing: data that does not say what it is counts as synthetic."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The answer of `/reports`: every report, what the data is, and the files that are no reports."""

    reports: tuple[Report, ...]
    data: DataDescription
    problems: tuple[Problem, ...]
