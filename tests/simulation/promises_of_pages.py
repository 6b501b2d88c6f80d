"""What a person may rely on: one outcome for each query, on his pages and on nobody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import inf

from tests.simulation.facts import Began, Finished, Heard, Sent, Showed
from tests.simulation.messages import ids_in, parsed, told
from tests.simulation.moves import OUTCOMES, SHOWN_ENDS
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

# (page, query id)
Place = tuple[str, str]


def every_accepted_query_reaches_its_page(trial: Trial) -> Iterator[Violation]:
    """Lost."""
    for who, _, view in trial.history.views:
        if view.ended_at is None:
            yield Violation("lost", view.query_id, f"{who} still shows {view.phase}")


def nobody_is_told_that_his_query_is_unknown(trial: Trial) -> Iterator[Violation]:
    """Lost. `unknown` is true where the question began before the record was written."""
    recorded = {key: writes[0].at for key, writes in trial.writes.items()}
    began = {fact.by: fact.at for fact in trial.of[Began]}
    for ended in trial.of[Finished]:
        if ended.handler != "resume" or ended.how != "answered":
            continue
        for one in parsed(ended.answer["body"]).get("queries", []):
            key = (trial.owners[ended.subject], one["queryId"])
            if one["type"] == "unknown" and recorded.get(key, inf) < began[ended.by]:
                yield Violation("lost", key[1], f"{ended.subject} was told that there is no such query")


def a_page_shows_one_outcome(trial: Trial) -> Iterator[Violation]:
    """Doubled, on a page. What it had guessed by itself gives way to what it hears; what it was told stays."""
    heard: dict[Place, bool] = {}
    settled: set[Place] = set()
    for fact in trial.in_order(Heard, Showed):
        if type(fact) is Heard:
            for one in told(fact.message):
                if one["type"] in OUTCOMES | {"accepted"}:
                    place = (fact.who, str(one["queryId"]))
                    heard[place] = heard.get(place, False) or one["type"] in OUTCOMES
            continue
        place = (fact.who, fact.query_id)
        if fact.before in SHOWN_ENDS and (place in settled or place not in heard):
            yield Violation("doubled", fact.query_id, f"{fact.who} showed {fact.before}, then {fact.phase}")
        if heard.get(place):
            settled.add(place)


def pages_show_what_is_recorded(trial: Trial) -> Iterator[Violation]:
    """Contradicted. Where the page ended it by its own guess and never heard of it, that is unknown."""
    for shown in trial.history.views:
        who, owner, view = shown
        record = trial.history.records.get((owner, view.query_id))
        if record is None:
            if view.phase == "finished" or view.accepted_at is not None:
                yield Violation("contradicted", view.query_id, f"{who} shows {view.phase}, no record does")
        elif view.phase in SHOWN_ENDS and view.phase != record.state and shown not in trial.unknown:
            detail = f"{who} shows {view.phase}, the record says {record.state}"
            yield Violation("contradicted", view.query_id, detail)


def an_outcome_is_shown_at_once(trial: Trial) -> Iterator[Violation]:
    """Dropped. Also one that came before its query was followed here, and after the page had guessed another."""
    outcomes: dict[Place, tuple[float, str]] = {}
    phases: dict[Place, list[tuple[float, str]]] = defaultdict(list)
    for heard in trial.of[Heard]:
        for one in told(heard.message):
            if one["type"] in OUTCOMES:
                outcomes.setdefault((heard.who, str(one["queryId"])), (heard.at, one["type"]))
    for fact in trial.of[Showed]:
        phases[fact.who, fact.query_id].append((fact.at, fact.phase))
    for place in outcomes.keys() & phases.keys():
        told_at, outcome = outcomes[place]
        due = max(told_at, phases[place][0][0])
        shown = [phase for at, phase in phases[place] if at <= due][-1]
        if shown != outcome:
            yield Violation("dropped", place[1], f"{place[0]} heard that it {outcome}, and showed {shown}")


def nobody_is_told_of_anothers_query(trial: Trial) -> Iterator[Violation]:
    """Leaked, over a connection."""
    for heard in trial.of[Heard]:
        for one in told(heard.message):
            query_id = str(one.get("queryId"))
            is_his = (heard.owner, query_id) in trial.pressed
            holder = trial.statements.get(str(one.get("statementId")))
            if one["type"] in OUTCOMES | {"accepted"} and not is_his:
                yield Violation("leaked", query_id, f"{heard.who} was told that it is {one['type']}")
            elif holder is not None and holder[0] != heard.owner:
                yield Violation("leaked", query_id, f"{heard.who} was told of its statement")
            elif one["type"] == "error" and not is_his and one.get("code") == "query_conflict":
                yield Violation("leaked", query_id, f"{heard.who} was told that it exists")


def the_same_id_for_another_question_is_refused(trial: Trial) -> Iterator[Violation]:
    """Mistaken. Who asked for something else must not take the answer for his; `resume` asks for what it is."""
    asked: dict[Place, bool] = {}
    for sent in trial.of[Sent]:
        frame = parsed(sent.text)
        for query_id in ids_in(sent.text):
            record = trial.history.records.get((sent.owner, query_id))
            if record is not None:
                is_of_it = frame["action"] != "run" or frame["parameters"] == record.parameters
                asked[sent.who, query_id] = asked.get((sent.who, query_id), False) or is_of_it
    for heard in trial.of[Heard]:
        for one in told(heard.message):
            is_answer = one["type"] in OUTCOMES | {"accepted"}
            if is_answer and asked.get((heard.who, one["queryId"])) is False:
                yield Violation("mistaken", one["queryId"], f"{heard.who} asked for something else")
