"""The REST API's deployment: a snapshot, so its logical id must change whenever the API does.

AWS: a deployment keeps the API as it was when it was made. CloudFormation makes another one only for another logical
id, so the id ends in a hash of everything that the API is made of.
"""

from __future__ import annotations

import hashlib
import json
import re

from infra.local.template.document import Resource, Template
from infra.local.template.nodes import plain
from infra.local.template.rest_api import API, AUTHORIZER, DEPLOYMENT, GATEWAY_RESPONSE, METHOD, RESOURCE

_PARTS = frozenset({API, AUTHORIZER, GATEWAY_RESPONSE, METHOD, RESOURCE})
_MUST_BE_THERE = frozenset({GATEWAY_RESPONSE, METHOD})
_STAMP = re.compile(r"[0-9a-f]{12}$")
_STAMP_LENGTH = 12


def stamp(template: Template) -> str:
    """Give the hash of the REST API as it is written: of its resources by logical id, without lines or comments."""
    parts = {
        resource.logical_id: {"Type": resource.resource_type, "Properties": plain(resource.properties)}
        for resource in template.resources.values()
        if resource.resource_type in _PARTS
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_STAMP_LENGTH]


def stamped(logical_id: str, template: Template) -> str:
    """Give a deployment's logical id with the hash that it should have."""
    return _STAMP.sub("", logical_id) + stamp(template)


def deployments(template: Template) -> list[Resource]:
    """Give the deployments of REST APIs."""
    return [held for held in template.resources.values() if held.resource_type == DEPLOYMENT]


def check_deployments(template: Template) -> None:
    """Check that each deployment is new for what the API is now, and is made after all of it.

    Raises:
        TemplateError: the hash is stale, or DependsOn leaves out a method or a gateway response.
    """
    for held in deployments(template):
        expected = stamped(held.logical_id, template)
        if held.logical_id != expected:
            message = (
                f"{held.logical_id}: the REST API has changed, and this deployment would keep it as it was."
                f" Its name must be {expected}: run python -m infra.local.template.restamp."
            )
            raise template.error(held.line, message)
        _check_order(template, held)


def _check_order(template: Template, deployment: Resource) -> None:
    for resource in template.resources.values():
        needed = resource.resource_type in _MUST_BE_THERE
        if needed and resource.logical_id not in deployment.depends_on:
            message = (
                f"{deployment.logical_id}: it does not depend on {resource.logical_id}, so it may be made before it"
                " and leave it out."
            )
            raise template.error(deployment.line, message)
