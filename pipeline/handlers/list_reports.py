"""Lambda: GET /reports; every report that is the caller's, what the data is, and the files that are no reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline import log
from pipeline.bootstrap import ports as wired_ports
from pipeline.core.access import Caller, caller_of
from pipeline.core.answers import Answer, refused_as_rest, rest_answer
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import is_topic_name
from pipeline.core.reports import Catalogue
from pipeline.core.rest_query import rest_query
from pipeline.core.schema import to_wire
from pipeline.ports import Ports


def handler(event: dict[str, Any], context: object) -> Answer:
    """Handle an API Gateway REST event."""
    with log.invocation("ListReports", event, context):
        return handle(event, wired_ports())


def handle(event: Mapping[str, Any], ports: Ports) -> Answer:
    """Answer the catalogue, or one report as it was in the version asked for."""
    return refused_as_rest(event, lambda: rest_answer(200, to_wire(_catalogue(event, ports))))


def _catalogue(event: Mapping[str, Any], ports: Ports) -> Catalogue:
    caller = caller_of(event)
    asked = rest_query(event, "topicName", "version")
    if not asked:
        everything = ports.reports.catalogue()
        mine = tuple(report for report in everything.reports if caller.may_read(report.groups))
        return replace(everything, reports=mine)
    return _one(ports, caller, asked)


def _one(ports: Ports, caller: Caller, asked: Mapping[str, str]) -> Catalogue:
    for name in ("topicName", "version"):
        if name not in asked:
            raise Refusal(
                "missing_parameter", f"Give topicName and version, or neither: {name} is missing.", name
            )
    topic_name, version = asked["topicName"], asked["version"]
    report = ports.reports.version(topic_name, version) if is_topic_name(topic_name) else None
    if report is None or not caller.may_read(report.groups):
        raise Refusal("unknown_report", "There is no report of that name and version.", "topicName")
    return Catalogue((report,), ports.reports.data(), ())
