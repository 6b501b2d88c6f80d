"""Mistakes in the wiring: on AWS each deploys without a word, here it stops the start and names its resource."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.infra.local.template.edited import edited_and_stamped, line_of, refusal


@dataclass(frozen=True, slots=True)
class Mistake:
    """A snippet of a resource replaced; `at` is what stands on the line that must be told, `said` the sentence."""

    what: str
    within: str
    old: str
    new: str
    at: str
    said: str
    told_in: str | None = None

    def stops_the_start(self, folder: Path) -> None:
        """Make the mistake in a copy of the template, and see that it is refused in these words, at this line."""
        path = edited_and_stamped(folder, self.old, self.new, self.within)
        error = refusal(path)
        assert error.message == self.said
        assert error.line == line_of(path, self.at, self.told_in or self.within)
