"""What a query is called on its card and in the list: its question, and its part in a comparison."""

from __future__ import annotations

from dashboard.formats import span_text
from dashboard.questions import Question, days_asked, sentence
from dashboard.state import PageState


def title_of(state: PageState, query_id: str, question: Question) -> str:
    """Say what a query asks, and with which days it is compared, or for which it was asked; as this session knows."""
    asked = sentence(state.report(question.topic_name), question)
    if query_id not in state.compared_ids:
        days = state.compared_days(query_id)
        return f"{asked}, compared with {span_text(days.start, days.end)}" if days else asked
    main = state.questions.get(state.beside[query_id])
    days = days_asked(main) if main else None
    return f"{asked}, for the comparison with {span_text(days.start, days.end)}" if days else asked
