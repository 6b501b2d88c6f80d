"""Every function has the variables that its handler reads, no others, and one value for each."""

from __future__ import annotations

from infra.local.template.resolved import Resources
from infra.local.wiring import Function, Wiring
from pipeline.settings import NEEDS

_PATH = "Environment.Variables"


def check_environment(wiring: Wiring, resources: Resources) -> None:
    """Check the environment of every function.

    Raises:
        TemplateError: a variable is missing or not read by the handler, or has another value in another function.
    """
    for function in wiring.functions.values():
        if function.handler in NEEDS:
            _check_needs(function, resources)
    _check_same_values(wiring, resources)


def _check_needs(function: Function, resources: Resources) -> None:
    held, needed, given = (
        resources.by_id[function.logical_id],
        NEEDS[function.handler],
        set(function.environment),
    )
    for name in sorted(needed - given):
        raise held.error(f"its handler reads the variable {name}, which its Environment lacks", _PATH)
    for name in sorted(given - needed):
        raise held.error(f"its handler does not read the variable {name}", f"{_PATH}.{name}")


def _check_same_values(wiring: Wiring, resources: Resources) -> None:
    first: dict[str, Function] = {}
    for function in wiring.functions.values():
        for name, value in function.environment.items():
            other = first.setdefault(name, function)
            if value != other.environment[name]:
                message = (
                    f"{name} is {value!r} here and {other.environment[name]!r} in {other.logical_id};"
                    " a variable has one value in every function"
                )
                raise resources.by_id[function.logical_id].error(message, f"{_PATH}.{name}")
