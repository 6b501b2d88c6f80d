"""From the command's options to a stand-in that has not started yet: data, template, parts."""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass
from pathlib import Path

from infra.local.addresses import Addresses
from infra.local.data import DataError, Dataset, prepare, served_version
from infra.local.errors import StartError
from infra.local.place import DATABASE, STACK_NAME, TOKEN_AUDIENCE, WORKGROUP, WORKGROUP_ARN
from infra.local.stand_in import Setting, StandIn
from infra.local.template import TemplateError, read_wiring
from infra.local.wiring import Wiring

_REPOSITORY = Path(__file__).resolve().parents[2]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was told; `data` is the folder that the warehouse's files stand in, `sql` the analysts' one.

    Without a scale the data are those that were loaded last, else the sample.
    """

    scale: float | None
    data: Path
    faults: bool
    sql: Path


def make_stand_in(
    options: Options, gateway: socket.socket, aws: socket.socket, addresses: Addresses
) -> StandIn:
    """Prepare the data, read the template, and make every part.

    Raises:
        StartError: something is wrong with the data, the template or the wiring; the message says what.
    """
    # Read first: what is loaded after this is changed over to.
    loaded = served_version(options.data)
    try:
        dataset = prepare(options.data, options.scale, _log.info)
        wiring = _wiring(addresses)
    except (DataError, TemplateError) as error:
        raise StartError(str(error)) from error
    for defect in dataset.about["knownDefects"]:
        _log.info("%s", defect)
    return StandIn(_setting(options, wiring, dataset, loaded, gateway, aws, addresses))


def _setting(
    options: Options,
    wiring: Wiring,
    dataset: Dataset,
    loaded: str | None,
    gateway: socket.socket,
    aws: socket.socket,
    addresses: Addresses,
) -> Setting:
    return Setting(
        wiring=wiring,
        dataset=dataset,
        data_folder=options.data,
        loaded=loaded,
        sql_folder=options.sql,
        gateway_listener=gateway,
        aws_listener=aws,
        addresses=addresses,
        faults_open=options.faults,
    )


def _wiring(addresses: Addresses) -> Wiring:
    parameters = {
        "TokenIssuer": addresses.issuer,
        "TokenAudience": TOKEN_AUDIENCE,
        "TokenJwksUrl": addresses.keys,
        "WorkgroupName": WORKGROUP,
        "WorkgroupArn": WORKGROUP_ARN,
        "DatabaseName": DATABASE,
    }
    return read_wiring(_template(), STACK_NAME, parameters)


def _template() -> Path:
    """Give the template's path, short where the command runs in the repository, as in most messages."""
    path = _REPOSITORY / "infra" / "template.yaml"
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
