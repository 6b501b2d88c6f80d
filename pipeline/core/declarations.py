"""From an analyst's file to a report: its TOML comment, its SELECT, and whether the two agree."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.core.errors import Refusal
from pipeline.core.identifiers import is_topic_name
from pipeline.core.parameters import canonical
from pipeline.core.reports import Choice, Declaration, Parameter, Problem, Report
from pipeline.core.schema import SchemaError, from_wire, wire_name
from pipeline.core.sql_text import placeholders, refused_form

Choices = Mapping[str, tuple[Choice, ...]]

_FILE = re.compile(r"\s*/\*(?P<declaration>.*?)\*/(?P<sql>.*)", re.DOTALL)
_TOML_LINE = re.compile(r"at line (\d+)")
_CASTS: Mapping[str, frozenset[str]] = {
    "date": frozenset({"date"}),
    "integer": frozenset({"int", "integer", "smallint", "bigint", "int2", "int4", "int8"}),
    "number": frozenset({"float", "float8", "double precision", "numeric", "decimal"}),
    "text": frozenset({"varchar", "text"}),
    "choice": frozenset({"varchar", "text"}),
    "boolean": frozenset({"boolean", "bool"}),
}


class ReportProblem(Exception):
    """A file that is no report; `problem` names file, line and reason."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.problem = Problem(file, line, message)


def file_name(topic_name: str) -> str:
    """Name the file of a report."""
    return f"{topic_name}.sql"


def parse_report(topic_name: str, content: bytes, choices: Choices) -> Report:
    """Read a report's file.

    Args:
        topic_name: The name of the file without `.sql`.
        content: The bytes of the file; their SHA-256 is the report's version.
        choices: The shared lists of values that a parameter may name with `choicesFrom`.

    Raises:
        ReportProblem: the file is no report; the reason names its line.
    """
    reader = _Reader(topic_name, content)
    declaration = reader.declaration(choices)
    sql = reader.sql
    reader.check_limits(declaration)
    reader.check_select()
    reader.check_placeholders(declaration)
    reader.check_parameters(declaration)
    reader.check_columns(declaration)
    fields = {name: getattr(declaration, name) for name in Declaration.__dataclass_fields__}
    return Report(topic_name=topic_name, version=hashlib.sha256(content).hexdigest(), sql=sql, **fields)


def parse_choices(content: bytes) -> tuple[Choice, ...]:
    """Read a shared list of values: a CSV with the heading `value,label`.

    Raises:
        ValueError: a line does not have two cells.
    """
    lines = content.decode().strip().splitlines()[1:]
    return tuple(Choice(value.strip(), label.strip()) for value, label in (line.split(",") for line in lines))


class _Reader:
    """One file while it is read: it knows where things stand, so that a problem can name its line."""

    def __init__(self, topic_name: str, content: bytes) -> None:
        self._file = file_name(topic_name)
        if not is_topic_name(topic_name):
            raise self._problem(1, "A report's file is named in words of a–z and 0–9 joined by hyphens.")
        try:
            self._text = content.decode()
        except UnicodeDecodeError as error:
            raise self._problem(1, "The file is not UTF-8.") from error
        match = _FILE.fullmatch(self._text)
        if match is None:
            raise self._problem(1, "The file must begin with its declaration in a comment: /* … */.")
        self._toml, self.sql = match["declaration"], match["sql"].strip()
        self._toml_line = self._text.count("\n", 0, match.start("declaration"))
        leading = len(match["sql"]) - len(match["sql"].lstrip())
        self._sql_line = self._text.count("\n", 0, match.start("sql") + leading)

    def declaration(self, choices: Choices) -> Declaration:
        try:
            table = tomllib.loads(self._toml)
        except tomllib.TOMLDecodeError as error:
            found = _TOML_LINE.search(str(error))
            line = self._toml_line + (int(found[1]) if found else self._toml.count("\n"))
            raise self._problem(line, f"The declaration is not TOML: {error}.") from error
        try:
            return from_wire(Declaration, self._with_choices(table, choices))
        except SchemaError as error:
            raise self._problem(
                self._line_of_field(error.field), f"{error.field} {error.message}."
            ) from error

    def check_limits(self, declaration: Declaration) -> None:
        for name in ("usual_seconds", "deadline_seconds", "maximum_rows"):
            if getattr(declaration, name) < 1:
                named = wire_name(name)
                raise self._problem(self._line_of_text(named), f"{named} must be at least 1.")

    def check_select(self) -> None:
        if refused := refused_form(self.sql):
            line, message = refused
            raise self._problem(self._sql_line + line, message)

    def check_placeholders(self, declaration: Declaration) -> None:
        declared = {parameter.name: parameter for parameter in declaration.parameters}
        used = placeholders(self.sql)
        for one in used:
            line = self._sql_line + one.line
            if one.name not in declared:
                raise self._problem(line, f"Parameter {one.name} is used but not declared.")
            kind = declared[one.name].type
            if one.cast not in _CASTS[kind]:
                wanted = sorted(_CASTS[kind])[0]
                raise self._problem(line, f"{one.name} is declared {kind}: write :{one.name}::{wanted}.")
        for name in declared:
            if name not in {one.name for one in used}:
                raise self._problem(self._line_of_name(name), f"Parameter {name} is declared but not used.")

    def check_parameters(self, declaration: Declaration) -> None:
        names = [parameter.name for parameter in declaration.parameters]
        for parameter in declaration.parameters:
            line = self._line_of_name(parameter.name)
            if names.count(parameter.name) > 1:
                raise self._problem(line, f"Parameter {parameter.name} is declared twice.")
            self._check_parameter(parameter, line)

    def _check_parameter(self, parameter: Parameter, line: int) -> None:
        if parameter.type == "choice" and not parameter.choices:
            raise self._problem(line, f"{parameter.name} is a choice and needs choices or choicesFrom.")
        if any(not choice.value for choice in parameter.choices or ()):
            raise self._problem(line, f"{parameter.name} has an empty choice, which cannot be bound.")
        if parameter.default is None and not parameter.required:
            raise self._problem(line, f"{parameter.name} is not required and needs a default.")
        unbounded = replace(parameter, minimum=None, maximum=None)
        self._check_value(unbounded, "minimum", parameter.minimum, line)
        self._check_value(unbounded, "maximum", parameter.maximum, line)
        self._check_value(parameter, "default", parameter.default, line)

    def _check_value(self, parameter: Parameter, role: str, value: str | None, line: int) -> None:
        if value is None:
            return
        try:
            canonical(parameter, value)
        except Refusal as error:
            raise self._problem(line, f"The {role} of {parameter.name} does not fit: {error}") from error

    def check_columns(self, declaration: Declaration) -> None:
        names = [column.name for column in declaration.columns]
        for column in declaration.columns:
            line = self._line_of_name(column.name)
            if names.count(column.name) > 1:
                raise self._problem(line, f"Column {column.name} is declared twice.")
            if column.role == "excluded" and not column.reason:
                raise self._problem(line, f"Column {column.name} is excluded and needs a reason.")
        for name in _named_columns(declaration):
            if name not in names:
                raise self._problem(self._line_of_text(f'"{name}"'), f"There is no column {name}.")

    def _with_choices(self, table: dict[str, Any], choices: Choices) -> dict[str, Any]:
        """Put the lists of values into the parameters, in the form that the schema has for them."""
        parameters = table.get("parameters")
        if isinstance(parameters, list):
            table = {**table, "parameters": [self._expand(p, choices) for p in parameters]}
        return table

    def _expand(self, parameter: Any, choices: Choices) -> Any:
        if not isinstance(parameter, dict):
            return parameter
        own = parameter.get("choices")
        if isinstance(own, list):
            spelled = [{"value": c, "label": c} if isinstance(c, str) else c for c in own]
            return {**parameter, "choices": spelled}
        if "choicesFrom" not in parameter:
            return parameter
        rest = {name: value for name, value in parameter.items() if name != "choicesFrom"}
        shared = choices.get(str(parameter["choicesFrom"]))
        if shared is None:
            line = self._line_of_text("choicesFrom")
            raise self._problem(line, f"There is no list of choices {parameter['choicesFrom']}.")
        return {**rest, "choices": [{"value": c.value, "label": c.label} for c in shared]}

    def _problem(self, line: int, message: str) -> ReportProblem:
        return ReportProblem(self._file, line, message)

    def _line_of_field(self, field: str) -> int:
        """Find the line of a field such as `columns[2].role`: that of its table, as near as TOML tells."""
        entry = re.match(r"(\w+)\[(\d+)\]", field)
        if entry is None:
            return self._line_in(self._toml.partition("[[")[0], field.partition(".")[0])
        headings = list(re.finditer(rf"\[\[{entry[1]}\]\]", self._toml))
        number = int(entry[2])
        if number < len(headings):
            return self._toml_line + self._toml.count("\n", 0, headings[number].start()) + 1
        return self._line_of_text(entry[1])

    def _line_of_name(self, name: str) -> int:
        return self._line_of_text(f'"{name}"')

    def _line_of_text(self, text: str) -> int:
        return self._line_in(self._toml, text)

    def _line_in(self, beginning: str, text: str) -> int:
        """Find the line of a text in a beginning of the declaration; the first line where it does not stand."""
        position = max(beginning.find(text), 0)
        return self._toml_line + self._toml.count("\n", 0, position) + 1


def _named_columns(declaration: Declaration) -> list[str]:
    """List every column that a KPI or a chart speaks of."""
    kpis = [name for kpi in declaration.kpis for name in (kpi.column, kpi.per, *kpi.at) if name]
    charts = [name for chart in declaration.charts for name in (chart.x, *chart.y, chart.value) if name]
    return kpis + charts
