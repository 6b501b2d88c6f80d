"""From an analyst's file to a report: its TOML comment, its SELECT, and whether the two agree."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from pipeline.core.choices import Choices
from pipeline.core.identifiers import file_name, is_topic_name
from pipeline.core.report_rules import declaration_faults
from pipeline.core.report_text import ReportProblem, ReportText, read_text
from pipeline.core.reports import Declaration, Problem, Report
from pipeline.core.schema import SchemaError, from_wire
from pipeline.core.sql_text import Placeholder, placeholders, quoted_placeholders, refused_form

MOST_PROBLEMS = 20
"""So many of a file's declaration, and of its SQL, are told at once: whoever mends them asks again."""
CASTS: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "integer": ("int", "integer", "smallint", "bigint", "int2", "int4", "int8"),
    "number": ("float8", "float", "double precision", "numeric", "decimal"),
    "text": ("varchar", "text"),
    "choice": ("varchar", "text"),
    "boolean": ("boolean", "bool"),
}
"""What a placeholder may be cast to, by the type of its parameter; the first is what we say."""
_TOML_LINE = re.compile(r"at line (\d+), column")
_NO_PLACE = {
    "table": "The name of a table cannot be a parameter: {name} is a value.",
    "order": "{name} cannot choose what to order or group by: it is a value, the same for each row.",
}


def parse_report(topic_name: str, content: bytes, choices: Choices) -> Report:
    """Read a report's file.

    Args:
        topic_name: The name of the file without `.sql`.
        content: The bytes of the file; their SHA-256 is the report's version.
        choices: The shared lists of values that a parameter may name with `choicesFrom`.

    Raises:
        ReportProblem: the file is no report; each of the reasons names its line.
    """
    text = read_text(file_name(topic_name), content)
    if not is_topic_name(topic_name):
        raise text.problem(1, "A report's file is named in words of a–z and 0–9 joined by hyphens.")
    declaration = _declaration(text, choices)
    problems = [
        *islice(_declaration_problems(text, declaration), MOST_PROBLEMS),
        *islice(_sql_problems(text, declaration), MOST_PROBLEMS),
    ]
    if problems:
        raise ReportProblem(problems)
    fields = {name: getattr(declaration, name) for name in Declaration.__dataclass_fields__}
    version = hashlib.sha256(content).hexdigest()
    return Report(topic_name=topic_name, version=version, sql=text.sql, sql_line=text.sql_line, **fields)


def _declaration(text: ReportText, choices: Choices) -> Declaration:
    try:
        return _read(text, choices)
    except ReportProblem as error:
        if not text.is_cut_short:
            raise
        line = text.toml_line + text.toml.count("\n")
        raise text.problem(
            line, "The declaration ends at this */, before its end: write */ in no text."
        ) from error


def _read(text: ReportText, choices: Choices) -> Declaration:
    try:
        table = tomllib.loads(text.toml)
    except RecursionError as error:
        raise text.problem(text.toml_line, "The declaration is nested too deeply.") from error
    except ValueError as error:
        found = _TOML_LINE.search(str(error))
        line = text.toml_line - 1 + (int(found[1]) if found else text.toml.count("\n"))
        # The reader of TOML counts lines from the declaration on, not from the beginning of the file.
        sentence = _TOML_LINE.sub("at column", str(error))
        raise text.problem(max(line, 1), f"The declaration is not TOML: {sentence}.") from error
    try:
        return from_wire(Declaration, _spelled(text, table, choices))
    except SchemaError as error:
        raise text.problem(text.line_of(error.field), f"{error.field} {error.message}.") from error


def _declaration_problems(text: ReportText, declaration: Declaration) -> Iterator[Problem]:
    for place, sentence in declaration_faults(declaration):
        yield Problem(text.file, text.line_of(place), sentence)


def _sql_problems(text: ReportText, declaration: Declaration) -> Iterator[Problem]:
    if refused := refused_form(text.sql):
        yield Problem(text.file, text.sql_line + refused[0] - 1, refused[1])
        return
    used = placeholders(text.sql)
    for one in used:
        if sentence := _misuse(declaration, one):
            yield Problem(text.file, text.sql_line + one.line - 1, sentence)
    for one in quoted_placeholders(text.sql):
        if declaration.parameter(one.name):
            sentence = f"Parameter {one.name} stands between quotes, where no value is put in."
            yield Problem(text.file, text.sql_line + one.line - 1, sentence)
    for number, parameter in enumerate(declaration.parameters):
        if parameter.name not in {one.name for one in used}:
            line = text.line_of(f"parameters[{number}].name")
            yield Problem(text.file, line, f"Parameter {parameter.name} is declared but not used.")


def _misuse(declaration: Declaration, one: Placeholder) -> str | None:
    parameter = declaration.parameter(one.name)
    if parameter is None:
        return f"Parameter {one.name} is used but not declared."
    if one.instead_of:
        return _NO_PLACE[one.instead_of].format(name=one.name)
    casts = CASTS[parameter.type]
    if one.cast not in casts:
        return f"{one.name} is declared {parameter.type}: write :{one.name}::{casts[0]}."
    return None


def _spelled(text: ReportText, table: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """Write values as the schema has them: bounds and examples as text, lists of choices in full."""
    parameters, examples = table.get("parameters"), table.get("example")
    if isinstance(parameters, list):
        spelled = [_with_choices(text, f"parameters[{n}]", p, choices) for n, p in enumerate(parameters)]
        table = {**table, "parameters": spelled}
    if isinstance(examples, list):
        table = {**table, "example": [_spelled_example(example) for example in examples]}
    return table


def _with_choices(text: ReportText, place: str, parameter: Any, choices: Choices) -> Any:
    if not isinstance(parameter, dict):
        return parameter
    bounds = {
        name: _as_text(parameter[name]) for name in ("default", "minimum", "maximum") if name in parameter
    }
    parameter = {**parameter, **bounds}
    own = parameter.get("choices")
    if isinstance(own, list):
        parameter["choices"] = [{"value": c, "label": c} if isinstance(c, str) else c for c in own]
    if "choicesFrom" not in parameter:
        return parameter
    name = str(parameter.pop("choicesFrom"))
    if own is not None:
        raise text.problem(text.line_of(f"{place}.choices"), "Give choices or choicesFrom, not both.")
    if name not in choices:
        raise text.problem(text.line_of(f"{place}.choicesFrom"), f"There is no list of choices {name}.")
    return {**parameter, "choices": [{"value": c.value, "label": c.label} for c in choices[name]]}


def _spelled_example(example: Any) -> Any:
    if not isinstance(example, dict) or not isinstance(example.get("parameters"), dict):
        return example
    return {**example, "parameters": {name: _as_text(value) for name, value in example["parameters"].items()}}


def _as_text(value: Any) -> Any:
    """Spell a plain value of TOML as the form would: `5` is "5", `true` is "true", a date is its day."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return value.isoformat() if type(value) is date else value
