"""What became of a query of which a page says that there is no such query: which process was killed, if any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from tests.simulation.facts import Executed, Heard, Left, Pressed, QueryKey, Sent, Showed, Struck
from tests.simulation.messages import ids_in, told
from tests.simulation.trial import Trial

PIPELINE_KILLED = "the pipeline killed"
NEVER_SENT, FORGOTTEN, LOST_ON_THE_WAY = "never sent", "forgotten", "lost on the way"


def reasons_for_unknown(trial: Trial) -> Iterator[tuple[Showed, str | None]]:
    """Give what became of each query that a page shows as unknown; None where no kill explains it.

    Never sent: its page was killed first. Forgotten: on AWS the table outlives every process; the stand-in's goes with
    it. When it accepted a query it alone knows, for the word may be long on its way; it was not before the press. Lost
    on the way: it was sent, and its page killed before it could send it once more.
    """
    kills = [fact.at for fact in trial.of[Struck] if fact.fault == PIPELINE_KILLED]
    pressed = {(fact.owner, fact.query_id): fact for fact in trial.of[Pressed]}
    left = {fact.who: fact.at for fact in trial.of[Left]}
    asked = {(fact.who, query_id): fact.at for fact in trial.of[Sent] for query_id in ids_in(fact.text)}
    begun = _begun(trial)
    for shown in trial.of[Showed]:
        key, page = (shown.owner, shown.query_id), (shown.who, shown.query_id)
        if shown.phase != "unknown" or key not in pressed:
            continue
        press = pressed[key]
        is_begun = begun.get(key, inf) < asked.get(page, inf)
        is_gone = left.get(press.who, inf) < shown.at and not is_begun
        if is_gone and (press.who, press.query_id) not in asked:
            yield shown, NEVER_SENT
        elif any(press.at < kill < shown.at for kill in kills):
            yield shown, FORGOTTEN
        else:
            yield shown, LOST_ON_THE_WAY if is_gone else None


def _begun(trial: Trial) -> Mapping[QueryKey, float]:
    """Say since when the pipeline certainly knows a query: from the start where it was ever heard to accept it."""
    begun = {fact.key: fact.at for fact in reversed(trial.of[Executed])}
    for heard in trial.of[Heard]:
        accepted = [one for one in told(heard.message) if one["type"] == "accepted"]
        begun |= {(heard.owner, one["queryId"]): -inf for one in accepted}
    return begun
