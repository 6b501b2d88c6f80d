"""Both APIs can be reached from outside: they are not private, and no throttle keeps everybody out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.template import rest_api, socket_api
from infra.local.template.resolved import Resolved, Resources, texts
from infra.local.template.text import as_text

_LIMITS = ("ThrottlingBurstLimit", "ThrottlingRateLimit")


def check_reach(resources: Resources) -> None:
    """Check the kind of endpoint, and the throttles of both stages.

    Raises:
        TemplateError: nobody would come through.
    """
    api = resources.only(rest_api.API)
    if "PRIVATE" in texts(api.get("EndpointConfiguration", "Types")):
        message = "a private API is reached from inside a VPC only; its type must be REGIONAL or EDGE"
        raise api.error(message, "EndpointConfiguration")
    stage = resources.only(socket_api.STAGE)
    _check_throttle(stage, "DefaultRouteSettings", stage.get("DefaultRouteSettings") or {})
    stage = resources.only(rest_api.STAGE)
    for settings in stage.get("MethodSettings") or []:
        _check_throttle(stage, "MethodSettings", settings)


def _check_throttle(stage: Resolved, path: str, settings: Mapping[str, Any]) -> None:
    for name in _LIMITS:
        if as_text(settings.get(name)) == "0":
            raise stage.error(f"{name} is 0, so every request would be refused as one too many", path)
