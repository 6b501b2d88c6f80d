"""Finds the handlers by the dotted names of the template."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from infra.local.errors import WiringError
from infra.local.wiring import Function

Handler = Callable[[dict[str, Any], Any], Any]


def load_handlers(functions: Mapping[str, Function]) -> dict[str, Handler]:
    """Import the handler of every function, by logical id.

    Raises:
        WiringError: a name leads to no callable; the message names the function.
    """
    return {logical_id: _load(function) for logical_id, function in functions.items()}


def _load(function: Function) -> Handler:
    module_name, _, name = function.handler.rpartition(".")
    if not module_name:
        raise WiringError(function.logical_id, f"{function.handler} is not <module>.<function>.")
    try:
        handler = getattr(importlib.import_module(module_name), name, None)
    except ImportError as error:
        raise WiringError(
            function.logical_id, f"its handler {function.handler} cannot be imported: {error}."
        ) from error
    if not callable(handler):
        raise WiringError(function.logical_id, f"there is no function {name} in {module_name}.")
    return handler  # type: ignore[no-any-return] # what a module holds under a name is not known before
