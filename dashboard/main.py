"""The list of pages, and what all of them share: title, look, skip link. Each page is a file of views/."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import paths
from dashboard.first_page import THEME
from dashboard.parts.arrivals import unseen
from dashboard.parts.live import TITLE
from dashboard.session import services
from dashboard.state import page_state

_HERE = Path(__file__).parent

st.set_page_config(page_title=TITLE, page_icon="🚕", layout="wide")
st.html(THEME)  # the first HTML has it already, but for addresses that are no page's
st.html('<a class="skip" href="#results">Skip to the results</a>')
st.logo(_HERE / "logo.svg", size="large")

state = page_state()
state.counted = len(unseen(state, services().bridge.snapshot()))
queries_title = f"My queries ({state.counted})" if state.counted else "My queries"

st.navigation(
    [
        st.Page("views/explore.py", title="Explore", icon=":material/search:", default=True),
        st.Page("views/queries.py", title=queries_title, icon=":material/history:", url_path=paths.QUERIES),
        st.Page(
            "views/catalogue.py",
            title="Reports and data",
            icon=":material/menu_book:",
            url_path=paths.CATALOGUE,
        ),
        st.Page("views/status.py", title="Status", icon=":material/monitor_heart:", url_path=paths.STATUS),
        st.Page("views/codes.py", title="Codes", url_path=paths.CODES, visibility="hidden"),
    ],
    position="top",
).run()
