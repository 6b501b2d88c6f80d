"""What the stack tells of its addresses is where its APIs are: the outputs, and the parameters of the same names."""

from __future__ import annotations

from infra.local.template.document import Template
from infra.local.template.nodes import Entries
from infra.local.template.resolved import Resources
from infra.local.wiring import RestApi, SocketApi, Wiring

PARAMETER = "AWS::SSM::Parameter"
_SOCKET = "RedshiftDataApiWebSocketEndpoint"
_REST = "RedshiftDataApiRestApiEndpoint"


def socket_address(wiring: Wiring) -> str:
    """Give the address of the WebSocket API on AWS."""
    return _address("wss", wiring.socket_api, wiring)


def check_addresses(wiring: Wiring, resources: Resources, template: Template) -> None:
    """Check the addresses that dashboards and outside clients are told.

    Raises:
        TemplateError: one of them is missing, or is not where its API is.
    """
    for name, api, address in (
        (_SOCKET, wiring.socket_api, socket_address(wiring)),
        (_REST, wiring.rest_api, _address("https", wiring.rest_api, wiring)),
    ):
        message = f"its value is not {address}, the address of {api.logical_id}"
        for held in resources.of(PARAMETER):
            if held.name.endswith(f"/{name}") and held.text("Value") != address:
                raise held.error(message, "Value")
        if wiring.outputs.get(name) != address:
            raise template.error(_line(template, name), f"{name}: {message}.")


def _address(scheme: str, api: SocketApi | RestApi, wiring: Wiring) -> str:
    return f"{scheme}://{api.api_id}.execute-api.{wiring.region}.amazonaws.com/{api.stage}"


def _line(template: Template, name: str) -> int:
    """Find the line of an output's value; the first where there is no such output."""
    output = template.section("Outputs").get(name)
    return output.lines["Value"] if isinstance(output, Entries) else 1
