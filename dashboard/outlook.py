"""What can be said before a question is asked: how many more can run, and whether its answer is there already. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.cards import is_looked_for
from dashboard.client.model import HistoryItem, QueryView
from dashboard.history import RUNNING, question_of
from dashboard.questions import Question
from pipeline.core.messages import Error, Finished
from pipeline.core.reports import Report
from pipeline.core.result_pages import ResultPage


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer that came: to which question, by which report over which data, and until when it is kept."""

    query_id: str
    question: Question
    report_version: str
    data_version: str
    finished_at: datetime
    kept_until: datetime


def places_text(
    maximum: int | None,
    queries: Iterable[QueryView],
    history: Iterable[HistoryItem],
    compared_ids: Collection[str] = (),
) -> str | None:
    """Say how many more queries can run at once, where some run; None where none does, or the number is not known.

    Of a query that is on this page, the page knows best. One that was told to wait does not run, and of one that is
    looked for nobody knows. Those of `compared_ids` have no card, so they are told apart.
    """
    here = {query.query_id: query for query in queries}
    elsewhere = {item.query_id for item in history if item.state in RUNNING} - here.keys()
    open_here = [query for query in here.values() if query.ended_at is None and not is_looked_for(query)]
    run_here = {query.query_id for query in open_here if not isinstance(query.outcome, Error)}
    waiting, running = len(open_here) - len(run_here), run_here | elsewhere
    if maximum is None or not running:
        return None
    said = _running_text(len(running), len(running & set(compared_ids)))
    if len(running) >= maximum:
        waits = f" {waiting} {'waits' if waiting == 1 else 'wait'} for a place." if waiting else ""
        return f"{said}, the most you can have.{waits} Cancel one, or wait."
    return f"{said}; {maximum - len(running)} more can."


def _running_text(running: int, beside: int) -> str:
    said = f"{running} of your queries {'is' if running == 1 else 'are'} running"
    if not beside:
        return said
    of_them = "" if beside == running else f"{beside} of them "
    return f"{said}, {of_them}for {'a comparison' if beside == 1 else 'comparisons'}"


def kept_answer(
    report: Report, question: Question, data_version: str, past: Iterable[PastAnswer], now: datetime
) -> PastAnswer | None:
    """Find the newest answer to the same question, by the same report over the same data; None if none is kept."""
    wanted = (question, report.version, data_version)
    kept = [
        answer
        for answer in past
        if (answer.question, answer.report_version, answer.data_version) == wanted and answer.kept_until > now
    ]
    return max(kept, key=lambda answer: answer.finished_at, default=None)


def past_of_history(items: Iterable[HistoryItem]) -> Iterator[PastAnswer]:
    """Give the answers among one's queries of the last day."""
    for item in items:
        if item.finished_at is not None and item.result_expires_at is not None:
            versions = (item.report_version, item.data_version)
            yield PastAnswer(
                item.query_id, question_of(item), *versions, item.finished_at, item.result_expires_at
            )


def past_of_page(query: QueryView, page: ResultPage) -> PastAnswer | None:
    """Give an answer that this page has fetched; None where it was not told when it ended."""
    if not isinstance(query.outcome, Finished):
        return None
    question = Question(query.topic_name, query.parameters)
    versions = (page.report_version, page.data_version)
    return PastAnswer(
        query.query_id, question, *versions, query.outcome.finished_at, query.outcome.result_expires_at
    )
