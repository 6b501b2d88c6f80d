"""Puts checked reports where everybody's questions find them: the bucket of a stack."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.reports.check import Verdict
from infra.reports.errors import CommandError
from infra.reports.folder import SqlFolder
from infra.reports.shelf import Shelf, list_key, report_key
from infra.reports.telling import say, told
from infra.reports.trying import tell_unreadable, verdicts
from pipeline.core.choices import lists_named
from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem

_SHOWN_OF_A_VERSION = 12


def s3_shelf(bucket: str, publisher: str) -> Shelf:
    """Give the shelf of a bucket, with the credentials and the Region that the AWS CLI would use.

    Raises:
        CommandError: there is no bucket to speak of, S3 cannot keep the publisher's name, or there is no Region.
    """
    if not bucket:
        raise CommandError("Say where to: make reports-publish BUCKET=<the stack's ReportsBucketName>.")
    if not (publisher.isascii() and publisher.isprintable()):  # S3 takes no others beside an object
        raise CommandError(
            f"{publisher!a} cannot stand beside a report: write PUBLISHER in plain letters, A to Z."
        )
    try:
        return Shelf(boto3.client("s3"), bucket, publisher)
    except BotoCoreError as error:
        raise CommandError(f"S3 cannot be reached: {error}") from error


def publish_all(folder: SqlFolder, data: Path, name: str | None, shelf: Shelf) -> int:
    """Publish one report, or each, that passes its check; say what changed; give the number of complaints.

    Raises:
        CommandError: S3 refuses, there is no report of that name, or no data can be made.
        ReportProblem: the file cannot be read.
    """
    complaints = tell_unreadable(folder, name)
    changed = 0
    with verdicts(folder, data, name) as each:
        for topic_name, verdict in each:
            try:
                lines = _published(shelf, topic_name, folder, verdict)
            except ReportProblem as error:
                complaints += len(error.problems)
                say([*map(told, error.problems), f"{verdict.file}: not published"])
                continue
            changed += len(lines)
            say(lines)
    if not changed and not complaints:
        say(["Nothing to publish: everything is there as it is here."])
    return complaints


def _published(shelf: Shelf, topic_name: str, folder: SqlFolder, verdict: Verdict) -> list[str]:
    if verdict.problems:
        raise ReportProblem(verdict.problems)
    try:
        return list(publish(shelf, topic_name, folder))
    except (BotoCoreError, ClientError) as error:
        raise CommandError(f"{verdict.file} could not be published: {error}") from error


def publish(shelf: Shelf, topic_name: str, folder: SqlFolder) -> Iterator[str]:
    """Publish a report and the shared lists that it names; give a line for each thing that changed.

    The version comes first, the name last: whoever finds the name finds everything that it leads to.

    Raises:
        ReportProblem: its version is there with other bytes.
    """
    content = folder.reports[topic_name]
    is_new = shelf.keep_version(topic_name, content)
    for name in sorted(lists_named(content) & folder.choices.keys()):
        if not shelf.holds(list_key(name), folder.choices[name]):
            shelf.put(list_key(name), folder.choices[name])
            yield f"choices/{name}.csv: published"
    version = sha256(content).hexdigest()[:_SHOWN_OF_A_VERSION]
    if not shelf.holds(report_key(topic_name), content):
        shelf.put(report_key(topic_name), content)
        yield f"{file_name(topic_name)}: published{'' if is_new else ' again'}, version {version}"
    elif is_new:
        yield f"{file_name(topic_name)}: its version {version} was missing, and is kept now"
