"""A small change of one function's source, made for a while."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import cast


@dataclass(frozen=True, slots=True)
class Change:
    """In the source of a function, `old` becomes `new`."""

    function: object
    old: str
    new: str

    @contextmanager
    def made(self) -> Iterator[None]:
        """Let the function be changed for a while.

        Raises:
            ValueError: its source does not hold `old` any more.
        """
        function = cast("FunctionType", self.function)
        source = textwrap.dedent(inspect.getsource(function))
        if self.old not in source:
            raise ValueError(f"{function.__qualname__} no longer says {self.old!r}")
        changed = "from __future__ import annotations\n" + source.replace(self.old, self.new)
        names: dict[str, FunctionType] = {}
        exec(changed, sys.modules[function.__module__].__dict__, names)
        before, function.__code__ = function.__code__, names[function.__name__].__code__
        try:
            yield
        finally:
            function.__code__ = before
