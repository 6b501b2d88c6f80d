"""A page of Streamlit with one form and nothing behind it: what `bench.opening` sets ours beside."""

from __future__ import annotations

import streamlit as st

st.title("Yellow taxi")
with st.form("question"):
    st.date_input("From")
    st.form_submit_button("Submit")
