"""How both APIs name the function behind something: by an address that ends in its invocations."""

from __future__ import annotations

import re

from infra.local.template.functions import FUNCTION
from infra.local.template.resolved import Resolved, Resources
from infra.local.wiring import Authorizer

# AWS: API Gateway, the form of the URI of a Lambda integration or authorizer.
_URI = re.compile(r"arn:[^:]+:apigateway:[^:]+:lambda:path/2015-03-31/functions/(.+)/invocations")


def invoked_function(resources: Resources, held: Resolved, path: str) -> str:
    """Give the logical id of the function that a property's URI invokes."""
    uri = held.text(*path.split("."))
    match = _URI.fullmatch(uri)
    if match is None:
        raise held.error(f"{path} is {uri!r}, which is not the address of a function's invocations", path)
    return resources.by_arn(FUNCTION, match[1], held, path).logical_id


def authorizer(resources: Resources, held: Resolved, type_name: str, source: str, prefix: str) -> Authorizer:
    """Give a REQUEST authorizer; its identity `source` is one header, written with the API's own `prefix`."""
    held.expect(type_name, "REQUEST")
    if not source.startswith(prefix):
        raise held.error(f"IdentitySource is {source!r}; it must be one header, {prefix}…", "IdentitySource")
    header = source.removeprefix(prefix).lower()
    function_id = invoked_function(resources, held, "AuthorizerUri")
    return Authorizer(held.logical_id, held.ref, function_id, header)
