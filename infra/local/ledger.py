"""The ledger of IAM actions: which role really used what, and whether its policies allow it.

Botocore hooks on boto3's default session see every call that a handler makes. A call that the role does not allow,
on the resource that it names, is refused as AWS would, so that a missing grant fails here before it fails there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import boto3

from infra.local.call_resources import CallResources, bucket_arn
from infra.local.running import RunningFunction
from infra.local.wiring import Function, Role

FUNCTION_HEADER = "X-Local-Function"

# Where a call's own parameters wait in botocore's context for the hooks after them.
_KEPT = "local_parameters"
_FORBIDDEN = 403
_NOT_FOUND = 404

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
        self._refused: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def note(self, role_id: str, action: str, resource: str) -> bool:
        """Note that a role uses an action on the resource with this ARN, and say whether it is allowed to."""
        with self._lock:
            self._used[role_id].add(action)
        return self._roles[role_id].allows(action, resource)

    def is_first_refusal(self, role_id: str, action: str) -> bool:
        """Note that a role was refused an action, and say whether that is news."""
        with self._lock:
            before = len(self._refused)
            self._refused.add((role_id, action))
            return len(self._refused) > before

    def report(self) -> dict[str, dict[str, list[str]]]:
        """Give, by the logical id of each role, the actions granted and the actions used."""
        with self._lock:
            return {
                role_id: {"granted": sorted(role.actions), "used": sorted(self._used[role_id])}
                for role_id, role in self._roles.items()
            }


class CallHook:
    """Marks each AWS call with the function that makes it, and enters it in the ledger."""

    def __init__(
        self,
        functions: Mapping[str, Function],
        running: RunningFunction,
        ledger: Ledger,
        resources: CallResources,
    ) -> None:
        self._functions = functions
        self._running = running
        self._ledger = ledger
        self._resources = resources

    def install(self) -> None:
        """Put the hooks on a new default session of boto3: clients made earlier would not have them."""
        boto3.setup_default_session()
        events = boto3.DEFAULT_SESSION.events
        events.register("before-parameter-build", self.keep_parameters)
        events.register("before-call", self.before_call)
        events.register("after-call.s3.GetObject", self.after_get_object)

    def keep_parameters(self, params: Mapping[str, Any], context: dict[str, Any], **_: Any) -> None:
        """See botocore's event `before-parameter-build`: only here the parameters are those that were passed."""
        context[_KEPT] = dict(params)

    def before_call(
        self, model: Any, params: dict[str, Any], context: Mapping[str, Any], **_: Any
    ) -> tuple[Any, dict[str, Any]] | None:
        """See botocore's event `before-call`: an answer given here takes the place of the call."""
        function_id = self._running.current()
        if function_id is None:
            return None
        params["headers"][FUNCTION_HEADER] = function_id
        service = model.service_model.signing_name
        resources = self._resources.of(service, model.name, context.get(_KEPT, {}))
        for action in iam_actions(service, model.name):
            refusal = self._refusal(function_id, action, resources)
            if refusal is not None:
                return _refused(refusal)
        return None

    def after_get_object(
        self, http_response: Any, parsed: dict[str, Any], context: Mapping[str, Any], **_: Any
    ) -> None:
        """Let only those who may list a bucket know that it has no such object (AWS: GetObject, permissions)."""
        function_id = self._running.current()
        if function_id is None or http_response.status_code != _NOT_FOUND:
            return
        bucket = bucket_arn(context[_KEPT]["Bucket"])
        refusal = self._refusal(function_id, "s3:ListBucket", [bucket])
        if refusal is not None:
            parsed["Error"] = {"Code": "AccessDenied", "Message": refusal}
            parsed["ResponseMetadata"]["HTTPStatusCode"] = _FORBIDDEN

    def _refusal(self, function_id: str, action: str, resources: Sequence[str]) -> str | None:
        """Note an action and say why it is refused, the first time also in the log; None when it is allowed."""
        role_id = self._functions[function_id].role_id
        for resource in resources:
            if not self._ledger.note(role_id, action, resource):
                refusal = (
                    f"{role_id} does not allow {action} on {resource}, which {function_id} has just used."
                )
                if self._ledger.is_first_refusal(role_id, action):
                    _log.error("%s", refusal)
                return refusal
        return None


def iam_actions(signing_name: str, operation: str) -> tuple[str, ...]:
    """Name the IAM actions that an operation needs."""
    action = f"{signing_name}:{operation}"
    return _OTHER_NAMES.get(action, (action,))


def _refused(message: str) -> tuple[Any, dict[str, Any]]:
    error = {"Code": "AccessDeniedException", "Message": message}
    answer = {"Error": error, "ResponseMetadata": {"HTTPStatusCode": 400}}
    return SimpleNamespace(status_code=400), answer
