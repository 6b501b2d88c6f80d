"""What is left out of both sides before they are compared."""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH_ROWS = 10
"""Where chance would bring ten rows and none is there, somebody left them out; fewer rows say nothing."""
HARDLY_ANY = 0.25
"""No more than this share of what is to be expected is what a cut leaves of a zone that it goes through."""
ZONE_DEFECTS = frozenset({"zone_unknown_at_pickup", "both_zones_unknown", "end_outside_the_box"})


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left out on both sides: `cleaned` are the keys of defects; the conditions are true of rows that stay."""

    conditions: tuple[str, ...] = ()
    cleaned: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def stay(self) -> str:
        """SQL that is true of the rows that stay."""
        return " AND ".join(f"({condition})" for condition in self.conditions) or "true"

    def narrowed(self, conditions: tuple[str, ...], note: str, cleaned: frozenset[str] = frozenset()) -> Cut:
        """The cut that leaves out more, with the sentence that says so."""
        return Cut((*self.conditions, *conditions), self.cleaned | cleaned, (*self.notes, note))
