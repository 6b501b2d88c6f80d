"""The REST API: its methods with their full paths, and what it answers by itself."""

from __future__ import annotations

from infra.local.template.integrations import authorizer, invoked_function
from infra.local.template.resolved import Resolved, Resources
from infra.local.template.text import as_text
from infra.local.wiring import Authorizer, GatewayResponse, RestApi, RestMethod

_PREFIX = "AWS::ApiGateway::"
API = f"{_PREFIX}RestApi"
AUTHORIZER = f"{_PREFIX}Authorizer"
DEPLOYMENT = f"{_PREFIX}Deployment"
GATEWAY_RESPONSE = f"{_PREFIX}GatewayResponse"
METHOD = f"{_PREFIX}Method"
RESOURCE = f"{_PREFIX}Resource"
STAGE = f"{_PREFIX}Stage"
_HEADER = "gatewayresponse.header."
_CONSTANT = "'"


def rest_api(resources: Resources) -> RestApi:
    """Give the REST API."""
    api, stage = resources.only(API), resources.only(STAGE)
    _check_api(resources)
    resources.by_ref(DEPLOYMENT, stage.text("DeploymentId"), stage, "DeploymentId")
    methods = [_method(held, resources) for held in resources.of(METHOD)]
    responses = [_response(held) for held in resources.of(GATEWAY_RESPONSE)]
    return RestApi(
        api.logical_id, api.ref, stage.ref, methods, {answer.response_type: answer for answer in responses}
    )


def rest_authorizers(resources: Resources) -> list[Authorizer]:
    """Give the authorizers of the REST API."""
    return [
        authorizer(resources, held, "Type", held.text("IdentitySource"), "method.request.header.")
        for held in resources.of(AUTHORIZER)
    ]


def _check_api(resources: Resources) -> None:
    parts = (AUTHORIZER, DEPLOYMENT, GATEWAY_RESPONSE, METHOD, RESOURCE, STAGE)
    for held in (held for part in parts for held in resources.of(part)):
        resources.by_ref(API, held.text("RestApiId"), held, "RestApiId")


def _method(held: Resolved, resources: Resources) -> RestMethod:
    held.expect("Integration.Type", "AWS_PROXY")
    # AWS: a Lambda function is invoked by POST, whatever the client's own method is.
    held.expect("Integration.IntegrationHttpMethod", "POST")
    return RestMethod(
        held.logical_id,
        held.expect("HttpMethod", "GET", "POST", "PUT", "PATCH", "DELETE"),
        _path(held, "ResourceId", resources),
        held.text("ResourceId"),
        invoked_function(resources, held, "Integration.Uri"),
        _authorizer_id(held, resources),
    )


def _path(held: Resolved, key: str, resources: Resources) -> str:
    """Give the full path of the resource that a property names, from the API's root on."""
    resource_id = held.text(key)
    if resource_id == f"{resources.only(API).ref}-root":
        return ""
    resource = resources.by_ref(RESOURCE, resource_id, held, key)
    return f"{_path(resource, 'ParentId', resources)}/{resource.text('PathPart')}"


def _authorizer_id(held: Resolved, resources: Resources) -> str | None:
    if held.expect("AuthorizationType", "NONE", "CUSTOM") == "NONE":
        return None
    return resources.by_ref(AUTHORIZER, held.text("AuthorizerId"), held, "AuthorizerId").logical_id


def _response(held: Resolved) -> GatewayResponse:
    status = held.get("StatusCode")
    parameters = held.get("ResponseParameters") or {}
    return GatewayResponse(
        held.logical_id,
        held.text("ResponseType"),
        None if status is None else int(status),
        held.text("ResponseTemplates", "application/json"),
        dict(_header(held, name, as_text(value)) for name, value in parameters.items()),
    )


def _header(held: Resolved, name: str, value: str) -> tuple[str, str]:
    quoted = len(value) > 1 and value.startswith(_CONSTANT) and value.endswith(_CONSTANT)
    if not name.startswith(_HEADER) or not quoted:
        raise held.error(
            f"{name} is not a header with a constant value in single quotes", "ResponseParameters"
        )
    return name.removeprefix(_HEADER), value[1:-1]
