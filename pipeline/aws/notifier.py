"""The port `Notifier` over API Gateway's @connections API."""

from __future__ import annotations

from typing import Any

from pipeline.aws.clients import BotoCoreError, ClientError, client, http_status
from pipeline.ports import PostFailedError

_GONE = 410
# One connection that hangs must not keep the notice from the others for long: they are posted to one after another.
READ_TIMEOUT_SECONDS = 1.0


class ApiGatewayNotifier:
    """The open connections of the WebSocket API."""

    def __init__(self, management_api: Any) -> None:
        self._management_api = management_api

    @classmethod
    def connect(cls, endpoint_parameter: str) -> ApiGatewayNotifier:
        """Make the adapter; the API's address stands in the SSM parameter of that name."""
        address = client("ssm").get_parameter(Name=endpoint_parameter)["Parameter"]["Value"]
        endpoint = management_address(address)
        return cls(
            client(
                "apigatewaymanagementapi",
                attempts=1,
                read_timeout=READ_TIMEOUT_SECONDS,
                endpoint_url=endpoint,
            )
        )

    def post(self, connection_id: str, text: str) -> bool:
        """See `Notifier.post`. A gone connection is known by its status: the class of the error varies."""
        try:
            self._management_api.post_to_connection(ConnectionId=connection_id, Data=text.encode())
        except ClientError as error:
            if http_status(error) == _GONE:
                return False
            raise PostFailedError(str(error)) from error
        except BotoCoreError as error:
            raise PostFailedError(str(error)) from error
        return True


def management_address(websocket_address: str) -> str:
    """Give the address of the @connections API: that of the WebSocket API, over HTTP."""
    return "http" + websocket_address.removeprefix("ws")
