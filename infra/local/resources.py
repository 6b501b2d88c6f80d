"""Builds the resources that the stand-in has for real (table, bucket, queue, parameters), through boto3."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import boto3
from botocore.config import Config

from infra.local.addresses import Addresses
from infra.local.errors import WiringError
from infra.local.place import ACCESS_KEY, REGION
from infra.local.wiring import Built

Properties = Mapping[str, Any]


class AwsClients:
    """Clients of the stand-in itself: outside every function, so that they are in no role's ledger."""

    def __init__(self, aws_address: str) -> None:
        self._address = aws_address
        self._session = boto3.Session(
            aws_access_key_id=ACCESS_KEY, aws_secret_access_key=ACCESS_KEY, region_name=REGION
        )

    def client(self, service: str) -> Any:
        """Make a client."""
        config = Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 2})
        return self._session.client(service, endpoint_url=self._address, config=config)


def build(resources: Sequence[Built], clients: AwsClients, addresses: Addresses) -> None:
    """Build every resource; addresses in parameters become local ones.

    Raises:
        WiringError: a resource cannot be built; the message names it.
    """
    makers = _Makers(clients, addresses).by_type
    for resource in resources:
        make = makers.get(resource.resource_type)
        if make is None:
            raise WiringError(resource.logical_id, f"{resource.resource_type} cannot be built here.")
        try:
            make(resource.name, resource.properties)
        except Exception as error:
            raise WiringError(resource.logical_id, f"it cannot be built: {error}") from error


class _Makers:
    """One method for each type of resource."""

    def __init__(self, clients: AwsClients, addresses: Addresses) -> None:
        self._clients = clients
        self._addresses = addresses
        self.by_type: Mapping[str, Callable[[str, Properties], None]] = {
            "AWS::DynamoDB::Table": self._table,
            "AWS::S3::Bucket": self._bucket,
            "AWS::SQS::Queue": self._queue,
            "AWS::SSM::Parameter": self._parameter,
        }

    def _table(self, name: str, properties: Properties) -> None:
        dynamodb = self._clients.client("dynamodb")
        taken = ("KeySchema", "AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes")
        dynamodb.create_table(TableName=name, **{key: properties[key] for key in taken if key in properties})
        expiry = properties.get("TimeToLiveSpecification")
        if expiry is not None:
            dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=expiry)

    def _bucket(self, name: str, _: Properties) -> None:
        self._clients.client("s3").create_bucket(Bucket=name)

    def _queue(self, name: str, _: Properties) -> None:
        self._clients.client("sqs").create_queue(QueueName=name)

    def _parameter(self, name: str, properties: Properties) -> None:
        self._clients.client("ssm").put_parameter(
            Name=name,
            Type=properties["Type"],
            Value=self._addresses.localized(properties["Value"]),
        )
