"""Who is signed in, and the way out; nothing where no sign-in is configured."""

from __future__ import annotations

import streamlit as st

from dashboard.formats import plain
from dashboard.sign_in import draw_sign_out, signed_in_name


def draw_account() -> None:
    """Show whose queries these are, where somebody is signed in."""
    name = signed_in_name()
    if name is None:
        return
    st.subheader("Account")
    st.markdown(f"Signed in as **{plain(name)}**.")
    draw_sign_out()
