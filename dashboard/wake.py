"""The browser's half of the wake-up: reruns the results fragment when the push socket says that there is news.

It does so once more, when the first page has been drawn: what is heavy to draw waits for that. While a page is being
exchanged for another it says nothing: its fragment would be gone when that is read, and Streamlit then may show
neither of the two pages.

Where the push socket cannot be opened (a proxy that lets only Streamlit's own socket through), a ticker runs,
and only while something is pending.
"""

from __future__ import annotations

import streamlit as st

from dashboard.client.bridge import Bridge
from dashboard.push_route import push_path
from dashboard.state import page_state

TICK_SECONDS = 0.5

WHEN_STILL = """
const isStill = (app) => !app || (app.dataset.testScriptState || "notRunning") === "notRunning";
function whenStill(then) {
  const app = document.querySelector(".stApp");
  if (isStill(app)) return then();
  const runs = new MutationObserver(() => { if (isStill(app)) { runs.disconnect(); then(); } });
  runs.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}
"""
"""The browser's `whenStill(then)`: do something when no run is under way."""

_JAVASCRIPT = """
let path, socket, tell, failures = 0;
const whenIdle = window.requestIdleCallback || ((then) => setTimeout(then, 200));
function open() {
  const here = path, opened = socket = new WebSocket(location.origin.replace(/^http/, "ws") + here);
  opened.onopen = () => { if (failures > 1) whenStill(() => tell.setStateValue("push", "open")); failures = 0; };
  opened.onmessage = (frame) => {
    performance.mark(`notice ${frame.data}`);
    whenStill(() => tell.setTriggerValue("notice", frame.data));
  };
  opened.onclose = (close) => {
    if (here !== path) return;
    if (close.code === 4404) whenStill(() => tell.setTriggerValue("notice", "new token"));
    else if (close.code === 1006 && ++failures === 2) whenStill(() => tell.setStateValue("push", "refused"));
    setTimeout(() => here === path && open(), failures > 1 ? 10000 : 1000);
  };
}
export default function (component) {
  tell = component;
  if (path === component.data.path) return;
  path = component.data.path;
  if (socket) socket.close();
  open();
  if (!component.data.drawn) whenIdle(() => whenStill(() => tell.setStateValue("drawn", true)), { timeout: 2000 });
}
"""

_push = st.components.v2.component("nyc_taxi_insights_push", js=WHEN_STILL + _JAVASCRIPT)


def mount(bridge: Bridge) -> str | None:
    """Take the notices and listen for the next: to be called first in the results fragment.

    Each notice that comes later reruns the fragment that this is called in, and nothing else. Gives the name under
    which the browser has marked the moment of the notice that caused this run; None where no frame did.
    """
    bridge.drain()
    state = page_state()
    data = {"path": push_path(st.get_option("server.baseUrlPath"), bridge.push_token), "drawn": state.drawn}
    heard = _push(
        key="push", data=data, on_notice_change=_rerun, on_push_change=_rerun, on_drawn_change=_rerun
    )
    # The browser says these once, and each page mounts anew: without memory a change of page would end the ticker.
    state.push = heard.push or state.push
    state.drawn = heard.drawn or state.drawn
    if state.push == "refused" and (_is_pending(bridge) or state.is_receiving):
        _ticker(bridge)
    return f"notice {heard.notice}" if heard.notice else None


def _rerun() -> None:
    """Do nothing: that the fragment runs again is all that is wanted."""


def _is_pending(bridge: Bridge) -> bool:
    return any(query.ended_at is None for query in bridge.snapshot().queries)


@st.fragment(run_every=TICK_SECONDS)
def _ticker(bridge: Bridge) -> None:
    if bridge.waiting():
        st.rerun()
