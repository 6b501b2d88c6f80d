"""Reads the address of the page: it fills the form, names what is wrong, and looks for an answer of one's own."""

from __future__ import annotations

import streamlit as st

from dashboard.comparing import Comparison, compared_question
from dashboard.formats import plain
from dashboard.links import Link, read_link
from dashboard.parts.asking import watch
from dashboard.parts.page import Page
from dashboard.state import PageState, fill_form


def follow_address(page: Page) -> None:
    """Read the address if it is not the one that we read or wrote last. Nothing is run."""
    catalogue = page.state.catalogue
    address = st.query_params.to_dict()
    if page.returned and not address and page.state.address:
        # The navigation leads to the bare page: put back what it shows.
        st.query_params.from_dict(dict(page.state.address))
        return
    if catalogue is None or address == page.state.address:
        return
    page.state.address = address
    repeated = [name for name in address if len(st.query_params.get_all(name)) > 1]
    link = read_link(address, catalogue.reports, repeated)
    page.state.complaints = link.complaints
    report = page.state.report(link.question.topic_name) if link.question else None
    if link.question is None or report is None:
        return
    fill_form(report, link.question, link.compared)
    if link.query_id is not None:
        watch(page.state, link.query_id, link.question)
        page.state.expect(link.query_id, link.question)
        _follow_comparison(page.state, link.query_id, link)


def _follow_comparison(state: PageState, query_id: str, link: Link) -> None:
    """Look for what an answer was compared with. A browser's Back does not bring back what was asked anew since."""
    if link.question is None or link.compared is None or link.compared_id is None:
        return
    if state.compared_days(query_id) != link.compared:
        watch(state, link.compared_id, compared_question(link.question, link.compared))
        state.compare(query_id, Comparison(link.compared, link.compared_id))


def draw_complaints(page: Page) -> None:
    """Name what the address got wrong."""
    for complaint in page.state.complaints:
        st.warning(plain(complaint), icon=":material/link_off:")
