"""The only wiring: from the environment to the adapters, each made when it is first used.

The one global of the pipeline is the cache of `ports()`: without it each invocation would pay for new clients.
"""

from __future__ import annotations

from functools import cache, cached_property

from pipeline import log
from pipeline.aws.clock import SystemClock
from pipeline.aws.notifier import ApiGatewayNotifier
from pipeline.aws.records import DynamoDbRecords
from pipeline.aws.reports import S3Reports
from pipeline.aws.tokens import JwksTokens
from pipeline.aws.warehouse import RedshiftWarehouse, Workgroup
from pipeline.ports import Limits, Ports
from pipeline.settings import Settings


class AwsPorts:
    """Every port on AWS."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def records(self) -> DynamoDbRecords:
        """The DynamoDB table."""
        return DynamoDbRecords.connect(self._settings.connections_table)

    @cached_property
    def warehouse(self) -> RedshiftWarehouse:
        """The Redshift workgroup."""
        settings = self._settings
        if not settings.may_submit:
            return RedshiftWarehouse.connect(None)
        return RedshiftWarehouse.connect(Workgroup(settings.warehouse_workgroup, settings.warehouse_database))

    @cached_property
    def reports(self) -> S3Reports:
        """The reports bucket."""
        return S3Reports.connect(self._settings.reports_bucket, self._settings.reports_prefix)

    @cached_property
    def notifier(self) -> ApiGatewayNotifier:
        """The WebSocket API, at the address that its parameter names."""
        return ApiGatewayNotifier.connect(self._settings.websocket_endpoint_parameter)

    @cached_property
    def tokens(self) -> JwksTokens:
        """The token issuer's keys."""
        settings = self._settings
        return JwksTokens(settings.token_issuer, settings.token_audience, settings.token_jwks_url)

    @cached_property
    def clock(self) -> SystemClock:
        """The machine's clock."""
        return SystemClock()

    @cached_property
    def limits(self) -> Limits:
        """The limits of one owner."""
        return Limits(self._settings.maximum_active_queries, self._settings.query_deadline_seconds)


@cache
def ports() -> Ports:
    """Give the ports of this process."""
    settings = Settings.from_environment()
    log.set_level(settings.log_level)
    return AwsPorts(settings)
