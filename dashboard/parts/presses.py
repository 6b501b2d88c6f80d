"""A press on a mark of a chart, in the browser alone: one press is one, by mouse and by finger.

Plotly lets a mark go when it is pressed again, so a double-click would choose nothing. It takes a finger's tap for a
press of the finger and one more of the mouse that the browser makes of it; here only the second counts, which knows
what lies below.
"""

from __future__ import annotations

import streamlit as st

_JAVASCRIPT = """
const MARKS = '[class*="st-key-leads_on_"] .nsewdrag';
const single = (event) => {
  const again = event.type === "touchstart" || event.detail > 1;
  if (again && event.target.closest?.(MARKS)) event.stopImmediatePropagation();
};
export default function () {
  addEventListener("mousedown", single, true);
  addEventListener("touchstart", single, true);
  return () => {
    removeEventListener("mousedown", single, true);
    removeEventListener("touchstart", single, true);
  };
}
"""

_presses = st.components.v2.component("nyc_taxi_insights_presses", js=_JAVASCRIPT)


def single_presses() -> None:
    """Let each press on a mark that leads on be one, for as long as this is drawn."""
    _presses(key="presses")
