"""Every handler string names something that can be called."""

from __future__ import annotations

from importlib import import_module

from infra.local.template.resolved import Resources
from infra.local.wiring import Function, Wiring


def check_handlers(wiring: Wiring, resources: Resources) -> None:
    """Import every handler.

    Raises:
        TemplateError: a handler is not there, or its module does not import.
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
    return (
        None if callable(getattr(module, attribute, None)) else f"{module_name} has no function {attribute}"
    )
