"""The smallest page that is woken by a notice; it counts its runs, so that a test can read them."""

from __future__ import annotations

import streamlit as st

from dashboard import wake
from dashboard.session import services

st.session_state["script_runs"] = st.session_state.get("script_runs", 0) + 1
held = services()

if st.button("Submit", key="submit"):
    held.bridge.submit("daily-summary", {"startDate": "2015-06-01", "endDate": "2015-06-30"})


@st.fragment
def results() -> None:
    bridge = services().bridge
    wake.mount(bridge)
    st.session_state["fragment_runs"] = st.session_state.get("fragment_runs", 0) + 1
    snapshot = bridge.snapshot()
    phases = " ".join(query.phase for query in snapshot.queries) or "none"
    st.text(f"phases: {phases}")
    st.text(f"link: {snapshot.link.state}")
    st.text(f"fragment runs: {st.session_state['fragment_runs']}")
    st.text(f"script runs: {st.session_state['script_runs']}")


results()
