"""Published reports in their bucket: each version under its hash, the newest under its name, shared lists beside them.

The one way of publishing, for the analyst's command and for the stand-in's start; `pipeline.aws.reports` reads it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from botocore.exceptions import ClientError

from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Problem

_PREFIX = "reports/"


def report_key(topic_name: str) -> str:
    """Name the object that is a report's newest version."""
    return f"{_PREFIX}{file_name(topic_name)}"


def list_key(name: str) -> str:
    """Name the object that is a shared list of values."""
    return f"{_PREFIX}choices/{name}.csv"


class Shelf:
    """A bucket of reports; `publisher` stands beside what is put there."""

    def __init__(self, s3: Any, bucket: str, publisher: str) -> None:
        self._s3 = s3
        self._bucket = bucket
        self._publisher = publisher

    def holds(self, key: str, content: bytes) -> bool:
        """Say whether an object has these bytes, and says so itself."""
        try:
            held = self._s3.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if _code(error) == "NoSuchKey":
                return False
            raise
        says_so = held["Metadata"].get("sha256") == _version(content)
        return bool(says_so and held["Body"].read() == content)

    def put(self, key: str, content: bytes) -> None:
        """Put an object, with the hash of its bytes. A report's version has to be kept before."""
        metadata = {"sha256": _version(content), "publisher": self._publisher}
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=content, Metadata=metadata)

    def keep_version(self, topic_name: str, content: bytes) -> bool:
        """Keep a report's text under its hash, for ever; say whether it was new. Two reports of one text share it.

        Raises:
            ReportProblem: other bytes stand under this hash.
        """
        key = f"{_PREFIX}versions/{_version(content)}.sql"
        try:
            self._s3.put_object(
                Bucket=self._bucket, Key=key, Body=content, Metadata={"topics": topic_name}, IfNoneMatch="*"
            )
        except ClientError as error:
            if _code(error) != "PreconditionFailed":
                raise
            return self._share_version(key, topic_name, content)
        return True

    def remove(self, key: str) -> None:
        """Take an object away; versions stay."""
        self._s3.delete_object(Bucket=self._bucket, Key=key)

    def _share_version(self, key: str, topic_name: str, content: bytes) -> bool:
        held = self._s3.get_object(Bucket=self._bucket, Key=key)
        if held["Body"].read() != content:
            message = f"Somebody changed {key}: its name is no longer the hash of its bytes. Bring the first ones back."
            raise ReportProblem([Problem(file_name(topic_name), 1, message)])
        topics = set(held["Metadata"].get("topics", "").split())
        if topic_name in topics:
            return False
        metadata = {"topics": " ".join(sorted(topics | {topic_name}))}
        self._s3.put_object(
            Bucket=self._bucket, Key=key, Body=content, Metadata=metadata, IfMatch=held["ETag"]
        )
        return True


def _version(content: bytes) -> str:
    return sha256(content).hexdigest()


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
