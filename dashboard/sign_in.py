"""Streamlit's sign-in, where the dashboard is hosted for a company: who asks, and the way in.

Source: Streamlit documentation, `st.login` and `st.user`: `is_logged_in` is there when a sign-in is configured.
"""

from __future__ import annotations

import streamlit as st


def is_offered() -> bool:
    """Say whether a sign-in is configured (`[auth]` in Streamlit's secrets)."""
    return st.user.get("is_logged_in") is not None


def signed_in_token() -> str | None:
    """Give the ID token of the sign-in, None where nobody is signed in or no sign-in is configured."""
    return st.user.tokens.get("id") if st.user.get("is_logged_in") else None


def signed_in_name() -> str | None:
    """Give the name by which the provider knows who is signed in, None where nobody is."""
    if not st.user.get("is_logged_in"):
        return None
    known = (st.user.get(claim) for claim in ("name", "email", "sub"))
    return next((str(text) for text in known if text), None)


def draw_sign_in() -> None:
    """Show the way in; the provider sends the browser back to the page."""
    st.button("Sign in", key="sign_in", type="primary", icon=":material/login:", on_click=st.login)


def draw_sign_out() -> None:
    """Show the way out; queries that run go on, and are there after the next sign-in."""
    st.button("Sign out", key="sign_out", icon=":material/logout:", on_click=st.logout)
