"""A query asked in the address of the connection: `?topicName=…&startDate=…&endDate=…[&queryId=…]`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.core.errors import Refusal, shown
from pipeline.core.identifiers import is_query_id, is_topic_name


@dataclass(frozen=True, slots=True)
class AddressedQuery:
    """What the address asks; `query_id` is None where the client left it to the pipeline."""

    topic_name: str
    query_id: str | None
    parameters: Mapping[str, str]


def query_in_address(values: Mapping[str, Sequence[str]]) -> AddressedQuery | None:
    """Read the query of an address; None where it only opens a connection.

    Args:
        values: Every value of every key, as API Gateway decoded them.

    Raises:
        Refusal: `duplicate_parameter`, `unknown_parameter`, `unknown_report` or `invalid_parameter`.
    """
    single = _single(values)
    topic_name, query_id = single.pop("topicName", None), single.pop("queryId", None)
    if topic_name is None:
        if values:
            raise Refusal(
                "unknown_parameter", "Without topicName the address takes no parameters.", "topicName"
            )
        return None
    if not is_topic_name(topic_name):
        raise Refusal("unknown_report", "There is no report of that name.", "topicName")
    if query_id is not None and not is_query_id(query_id):
        raise Refusal("invalid_parameter", "queryId must be a UUID in lower case.", "queryId")
    return AddressedQuery(topic_name, query_id, single)


def _single(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    for name, given in values.items():
        if len(given) > 1:
            raise Refusal("duplicate_parameter", f"{shown(name)} is given more than once.", shown(name))
    return {name: given[0] for name, given in values.items() if given}
