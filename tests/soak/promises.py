"""Which of the simulation's promises a history of real processes is judged by, and three that only it needs.

Left out are those about what only the pipeline's inside shows (its table, its invocations), which is the simulation's
to judge, and those about how soon something comes: here the clock is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.simulation import promises_of_asking as asking
from tests.simulation import promises_of_pages as pages
from tests.simulation import promises_of_queries as queries
from tests.simulation.facts import Executed, Heard, Pressed, QueryKey, Read, Showed
from tests.simulation.history import History
from tests.simulation.messages import told
from tests.simulation.moves import OUTCOMES, SHOWN_ENDS
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation
from tests.soak.unknown import reasons_for_unknown

_PROMISES = (
    pages.every_accepted_query_reaches_its_page,
    pages.a_page_shows_one_outcome,
    pages.nobody_is_told_of_anothers_query,
    pages.an_outcome_is_shown_at_once,
    asking.a_page_asks_when_it_is_back,
    asking.a_page_asks_again_before_it_gives_a_query_up,
    asking.a_page_gives_a_query_up_at_its_deadline,
    asking.a_press_of_cancel_is_sent,
    asking.pages_and_links_move_as_they_may,
    queries.only_what_was_asked_for_happens,
)


def broken(history: History, lives: Sequence[Sequence[Executed]]) -> list[Violation]:
    """Give what is wrong with a history. `lives` are the statements that each stand-in started."""
    trial = Trial(history)
    found = [violation for promise in _PROMISES for violation in promise(trial)]
    found += [*every_query_is_on_a_page(trial), *only_who_was_killed_forgets(trial)]
    found += [*who_is_accepted_in_the_calm_is_told(trial), *an_answer_comes_from_its_own_statement(trial)]
    for life in lives:
        of_one_life = History(history.active_queries)
        of_one_life.facts = [*life]
        found += queries.nothing_is_executed_twice(Trial(of_one_life))
    return found


def every_query_is_on_a_page(trial: Trial) -> Iterator[Violation]:
    """Lost. Whoever takes the place of a page that was killed follows what it had open."""
    ended = {(fact.owner, fact.query_id) for fact in trial.of[Showed] if fact.phase in SHOWN_ENDS}
    shown = {(view.owner, view.view.query_id) for view in trial.history.views}
    for key in trial.pressed - ended - shown:
        yield Violation("lost", key[1], "at the end no page shows it")


def only_who_was_killed_forgets(trial: Trial) -> Iterator[Violation]:
    """Lost. A page says "unknown" only where a process that was killed explains it."""
    for shown, reason in reasons_for_unknown(trial):
        if reason is None:
            yield Violation("lost", shown.query_id, f"{shown.who} was told that there is no such query")


def who_is_accepted_in_the_calm_is_told(trial: Trial) -> Iterator[Violation]:
    """Untold. Where nothing is troubled and the page hears, a notice comes, before or after the page asks."""
    pressed = {fact.query_id for fact in trial.of[Pressed] if fact.at > trial.history.calm_from}
    accepted, noticed = set[str](), set[str]()
    for heard in trial.of[Heard]:
        for one in told(heard.message):
            if one["type"] == "accepted":
                accepted.add(one["queryId"])
            elif one["type"] in OUTCOMES and one is heard.message:
                noticed.add(one["queryId"])
    for query_id in (pressed & accepted) - noticed:
        yield Violation("untold", query_id, "it was pressed in the calm, and no notice of its end came")


def an_answer_comes_from_its_own_statement(trial: Trial) -> Iterator[Violation]:
    """Crossed. What a page's receipt names was started for the query that the page shows."""
    shown: dict[str, QueryKey] = {}
    for fact in trial.in_order(Showed, Read):
        if isinstance(fact, Showed):
            shown[fact.who] = (fact.owner, fact.query_id)
        elif trial.statements.get(fact.statement_id) != shown.get(fact.who):
            yield Violation("crossed", fact.statement_id, f"{fact.who} shows it for another query")
