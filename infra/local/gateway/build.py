"""Makes the gateway from the wiring."""

from __future__ import annotations

from infra.local.console.feed import Feed
from infra.local.faults import Faults
from infra.local.functions import Functions
from infra.local.gateway.app import Gateway
from infra.local.gateway.authorizer import Authorizers
from infra.local.gateway.connections import Connections
from infra.local.gateway.limits import SocketLimits
from infra.local.gateway.local_pages import LocalPages
from infra.local.gateway.management import Management
from infra.local.gateway.messages import Messages
from infra.local.gateway.openings import Openings
from infra.local.gateway.rest import Rest
from infra.local.gateway.sockets import SocketPlace, Sockets
from infra.local.gateway.throttle import Throttle
from infra.local.permissions import Permissions
from infra.local.wiring import Wiring


def build_gateway(
    wiring: Wiring,
    functions: Functions,
    faults: Faults,
    feed: Feed,
    connections: Connections,
    pages: LocalPages,
    port: int,
    limits: SocketLimits,
) -> Gateway:
    """Make the application of the gateway's port.

    Raises:
        WiringError: the wiring holds something that is not imitated; the message names it.
    """
    api = wiring.socket_api
    permissions = Permissions(wiring)
    authorizers = Authorizers(wiring, functions, permissions)
    throttle = Throttle(api.throttle)
    openings = Openings(wiring, authorizers, functions, permissions, throttle, port)
    messages = Messages(wiring, functions, permissions, throttle, limits, feed)
    place = SocketPlace(api.api_id, api.stage, port)
    return Gateway(
        stage=api.stage,
        sockets=Sockets(place, openings, messages, connections, limits),
        management=Management(connections, faults, feed),
        rest=Rest(wiring, authorizers, functions, permissions, port, limits.integration_seconds),
        pages=pages,
        faults=faults,
        feed=feed,
    )
