"""The ledger of IAM actions: which role really used what, and whether its policies allow it.

A botocore hook on boto3's default session sees every call that a handler makes. A call that the role does not
allow is refused as AWS would, so that a missing grant fails here before it fails there.
"""

from __future__ import annotations

import fnmatch
import logging
import threading
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import boto3

from infra.local.running import RunningFunction
from infra.local.wiring import Function, Role

FUNCTION_HEADER = "X-Local-Function"

_log = logging.getLogger(__name__)
# AWS, service authorization reference: where the action's name is not that of the operation.
_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "s3:HeadObject": ("s3:GetObject",),
    "s3:ListObjectsV2": ("s3:ListBucket",),
    "execute-api:PostToConnection": ("execute-api:ManageConnections",),
    "execute-api:GetConnection": ("execute-api:ManageConnections",),
    "execute-api:DeleteConnection": ("execute-api:ManageConnections",),
    "redshift-data:ExecuteStatement": (
        "redshift-data:ExecuteStatement",
        "redshift-serverless:GetCredentials",
    ),
}


class Ledger:
    """What each role may do and has done. Thread-safe."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._roles = roles
        self._used: dict[str, set[str]] = {role_id: set() for role_id in roles}
        self._lock = threading.Lock()

    def note(self, role_id: str, action: str) -> bool:
        """Note that a role uses an action, and say whether it is allowed to."""
        with self._lock:
            self._used[role_id].add(action)
        return any(fnmatch.fnmatchcase(action.lower(), a.lower()) for a in self._roles[role_id].actions)

    def report(self) -> dict[str, dict[str, list[str]]]:
        """Give, by the logical id of each role, the actions granted and the actions used."""
        with self._lock:
            return {
                role_id: {"granted": sorted(role.actions), "used": sorted(self._used[role_id])}
                for role_id, role in self._roles.items()
            }


class CallHook:
    """Marks each AWS call with the function that makes it, and enters it in the ledger."""

    def __init__(self, functions: Mapping[str, Function], running: RunningFunction, ledger: Ledger) -> None:
        self._functions = functions
        self._running = running
        self._ledger = ledger

    def install(self) -> None:
        """Put the hook on a new default session of boto3: clients made earlier would not have it."""
        boto3.setup_default_session()
        boto3.DEFAULT_SESSION.events.register("before-call", self.before_call)

    def before_call(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[Any, dict[str, Any]] | None:
        """See botocore's event `before-call`: an answer given here takes the place of the call."""
        function_id = self._running.current()
        if function_id is None:
            return None
        params["headers"][FUNCTION_HEADER] = function_id
        role_id = self._functions[function_id].role_id
        for action in iam_actions(model.service_model.signing_name, model.name):
            if not self._ledger.note(role_id, action):
                return _refused(function_id, role_id, action)
        return None


def iam_actions(signing_name: str, operation: str) -> tuple[str, ...]:
    """Name the IAM actions that an operation needs."""
    action = f"{signing_name}:{operation}"
    return _OTHER_NAMES.get(action, (action,))


def _refused(function_id: str, role_id: str, action: str) -> tuple[Any, dict[str, Any]]:
    message = f"{role_id} does not allow {action}, which {function_id} has just used."
    _log.error("%s", message)
    error = {"Code": "AccessDeniedException", "Message": message}
    return SimpleNamespace(status_code=400), {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}
