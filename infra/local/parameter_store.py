"""SSM Parameter Store, as far as the pipeline needs it: text parameters by name.

moto has it too, but loads all of EC2 for it, which would be half of the stand-in's start.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.local.place import ACCOUNT, REGION

Payload = dict[str, Any]


class ParameterError(Exception):
    """A call that Systems Manager refuses; `code` is the name of its error."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One version of a parameter; `changed_at` in seconds since the epoch."""

    name: str
    value: str
    version: int
    changed_at: float

    def wire(self) -> Payload:
        return {
            "Name": self.name,
            "Type": "String",
            "Value": self.value,
            "Version": self.version,
            "LastModifiedDate": self.changed_at,
            "ARN": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{self.name.lstrip('/')}",
            "DataType": "text",
        }


class ParameterStore:
    """Answers calls of the service `ssm`. Thread-safe."""

    def __init__(self) -> None:
        self._parameters: dict[str, _Parameter] = {}
        self._lock = threading.Lock()
        self._operations: dict[str, Callable[[Payload], Payload]] = {
            "PutParameter": self._put,
            "GetParameter": self._get,
            "GetParameters": self._get_many,
            "GetParametersByPath": self._get_below,
        }

    def answer(self, operation: str, payload: Payload) -> tuple[int, Payload]:
        """Give the HTTP status and body of a call; an operation that is not imitated is refused by its name."""
        act = self._operations.get(operation)
        if act is None:
            message = f"The local stand-in does not imitate {operation} of Systems Manager."
            return 400, {"__type": "UnsupportedOperationException", "message": message}
        try:
            with self._lock:
                return 200, act(payload)
        except ParameterError as error:
            return 400, {"__type": error.code, "message": str(error)}

    def _put(self, payload: Payload) -> Payload:
        if payload.get("Type", "String") != "String":
            raise ParameterError("UnsupportedParameterType", "Only parameters of type String are imitated.")
        name = payload["Name"]
        before = self._parameters.get(name)
        if before is not None and not payload.get("Overwrite"):
            raise ParameterError("ParameterAlreadyExists", "The parameter already exists.")
        version = before.version + 1 if before else 1
        self._parameters[name] = _Parameter(name, payload["Value"], version, time.time())
        return {"Version": version, "Tier": "Standard"}

    def _get(self, payload: Payload) -> Payload:
        parameter = self._parameters.get(payload["Name"])
        if parameter is None:
            raise ParameterError("ParameterNotFound", f"There is no parameter {payload['Name']}.")
        return {"Parameter": parameter.wire()}

    def _get_many(self, payload: Payload) -> Payload:
        names = payload["Names"]
        found = [self._parameters[name].wire() for name in names if name in self._parameters]
        return {
            "Parameters": found,
            "InvalidParameters": [name for name in names if name not in self._parameters],
        }

    def _get_below(self, payload: Payload) -> Payload:
        stem = payload["Path"].rstrip("/") + "/"
        below = [p for name, p in sorted(self._parameters.items()) if name.startswith(stem)]
        if not payload.get("Recursive"):
            below = [p for p in below if "/" not in p.name.removeprefix(stem)]
        return {"Parameters": [parameter.wire() for parameter in below]}
