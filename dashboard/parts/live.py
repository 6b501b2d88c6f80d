"""Two small components that run in the browser alone: a clock that ticks, and a region that is read aloud.

Neither causes a run: the clock has its own timer in the browser and ends with its card. The region also puts
the number of unseen answers before the tab's title, and leads to Submit whoever has filled the form from far below.
"""

from __future__ import annotations

import streamlit as st

from dashboard.usual import Usual
from dashboard.wake import WHEN_STILL

TITLE = "NYC Taxi Insights"

_CLOCK = """
const text = (seconds) => seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
export default function ({ parentElement, data }) {
  const clock = parentElement.querySelector(".clock"), slow = parentElement.querySelector(".slow");
  const started = performance.now() - data.elapsed * 1000;
  const tick = () => {
    const seconds = Math.max(0, Math.floor((performance.now() - started) / 1000));
    clock.textContent = text(seconds);
    slow.textContent = seconds >= data.slowAfter ? data.slow : "";
  };
  tick();
  const timer = setInterval(tick, 1000);
  return () => clearInterval(timer);
}
"""

_LIVE = """
let led = 0;
function toForm() {
  const row = document.querySelector(".st-key-submit_row");
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.querySelector("button").focus({ preventScroll: true, focusVisible: true });
}
export default function ({ parentElement, data }) {
  const region = parentElement.querySelector("[role=status]");
  if (region.textContent !== data.text) region.textContent = data.text;
  document.title = data.title;
  if (data.led === led) return;
  led = data.led;
  whenStill(toForm);
}
"""

_clock = st.components.v2.component(
    "nyc_taxi_insights_clock",
    html='<span class="clock" role="timer"></span> <span class="slow"></span>',
    css="span { font: inherit; font-variant-numeric: tabular-nums } .slow { margin-left: .5rem }",
    js=_CLOCK,
)
_live = st.components.v2.component(
    "nyc_taxi_insights_live",
    html='<div role="status" aria-live="polite"></div>',
    css="div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }",
    js=WHEN_STILL + _LIVE,
)

_SLOW = "Longer than usual; we asked the warehouse once. Wait, or cancel."


def clock(key: str, elapsed_seconds: float, usual: Usual) -> None:
    """Show a time that goes on from `elapsed_seconds`, and a sentence once it is longer than usual.

    By then the client has asked the pipeline where the query stands.
    """
    data = {"elapsed": elapsed_seconds, "slowAfter": usual.slow_after_seconds, "slow": _SLOW}
    _clock(key=key, data=data, width="content")


def live_region(text: str, unseen: int, led: int) -> None:
    """Say an arrival to a screen reader, and count unseen answers in the tab's title.

    As often as `led` is another number than before, the form comes into view and Submit gets the focus.
    """
    title = f"({unseen}) {TITLE}" if unseen else TITLE
    _live(key="live", data={"text": text, "title": title, "led": led})
