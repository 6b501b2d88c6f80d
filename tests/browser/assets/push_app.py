"""The real server around the smallest page."""

from __future__ import annotations

import streamlit as st

from dashboard.server import lifespan, routes

app = st.App("push_main.py", routes=routes(), lifespan=lifespan)
