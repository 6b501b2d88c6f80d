"""Who the caller is, as the authorizer says, and which reports are his."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated caller: `owner` is the key of everything that is his."""

    owner: str
    groups: frozenset[str]

    def may_read(self, groups: tuple[str, ...]) -> bool:
        """Say whether a report with these groups is his; a report without groups is everybody's."""
        return not groups or not self.groups.isdisjoint(groups)


def caller_of(event: Mapping[str, Any]) -> Caller:
    """Read the caller that the authorizer put into the event (`event.requestContext.authorizer`).

    Raises:
        Refusal: `unauthorized`: no authorizer ran, so the route is wired wrongly.
    """
    context = event.get("requestContext", {}).get("authorizer") or {}
    owner = context.get("owner")
    if not owner:
        raise Refusal("unauthorized", "Sign in, then try again.")
    return Caller(owner, frozenset(filter(None, str(context.get("groups", "")).split(","))))
