"""The declaration of a report: everything that form, validation, chart, table and documentation need to know.

This is the only schema. An analyst writes it as TOML in the leading comment of `sql/reports/<topicName>.sql`
(`pipeline.core.declarations` reads that), and `/reports` serves it as JSON, field for field.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ParameterType = Literal["date", "integer", "number", "text", "choice", "boolean"]
ColumnType = Literal["integer", "decimal", "double", "boolean", "date", "timestamp", "text"]
Role = Literal["dimension", "measure", "control", "excluded"]
Format = Literal["integer", "usd", "miles", "minutes", "mph", "percent", "date", "text"]
ChartKind = Literal["bar", "ranked", "line", "heatmap", "histogram", "dumbbell", "map"]
Aggregate = Literal["sum", "mean", "minimum", "maximum"]


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
    """One column of the answer. `reason` says why the trips of an `excluded` column were left out."""

    name: str
    type: ColumnType
    label: str
    role: Role
    unit: str | None = None
    format: Format | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure over all rows: `aggregate` of `column`, divided by the same aggregate of `per` where given.

    `at` names dimension columns whose values are shown with a minimum or maximum ("Friday, 19:00").
    """

    label: str
    column: str
    aggregate: Aggregate
    per: str | None = None
    format: Format | None = None
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. A heatmap has its rows in `y` and its colour in `value`."""

    kind: ChartKind
    title: str
    x: str
    y: tuple[str, ...]
    value: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the analyst writes down about a report. Times in seconds; `groups` empty means everybody."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its declaration, its SELECT (`sql`), and `version`, the SHA-256 of its file."""

    topic_name: str
    version: str
    sql: str
    title: str
    question: str
    maintainer: str
    usual_seconds: int
    deadline_seconds: int
    maximum_rows: int
    groups: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    kpis: tuple[Kpi, ...]
    notes: tuple[str, ...]
    charts: tuple[Chart, ...]

    @property
    def statement_sql(self) -> str:
        """Give the text that is executed: the SELECT, and a limit of one row more than will be served."""
        return f"{self.sql}\nlimit {self.maximum_rows + 1}"

    def parameter(self, name: str) -> Parameter | None:
        """Find a declared parameter."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def column(self, name: str) -> Column | None:
        """Find a declared column."""
        return next((column for column in self.columns if column.name == name), None)


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
