"""The explanations of the codes, each with an anchor of its name."""

from __future__ import annotations

import streamlit as st

from dashboard.codes import codes


def draw_codes() -> None:
    """Draw every code with its meaning."""
    st.markdown("What each code means, and what to do.")
    for code in codes():
        st.subheader(f"`{code.name}`", anchor=code.name)
        st.markdown(f"{code.meaning[0].upper()}{code.meaning[1:]}.")
        st.caption(f"The same request may succeed later: {code.repeat}.")
