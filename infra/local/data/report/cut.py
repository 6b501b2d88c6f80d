"""What is left out of both sides before they are compared."""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH_ROWS = 10
"""Where chance would bring ten rows and none is there, somebody left them out; fewer rows say nothing."""
HARDLY_ANY = 0.25
"""No more than this share of what is to be expected is what a cut leaves of a zone, or a cleaning of a defect."""
VISIBLE_CUT = 0.003
"""A box or a range that takes away fewer of ours than this is none, but the edge of a sample."""
ZONE_DEFECTS = frozenset({"zone_unknown_at_pickup", "both_zones_unknown", "end_outside_the_box"})


def cleaned_away(expected: float, there: float) -> bool:
    """Whether so few rows of a kind are there that neither chance nor a day with less dirt can have left them out.

    A year of ours with four times the dirt of the real one would read like that too; it is held to what was published
    about the dirt.
    """
    return there <= HARDLY_ANY * (expected - ENOUGH_ROWS)


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
