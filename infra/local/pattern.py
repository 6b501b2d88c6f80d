"""EventBridge event patterns: which events a rule matches.

Source: AWS, EventBridge user guide, "Content filtering in event patterns". What is not imitated (`cidr`, `wildcard`)
is refused when the pattern is read, never ignored.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

Test = Callable[[bool, Any], bool]
"""Decides over (is the field there?, its value)."""

_REASON = "Event pattern is not valid. Reason: "
_COMPARISONS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">": operator.gt, ">=": operator.ge}


class PatternError(ValueError):
    """An event pattern that EventBridge refuses, or that the stand-in does not imitate."""

    def __init__(self, reason: str) -> None:
        super().__init__(_REASON + reason)


class Pattern:
    """A pattern that was read: keys are joined by AND, the entries of a list by OR."""

    def __init__(self, pattern: Mapping[str, Any]) -> None:
        """Read a pattern.

        Raises:
            PatternError: it is not valid.
        """
        self._root = _Object(pattern, "")

    def mismatch(self, event: Mapping[str, Any]) -> str | None:
        """Give the path of the first field that does not match, or None when the whole event does."""
        return self._root.mismatch(event)


class _Object:
    """One level of a pattern."""

    def __init__(self, pattern: Any, path: str) -> None:
        if not isinstance(pattern, Mapping) or not pattern:
            raise PatternError(f'"{path.rpartition(".")[2]}" must be an object or an array')  # fact EB-3
        self._path = path
        self._fields: dict[str, _Object | _Leaf] = {}
        self._alternatives: list[_Object] = []
        for name, value in pattern.items():
            self._read(name, value)

    def mismatch(self, event: Any) -> str | None:
        found = event if isinstance(event, Mapping) else {}
        for name, part in self._fields.items():
            missed = _mismatch_of(part, name in found, found.get(name))
            if missed is not None:
                return missed
        if self._alternatives and all(a.mismatch(found) is not None for a in self._alternatives):
            return f"{self._path}.$or".lstrip(".")
        return None

    def _read(self, name: str, value: Any) -> None:
        path = f"{self._path}.{name}".lstrip(".")
        if name == "$or" and isinstance(value, list):
            self._alternatives = [_Object(alternative, self._path) for alternative in value]
        elif isinstance(value, list):
            self._fields[name] = _Leaf(value, path)
        else:
            self._fields[name] = _Object(value, path)


class _Leaf:
    """A list of the values and tests of one field."""

    def __init__(self, entries: list[Any], path: str) -> None:
        if not entries:
            raise PatternError("Empty arrays are not allowed")  # fact EB-3
        self._path = path
        self._tests = [_test(entry) for entry in entries]

    def mismatch(self, present: bool, value: Any) -> str | None:
        """A field that holds a list matches when one of its values does."""
        values = value if isinstance(value, list) else [value]
        if any(test(present, one) for test in self._tests for one in values or [None]):
            return None
        return self._path


def _mismatch_of(part: _Object | _Leaf, present: bool, value: Any) -> str | None:
    if isinstance(part, _Leaf):
        return part.mismatch(present, value)
    return part.mismatch(value)


def _test(entry: Any) -> Test:
    if not isinstance(entry, Mapping):
        return _equal_to(entry)
    if len(entry) != 1:
        raise PatternError("Only one key allowed in match expression")
    ((name, operand),) = entry.items()
    if name not in _OPERATORS:
        raise PatternError(f"Unrecognized match type {name}")  # fact EB-3
    return _OPERATORS[name](operand)


def _same(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)


def _equal_to(wanted: Any) -> Test:
    return lambda present, value: present and _same(wanted, value)


def _text_test(name: str, operand: Any, matches: Callable[[str, str], bool]) -> Test:
    if isinstance(operand, Mapping) and set(operand) == {"equals-ignore-case"}:  # fact EB-4
        wanted = _text(name, operand["equals-ignore-case"])
        return lambda _, value: isinstance(value, str) and matches(value.lower(), wanted.lower())
    wanted = _text(name, operand)
    return lambda _, value: isinstance(value, str) and matches(value, wanted)


def _text(name: str, operand: Any) -> str:
    if not isinstance(operand, str):
        raise PatternError(f"{name} match pattern must be a string")
    return operand


def _prefix(operand: Any) -> Test:
    return _text_test("prefix", operand, str.startswith)


def _suffix(operand: Any) -> Test:
    return _text_test("suffix", operand, str.endswith)


def _equals_ignore_case(operand: Any) -> Test:
    wanted = _text("equals-ignore-case", operand).lower()
    return lambda _, value: isinstance(value, str) and value.lower() == wanted


def _exists(operand: Any) -> Test:
    if not isinstance(operand, bool):
        raise PatternError("exists match pattern must be either true or false.")
    return lambda present, _: present is operand


def _anything_but(operand: Any) -> Test:
    entries = operand if isinstance(operand, list) else [operand]
    if not entries or any(_is_empty_text_test(entry) for entry in entries):  # fact EB-4
        raise PatternError("Value of anything-but must not be empty")
    tests = [_test(entry) for entry in entries]
    return lambda present, value: present and not any(test(present, value) for test in tests)


def _is_empty_text_test(entry: Any) -> bool:
    return isinstance(entry, Mapping) and "" in entry.values()


def _numeric(operand: Any) -> Test:
    if not isinstance(operand, list) or len(operand) not in {2, 4}:
        raise PatternError("Value of numeric must be an array of comparisons")
    pairs = list(zip(operand[::2], operand[1::2], strict=True))
    for sign, number in pairs:
        if sign not in _COMPARISONS or not _is_number(number):
            raise PatternError(f"Bad numeric comparison {sign} {number}")
    return lambda _, value: (
        _is_number(value) and all(_COMPARISONS[sign](value, number) for sign, number in pairs)
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_OPERATORS: Mapping[str, Callable[[Any], Test]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _equals_ignore_case,
    "exists": _exists,
    "anything-but": _anything_but,
    "numeric": _numeric,
}
