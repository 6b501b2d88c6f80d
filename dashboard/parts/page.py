"""The frame of every page: heading, connection badge, and the note where the data is synthetic."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.formats import plain
from dashboard.parts.catalogue import read_catalogue
from dashboard.session import Services, services
from dashboard.state import PageState, page_state
from pipeline.core.reports import UNDESCRIBED, DataDescription


@dataclass(frozen=True, slots=True)
class Page:
    """What the parts of a page share.

    `zone` is the viewer's, `badge` the place of the connection badge. `returned`: the page in view before was
    one on which no answer opens.
    """

    state: PageState
    zone: ZoneInfo
    badge: DeltaGenerator
    returned: bool


def open_page(title: str, *, opens_answers: bool = False) -> Page:
    """Draw the frame and give what the parts need. `opens_answers`: the awaited answer opens on this page."""
    held = services()
    state = page_state()
    returned = opens_answers and not state.opens_answers
    state.opens_answers = opens_answers
    read_catalogue(held, state)
    with st.container(horizontal=True, vertical_alignment="center", key="page_head"):
        st.title(title, anchor=False)
        badge = st.container(key="badge", width="content")
        badge.empty()  # a fragment can write only where the page has written first
    if state.catalogue is not None and state.catalogue.data.synthetic:
        st.warning(synthetic_note(state.catalogue.data), icon=":material/science:")
    if state.catalogue is None and not _is_starting(held):
        _draw_missing_catalogue(state)
    return Page(state, _viewers_zone(), badge, returned)


def synthetic_note(data: DataDescription) -> str:
    """Warn of data that is not real, or that does not say whether it is."""
    if data.version == UNDESCRIBED.version:
        return f"{data.source}, so it counts as synthetic. Do not quote these figures."
    return f"Synthetic data, {plain(data.source)}. Do not quote these figures."


def _is_starting(held: Services) -> bool:
    """Say whether the notice of the connection tells already why there is no catalogue, and how far it has come."""
    return held.child is not None and held.child.phase == "starting"


def _draw_missing_catalogue(state: PageState) -> None:
    sentence = state.catalogue_problem or "The list of reports is not here yet."
    st.warning(plain(sentence), icon=":material/hourglass_empty:")
    st.button("Look again", key="look_again")


def _viewers_zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
