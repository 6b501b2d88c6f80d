"""Every handler string names a function that can be called as Lambda calls it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import Any

from infra.local.template.resolved import Resources
from infra.local.wiring import Function, Wiring

# AWS: Lambda, the Python handler. It passes them by position; a function with another second argument is no handler.
_PARAMETERS = ["event", "context"]


def check_handlers(wiring: Wiring, resources: Resources) -> None:
    """Import every handler.

    Raises:
        TemplateError: a handler is not there or is none, or its module does not import.
    """
    for function in wiring.functions.values():
        reason = _fault(function)
        if reason:
            held = resources.by_id[function.logical_id]
            raise held.error(f"the handler {function.handler!r} cannot be used: {reason}", "Handler")


def _fault(function: Function) -> str | None:
    module_name, _, attribute = function.handler.rpartition(".")
    if not module_name:
        return "it is not a module and a name in it"
    try:
        module = import_module(module_name)
    except Exception as error:  # noqa: BLE001  # a handler's module may fail in any way; all of them are told
        return f"importing {module_name} fails with {type(error).__name__}: {error}"
    handler = getattr(module, attribute, None)
    if not callable(handler):
        return f"{module_name} has no function {attribute}"
    return None if _is_handler(handler) else f"{attribute} does not take (event, context)"


def _is_handler(function: Callable[..., Any]) -> bool:
    """Compare the names of what it takes; an underscore before one says only that it has no use for it."""
    try:
        names = signature(function).parameters
    except ValueError:  # some built-in ones have no signature
        return False
    return [name.lstrip("_") for name in names] == _PARAMETERS
