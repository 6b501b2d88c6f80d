"""What stands where figures and charts will be, of their heights: nothing moves when they come."""

from __future__ import annotations

import streamlit as st

_FIGURE_HEIGHT = 84
_CHART_HEIGHT = 360


def draw_skeleton(*, figures: bool, charts: int) -> None:
    """Draw the places of the figures and of so many charts."""
    if figures:
        st.skeleton(height=_FIGURE_HEIGHT)
    for _ in range(charts):
        st.skeleton(height=_CHART_HEIGHT)
