"""The WebSocket API: its routes, what they invoke, and whether they answer."""

from __future__ import annotations

import json

from infra.local.template.integrations import authorizer, invoked_function
from infra.local.template.resolved import Resolved, Resources, texts
from infra.local.template.text import as_text
from infra.local.wiring import Authorizer, SocketApi, SocketRoute, ThrottleSettings

_PREFIX = "AWS::ApiGatewayV2::"
API = f"{_PREFIX}Api"
AUTHORIZER = f"{_PREFIX}Authorizer"
INTEGRATION = f"{_PREFIX}Integration"
INTEGRATION_RESPONSE = f"{_PREFIX}IntegrationResponse"
ROUTE = f"{_PREFIX}Route"
ROUTE_RESPONSE = f"{_PREFIX}RouteResponse"
STAGE = f"{_PREFIX}Stage"
# A template's variables and directives: a MOCK route that has any would need API Gateway's template language.
_TEMPLATE_LANGUAGE = ("$", "#")


def socket_api(resources: Resources) -> SocketApi:
    """Give the WebSocket API."""
    api, stage = resources.only(API), resources.only(STAGE)
    api.expect("ProtocolType", "WEBSOCKET")
    stage.expect("AutoDeploy", "true")
    _check_api(resources)
    routes = [_route(held, resources) for held in resources.of(ROUTE)]
    selection = api.text("RouteSelectionExpression")
    if not selection.startswith("$request.body."):
        raise api.error(
            f"the route selection {selection!r} is not a field of the body", "RouteSelectionExpression"
        )
    keyed: dict[str, SocketRoute] = {}
    for route in routes:
        if route.route_key in keyed:
            raise resources.by_id[route.logical_id].error(
                f"another route has the key {route.route_key}", "RouteKey"
            )
        keyed[route.route_key] = route
    return SocketApi(api.logical_id, api.ref, stage.ref, selection, keyed, _throttle(stage))


def socket_authorizers(resources: Resources) -> list[Authorizer]:
    """Give the authorizers of the WebSocket API."""
    return [_authorizer(held, resources) for held in resources.of(AUTHORIZER)]


def _throttle(stage: Resolved) -> ThrottleSettings:
    rate = stage.get("DefaultRouteSettings", "ThrottlingRateLimit")
    burst = stage.get("DefaultRouteSettings", "ThrottlingBurstLimit")
    usual = ThrottleSettings()
    return ThrottleSettings(
        usual.rate if rate is None else float(rate), usual.burst if burst is None else int(burst)
    )


def _authorizer(held: Resolved, resources: Resources) -> Authorizer:
    sources = texts(held.get("IdentitySource"))
    return authorizer(resources, held, "AuthorizerType", ",".join(sources), "route.request.header.")


def _check_api(resources: Resources) -> None:
    parts = (AUTHORIZER, INTEGRATION, INTEGRATION_RESPONSE, ROUTE, ROUTE_RESPONSE, STAGE)
    for held in (held for part in parts for held in resources.of(part)):
        resources.by_ref(API, held.text("ApiId"), held, "ApiId")


def _route(held: Resolved, resources: Resources) -> SocketRoute:
    integration = _target(held, resources)
    mock = integration.expect("IntegrationType", "AWS_PROXY", "MOCK") == "MOCK"
    return SocketRoute(
        held.logical_id,
        held.text("RouteKey"),
        None if mock else invoked_function(resources, integration, "IntegrationUri"),
        _mock_body(integration, resources) if mock else None,
        _responds(held, resources),
        _authorizer_id(held, resources),
    )


def _target(held: Resolved, resources: Resources) -> Resolved:
    target = held.text("Target")
    if not target.startswith("integrations/"):
        raise held.error(f"Target is {target!r}; it must be integrations/<id>", "Target")
    return resources.by_ref(INTEGRATION, target.removeprefix("integrations/"), held, "Target")


def _authorizer_id(held: Resolved, resources: Resources) -> str | None:
    if held.get("AuthorizationType") is None:
        return None
    if held.expect("AuthorizationType", "NONE", "CUSTOM") == "NONE":
        return None
    return resources.by_ref(AUTHORIZER, held.text("AuthorizerId"), held, "AuthorizerId").logical_id


def _responds(held: Resolved, resources: Resources) -> bool:
    """AWS: an answer needs both the route's selection expression and a route response of that key."""
    selection = held.get("RouteResponseSelectionExpression")
    keys = [
        response.expect("RouteResponseKey", "$default")
        for response in resources.of(ROUTE_RESPONSE)
        if response.text("RouteId") == held.ref
    ]
    return selection == "$default" and bool(keys)


def _mock_body(integration: Resolved, resources: Resources) -> str:
    """Give what a MOCK integration answers: its integration response's one template, which must be constant."""
    for response in resources.of(INTEGRATION_RESPONSE):
        if response.text("IntegrationId") == integration.ref:
            return _constant(response)
    raise integration.error("a MOCK integration answers nothing without its integration response")


def _constant(response: Resolved) -> str:
    key = response.text("TemplateSelectionExpression")
    body = as_text(response.get("ResponseTemplates", key))
    if any(sign in body for sign in _TEMPLATE_LANGUAGE):
        raise response.error("the stand-in answers constant JSON only", "ResponseTemplates")
    try:
        json.loads(body)
    except ValueError as error:
        raise response.error(f"the template {key!r} is not JSON", "ResponseTemplates") from error
    return body
