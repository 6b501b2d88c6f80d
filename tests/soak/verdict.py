"""What is said at the end of a soak: what was done how often, what became of the queries, which promise was broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.core.messages import Error, Failed
from tests.simulation.facts import Executed, Fact, LinkShowed, Pressed, Showed
from tests.simulation.history import History, View
from tests.simulation.moves import SHOWN_ENDS
from tests.simulation.trial import Trial
from tests.soak.promises import broken
from tests.soak.unknown import FORGOTTEN, NEVER_SENT, reasons_for_unknown

_ACTIVE_QUERIES = 5
_MOST_VIOLATIONS_TOLD = 20
# Of those that were sent, and not forgotten with a stand-in that was killed. Others were cancelled, or made to fail.
_FINISHED_AT_LEAST = 0.5


class Verdict(NamedTuple):
    """What to print, and whether all is well."""

    lines: list[str]
    is_good: bool


def judge(
    history: History,
    lives: Sequence[Sequence[Executed]],
    counts: Mapping[str, int],
    problems: Sequence[str],
) -> Verdict:
    """Judge what the pages wrote down.

    `lives` are the statements that each stand-in started, `counts` say how often each trouble was felt, and `problems`
    are what whoever ran it found by himself.
    """
    violations = broken(history, lives)
    outcomes = outcomes_in(history)
    pressed = sum(isinstance(fact, Pressed) for fact in history.facts)
    finished, kept = outcomes["finished"], pressed - outcomes[FORGOTTEN] - outcomes[NEVER_SENT]
    unfelt = [name for name, times in counts.items() if not times]
    problems = [
        *problems,
        *(f"{one.name}: {one.subject}: {one.detail}" for one in violations[:_MOST_VIOLATIONS_TOLD]),
        *([f"Nobody felt this: {', '.join(unfelt)}."] if unfelt else []),
    ]
    if finished <= _FINISHED_AT_LEAST * kept:
        problems.append(f"There was too little to judge: of {kept} queries {finished} finished.")
    opened = sum(isinstance(fact, LinkShowed) and fact.state == "live" for fact in history.facts)
    return Verdict(
        [
            *(f"{times:6}  {name}" for name, times in sorted(counts.items())),
            *(f"{times:6}  queries that were {outcome}" for outcome, times in sorted(outcomes.items())),
            *problems,
            f"{sum(map(len, lives))} statements in {len(lives)} lives of the pipeline, {opened} times connected",
            f"{pressed} queries, {len(violations)} violations",
        ],
        is_good=not problems,
    )


def history_of(entries: Iterable[Fact | View], calm_from: float) -> History:
    """Put the facts of all processes in their order; those of one page are in it already."""
    history = History(_ACTIVE_QUERIES)
    history.calm_from = calm_from
    for entry in entries:
        if isinstance(entry, View):
            history.views.append(entry)
        else:
            history.facts.append(entry)
    history.facts.sort(key=lambda fact: fact.at)
    return history


def wrong_statuses(statuses: Sequence[int]) -> list[str]:
    """Say that a process that was to end by itself did so in another way."""
    return [f"Processes ended with {statuses}."] if any(statuses) else []


def outcomes_in(history: History) -> Counter[str]:
    """Count queries by what was shown of them at last; the code of a failure is known where the page still lives."""
    ends = {
        (fact.owner, fact.query_id): fact.phase
        for fact in history.facts
        if isinstance(fact, Showed) and fact.phase in SHOWN_ENDS
    }
    for _, owner, view in history.views:
        if isinstance(view.outcome, Failed | Error):
            ends[owner, view.query_id] = f"{view.phase} ({view.outcome.code})"
    for shown, reason in reasons_for_unknown(Trial(history)):
        ends[shown.owner, shown.query_id] = reason or shown.phase
    return Counter(ends.values())
