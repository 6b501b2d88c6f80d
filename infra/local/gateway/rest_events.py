"""The events that the REST API hands to functions; pure, shaped as recorded (facts RP-1 to RP-8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.local.gateway import event_parts as parts
from infra.local.gateway.http import Request
from infra.local.place import ACCOUNT
from infra.local.wiring import RestApi, RestMethod

Event = dict[str, Any]

# The names of the deployment are made up: nothing here reads them.
_DEPLOYMENT_ID = "local0"
_UNUSED_IDENTITY = (
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
)


@dataclass(frozen=True, slots=True)
class RestCall:
    """A request that a method of the API takes; `path` is below the stage, as sent (facts RP-4, RP-6)."""

    api: RestApi
    method: RestMethod
    request: Request
    path: str
    path_parameters: Mapping[str, str]
    request_id: str
    port: int
    epoch: float


def proxy_event(call: RestCall, authorizer: Mapping[str, Any] | None) -> Event:
    """Make the event of a Lambda proxy integration: what is missing is null (fact RP-1)."""
    context = _context(call)
    if authorizer is not None:
        context["authorizer"] = dict(authorizer)
    return {
        **_common(call),
        "body": call.request.body.decode("utf-8", "replace") or None,
        "isBase64Encoded": False,
        "stageVariables": None,
        "requestContext": context,
    }


def rest_authorizer_event(call: RestCall, arn: str) -> Event:
    """Make the event of a REQUEST authorizer (fact WS-10): empty maps are empty, not null."""
    common = _common(call)
    maps = {name: value if value is not None else {} for name, value in common.items()}
    return {
        **maps,
        "type": "REQUEST",
        "methodArn": arn,
        "stageVariables": {},
        "requestContext": _context(call),
    }


def _common(call: RestCall) -> Event:
    request = call.request
    headers = parts.forwarded(request.headers, request.source_ip, call.port, call.epoch)
    return {
        "resource": call.method.path,
        "path": call.path,
        "httpMethod": request.method,
        "headers": parts.single_values(headers),
        "multiValueHeaders": parts.multiple_values(headers),
        "queryStringParameters": parts.single_values(request.query) or None,
        "multiValueQueryStringParameters": parts.multiple_values(request.query) or None,
        "pathParameters": dict(call.path_parameters) or None,
    }


def _context(call: RestCall) -> Event:
    """Make `requestContext` (fact RP-2) with its 12 keys of `identity` (fact RP-3)."""
    request = call.request
    domain = request.header("host") or ""
    identity: Event = dict.fromkeys(_UNUSED_IDENTITY)
    identity |= {"sourceIp": request.source_ip, "userAgent": request.header("user-agent")}
    return {
        "accountId": ACCOUNT,
        "apiId": call.api.api_id,
        "deploymentId": _DEPLOYMENT_ID,
        "domainName": domain,
        "domainPrefix": domain.partition(".")[0],
        "extendedRequestId": parts.new_id(),
        "httpMethod": request.method,
        "identity": identity,
        "path": request.raw_path,
        "protocol": "HTTP/1.1",
        "requestId": call.request_id,
        "requestTime": parts.request_time(call.epoch),
        "requestTimeEpoch": parts.milliseconds(call.epoch),
        "resourceId": call.method.resource_id,
        "resourcePath": call.method.path,
        "stage": call.api.stage,
    }
