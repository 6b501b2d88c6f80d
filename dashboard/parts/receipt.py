"""The receipt of an answer on the page: what it came from, for whoever has to trust it or to ask it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.answers import Answer
from dashboard.client.model import QueryView
from dashboard.files import csv_digest
from dashboard.formats import plain
from dashboard.parts.page import Page
from dashboard.questions import Question
from dashboard.receipt import Receipt, receipt_of
from pipeline.core.messages import Finished
from pipeline.core.reports import DataDescription

_HOW_TO_CHECK = (
    "Each file holds this receipt. What `sha256sum` says of the unpacked CSV stands in the line of SHA-256."
)


def receipt_maker(page: Page, query: QueryView, answer: Answer, question: Question) -> Callable[[], Receipt]:
    """Give what makes the receipt when it is wanted: the hash of many rows takes a moment."""
    data = page.state.catalogue.data if page.state.catalogue else None
    return partial(_make, query, answer, question, data)


def draw_receipt(make: Callable[[], Receipt]) -> None:
    """Draw the receipt in a fold; it is made when somebody opens it."""
    fold = st.expander("Receipt: what this answer came from", key="receipt", on_change="rerun")
    if not fold.open:
        return
    receipt = make()
    with fold:
        st.markdown("\n".join(f"- **{label}:** {plain(said)}" for label, said in receipt.lines))
        st.code(receipt.sql, language=None, wrap_lines=True)
        st.caption(_HOW_TO_CHECK)


def _make(query: QueryView, answer: Answer, question: Question, data: DataDescription | None) -> Receipt:
    finished_at = query.outcome.finished_at if isinstance(query.outcome, Finished) else None
    return receipt_of(answer, question, finished_at, data, csv_digest(answer))
