"""What a press means, in the browser alone, where Streamlit or plotly would make nothing of it.

A mark of a chart: plotly lets it go when it is pressed again, so a double-click would choose nothing. It takes a
finger's tap for a press of the finger and one more of the mouse that the browser makes of it; here only the second
counts, which knows what lies below.

A field of days tells what was typed when it is left. Ctrl+Enter in it leaves it, then presses Submit. A link of the
navigation that is pressed out of a field waits until the form has taken the days: else Streamlit draws them into the
page that comes, and shows nothing any more.
"""

from __future__ import annotations

import streamlit as st

from dashboard.wake import WHEN_STILL

_JAVASCRIPT = """
const MARKS = '[class*="st-key-leads_on_"] .nsewdrag';
const DAYS = '[data-testid="stDateInput"] [role="spinbutton"]';
const LINKS = '[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]';
const HEARD = 200; // by then a run that the field has caused is under way
let left = -Infinity;
const whenTaken = (then) => setTimeout(() => whenStill(then), HEARD);
const single = (event) => {
  const again = event.type === "touchstart" || event.detail > 1;
  if (again && event.target.closest?.(MARKS)) event.stopImmediatePropagation();
};
const submit = (event) => {
  const row = document.querySelector(".st-key-submit_row");
  if (!row || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.closest?.(DAYS)) return;
  row.tabIndex = -1; // the button itself takes no focus while the days are half chosen
  row.focus({ preventScroll: true });
  whenTaken(() => { row.querySelector("button").focus({ preventScroll: true }); row.querySelector("button").click(); });
};
const leave = (event) => { if (event.target.closest?.(".st-key-form")) left = performance.now(); };
const follow = (event) => {
  const link = event.target.closest?.(LINKS), elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || elsewhere || performance.now() - left > HEARD) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  left = -Infinity;
  whenTaken(() => link.click());
};
const heard = { mousedown: single, touchstart: single, keydown: submit, focusout: leave, click: follow };
export default function () {
  for (const [type, listener] of Object.entries(heard)) addEventListener(type, listener, true);
  return () => { for (const [type, listener] of Object.entries(heard)) removeEventListener(type, listener, true); };
}
"""

_presses = st.components.v2.component("nyc_taxi_insights_presses", js=WHEN_STILL + _JAVASCRIPT)


def watch_presses() -> None:
    """Let presses mean this for as long as the page is in view."""
    _presses(key="presses")
