"""The ARN of each kind of call, as IAM's policies name it."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.call_resources import CallResources

pytestmark = pytest.mark.fast
PLACE = "us-east-1:123456789012"
WORKGROUP_ARN = f"arn:aws:redshift-serverless:{PLACE}:workgroup/a-uuid"
RESOURCES = CallResources("us-east-1", "123456789012", "sockets1/prod", {"local": WORKGROUP_ARN})
TABLE = f"arn:aws:dynamodb:{PLACE}:table"


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "arns"),
    [
        ("dynamodb", "PutItem", {"TableName": "t", "Item": {}}, [f"{TABLE}/t"]),
        ("dynamodb", "BatchWriteItem", {"RequestItems": {"t": [], "u": []}}, [f"{TABLE}/t", f"{TABLE}/u"]),
        ("dynamodb", "ListTables", {}, ["*"]),
        ("s3", "GetObject", {"Bucket": "b", "Key": "reports/a.sql"}, ["arn:aws:s3:::b/reports/a.sql"]),
        ("s3", "ListObjectsV2", {"Bucket": "b"}, ["arn:aws:s3:::b"]),
        ("s3", "ListBuckets", {}, ["*"]),
        ("ssm", "GetParameter", {"Name": "/a/b"}, [f"arn:aws:ssm:{PLACE}:parameter/a/b"]),
        ("ssm", "GetParameter", {"Name": "a"}, [f"arn:aws:ssm:{PLACE}:parameter/a"]),
        ("ssm", "GetParameters", {"Names": ["a"]}, [f"arn:aws:ssm:{PLACE}:parameter/a"]),
        ("redshift-data", "ExecuteStatement", {"WorkgroupName": "local"}, [WORKGROUP_ARN]),
        (
            "redshift-data",
            "ExecuteStatement",
            {"WorkgroupName": "other"},
            [f"arn:aws:redshift-serverless:{PLACE}:workgroup/other"],
        ),
        ("redshift-data", "DescribeStatement", {"Id": "i"}, ["*"]),
        ("sts", "GetCallerIdentity", {}, ["*"]),
    ],
)
def test_a_call_names_its_resources(
    service: str, operation: str, parameters: dict[str, Any], arns: list[str]
) -> None:
    assert list(RESOURCES.of(service, operation, parameters)) == arns


@pytest.mark.parametrize(
    ("operation", "method"),
    [("PostToConnection", "POST"), ("GetConnection", "GET"), ("DeleteConnection", "DELETE")],
)
def test_a_call_about_a_connection_names_stage_method_and_connection(operation: str, method: str) -> None:
    (arn,) = RESOURCES.of("execute-api", operation, {"ConnectionId": "c="})
    assert arn == f"arn:aws:execute-api:{PLACE}:sockets1/prod/{method}/@connections/c="
