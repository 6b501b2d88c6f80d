"""The stand-in as a whole: made from a wiring and a dataset, started, closed."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.local.addresses import Addresses
from infra.local.aws_http import AwsHttpServer, HttpAnswer, HttpRequest
from infra.local.aws_port import AwsPort, JsonService
from infra.local.bus import EventBus
from infra.local.call_resources import CallResources
from infra.local.console.calls import tell_call
from infra.local.console.feed import Feed
from infra.local.data import Dataset
from infra.local.data_watcher import DataWatcher
from infra.local.dead_letters import DeadLetters
from infra.local.events_api import EventsApi
from infra.local.faults import Faults
from infra.local.functions import Functions
from infra.local.gateway.build import build_gateway
from infra.local.gateway.connections import Connections
from infra.local.gateway.limits import SocketLimits
from infra.local.gateway.local_pages import LocalPages
from infra.local.gateway.server import GatewayServer
from infra.local.kills import KillHook
from infra.local.ledger import CallHook, Ledger
from infra.local.moto_process import MotoProcess
from infra.local.parameter_store import ParameterStore
from infra.local.permissions import Permissions
from infra.local.place import DATABASE, WORKGROUP, WORKGROUP_ARN
from infra.local.redshift import DataApi, Endpoint, Engine, Warehouse
from infra.local.reports_watcher import ReportsWatcher
from infra.local.resources import AwsClients, build
from infra.local.running import RunningFunction
from infra.local.settings import expose, union_of_environments
from infra.local.tokens import TokenIssuer
from infra.local.wiring import Wiring

_ENDPOINT = Endpoint(frozenset({WORKGROUP, WORKGROUP_ARN}), DATABASE)
_log = logging.getLogger(__name__)
_ENDPOINTS = ("RedshiftDataApiWebSocketEndpoint", "RedshiftDataApiRestApiEndpoint")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a stand-in is made of.

    `data_folder` is where other data may be loaded, `loaded` what was loaded there before the start; `sql_folder`
    holds `reports/` and `choices/`.
    """

    wiring: Wiring
    dataset: Dataset
    data_folder: Path
    loaded: str | None
    sql_folder: Path
    gateway_listener: socket.socket
    aws_listener: socket.socket
    addresses: Addresses
    faults_open: bool


class StandIn:
    """Every part, wired. Nothing is served before `start`."""

    def __init__(self, setting: Setting) -> None:
        """Make the parts.

        Raises:
            StartError: the wiring cannot work.
        """
        wiring = setting.wiring
        self._setting = setting
        expose(union_of_environments(wiring.functions.values()), setting.addresses.aws)
        self._moto = MotoProcess(_end_without_a_table)
        running = RunningFunction()
        self._ledger = Ledger(wiring.roles)
        CallHook(wiring.functions, running, self._ledger, _call_resources(wiring)).install()
        self._feed = Feed()
        self._faults = Faults(frozenset(wiring.functions), self._feed)
        KillHook(running, self._faults).install()
        self._functions = Functions(wiring.functions, running, self._faults, self._feed)
        self._clients = AwsClients(setting.addresses.aws)
        self._bus = self._make_bus()
        self._warehouse = Warehouse(Engine(setting.dataset.database))
        self._data_api = self._make_data_api()
        self._aws_port = self._make_aws_port()
        self._aws = AwsHttpServer(setting.aws_listener, self._respond)
        self._gateway = self._make_gateway()
        self._watcher = ReportsWatcher(
            setting.sql_folder, self._clients.client("s3"), wiring.outputs["ReportsBucketName"]
        )
        self._data_watcher = DataWatcher(
            setting.data_folder, setting.loaded, self._warehouse, self._watcher.describe_data
        )

    def start(self) -> dict[str, str]:
        """Serve, build the resources, publish the reports; give the local addresses of both APIs.

        Raises:
            WiringError: a resource cannot be built.
        """
        self._aws.start()
        build(self._setting.wiring.built, self._clients, self._setting.addresses)
        self._watcher.publish_changes()
        self._watcher.describe_data(self._setting.dataset.about)
        self._watcher.start()
        self._data_watcher.start()
        self._bus.start(self._gateway.start())
        # What is there now stays: without this, each full collection stops every thread for 0.2 s.
        gc.freeze()
        _log.info("The console is at %s", self._setting.addresses.console)
        _log.info("The other AWS services are at %s", self._setting.addresses.aws)
        outputs = self._setting.wiring.outputs
        return {name: self._setting.addresses.localized(outputs[name]) for name in _ENDPOINTS}

    def close(self) -> None:
        """Stop everything, so that nothing waits for what has gone; a part that fails keeps no other from ending."""
        with ExitStack() as parts:  # it ends the last one first
            parts.callback(self._moto.close)
            parts.callback(self._warehouse.close)
            parts.callback(self._aws.close)
            parts.callback(self._data_api.close)
            parts.callback(self._functions.close)
            parts.callback(self._gateway.close)
            parts.callback(self._watcher.close)
            parts.callback(self._data_watcher.close)

    def _make_bus(self) -> EventBus:
        wiring = self._setting.wiring
        dead_letters = DeadLetters(lambda: self._clients.client("sqs"))
        return EventBus(
            wiring, self._functions, Permissions(wiring), dead_letters, self._ledger, self._faults, self._feed
        )

    def _make_data_api(self) -> DataApi:
        wiring = self._setting.wiring
        return DataApi(
            self._warehouse,
            self._end_of_statement,
            self._faults,
            self._warehouse_time,
            wiring.account,
            wiring.region,
            _ENDPOINT,
        )

    def _respond(self, request: HttpRequest) -> HttpAnswer:
        answer = self._aws_port.respond(request)
        tell_call(self._feed, request, answer)
        return answer

    def _end_of_statement(self, event: dict[str, Any]) -> None:
        state = event["detail"]["state"]
        self._feed.tell("statement", state, event, state != "FAILED")
        self._bus.put(event)

    def _warehouse_time(self) -> datetime:
        """Give the time of the warehouse, whose clock may be made to differ from that of the functions."""
        return datetime.now(UTC) + timedelta(seconds=self._faults.value("clock", "skew_s"))

    def _make_aws_port(self) -> AwsPort:
        services: dict[str, JsonService] = {"events": EventsApi(self._bus.put), "ssm": ParameterStore()}
        functions = self._setting.wiring.functions
        return AwsPort(self._data_api, services, self._moto, functions, self._faults)

    def _make_gateway(self) -> GatewayServer:
        setting = self._setting
        connections = Connections(self._feed)
        issuer = TokenIssuer(setting.addresses.issuer)
        pages = LocalPages(issuer, self._ledger, connections, self._faults, setting.faults_open)
        gateway = build_gateway(
            setting.wiring,
            self._functions,
            self._faults,
            self._feed,
            connections,
            pages,
            setting.addresses.gateway_port,
            SocketLimits(),
        )
        return GatewayServer(gateway, setting.gateway_listener)


def _end_without_a_table() -> None:
    """End this process as if it were told to: whoever runs it starts another, with an empty table."""
    _log.critical("The process that held the table, the reports and the queues has gone: the stand-in ends.")
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _call_resources(wiring: Wiring) -> CallResources:
    api = wiring.socket_api
    workgroups = {WORKGROUP: WORKGROUP_ARN}
    return CallResources(wiring.region, wiring.account, f"{api.api_id}/{api.stage}", workgroups)
