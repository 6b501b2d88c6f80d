"""Where the seconds went, on the page: two spans by this machine's clock, and the drawing by the browser's own.

The browser reports nothing and causes no run: it marks the notice when it comes (`dashboard/wake.py`), and writes the
third span itself when the charts stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.client.model import QueryView
from dashboard.spans import spans_text

_JAVASCRIPT = """
const drawn = new Map(), notices = new Map();
// As `formats.duration_text` writes it.
const seconds = (ms) => (ms < 50 ? "under 0.1 s" : `${(ms / 1000).toFixed(1)} s`);
const whenPainted = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
export default function ({ parentElement, data }) {
  const place = parentElement.querySelector("span");
  const show = () => {
    const ms = drawn.get(data.query);
    place.textContent = ms === undefined ? `${data.text}.` : `${data.text}, drawn in ${seconds(ms)}.`;
  };
  show();
  // A second run, which no notice caused, may come before the charts stand.
  if (data.notice && !notices.has(data.query)) {
    notices.set(data.query, performance.getEntriesByName(data.notice).at(-1));
  }
  const notice = notices.get(data.query);
  if (!notice || !data.charts || drawn.has(data.query)) return;
  let waiting = true;
  const began = performance.now();
  const stands = (n) => document.querySelector(`.st-key-chart_${n} .main-svg`);
  const look = () => {
    if (!waiting || performance.now() - began > 30000) return;
    if (!data.charts.every(stands)) return requestAnimationFrame(look);
    whenPainted(() => { drawn.set(data.query, performance.now() - notice.startTime); if (waiting) show(); });
  };
  requestAnimationFrame(look);
  return () => { waiting = false; };
}
"""

_spans = st.components.v2.component(
    "nyc_taxi_insights_spans",
    html="<span></span>",
    css="span { font-size: .875rem; font-variant-numeric: tabular-nums; color: var(--st-gray-text-color, inherit) }",
    js=_JAVASCRIPT,
)


def draw_spans(query: QueryView, notice: str | None, charts: Sequence[int] | None) -> None:
    """Draw the line. `notice` is the browser's mark of the notice that caused this run, `charts` the numbers drawn.

    `charts` None: they are not to be drawn yet, and the third span goes on.
    """
    text = spans_text(query)
    if text is not None:
        _spans(
            key="spans",
            data={"text": text, "query": query.query_id, "notice": notice, "charts": charts},
        )
