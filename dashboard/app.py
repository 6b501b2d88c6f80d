"""The server's entry: `streamlit run dashboard/app.py` finds `app`; the pages are in `main.py`."""

from __future__ import annotations

import streamlit as st

from dashboard.server import lifespan, routes

app = st.App("main.py", routes=routes(), lifespan=lifespan)
