"""Both authorizers look for the token where the dashboard puts it."""

from __future__ import annotations

from infra.local.template.resolved import Resources, texts
from infra.local.template.rest_api import AUTHORIZER as REST_AUTHORIZER
from infra.local.template.socket_api import AUTHORIZER as SOCKET_AUTHORIZER

_SOURCES = {
    SOCKET_AUTHORIZER: "route.request.header.Authorization",
    REST_AUTHORIZER: "method.request.header.Authorization",
}


def check_authorizers(resources: Resources) -> None:
    """Check the identity source of every authorizer.

    Raises:
        TemplateError: one reads another header; API Gateway would answer 401 without asking the function.
    """
    for resource_type, expected in _SOURCES.items():
        for held in resources.of(resource_type):
            source = ",".join(texts(held.get("IdentitySource")))
            if source != expected:
                message = f"IdentitySource is {source!r}, but tokens come in {expected}"
                raise held.error(message, "IdentitySource")
