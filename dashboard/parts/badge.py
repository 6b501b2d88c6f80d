"""The connection badge, and the sentence that goes with a connection that is not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.client.bridge import Bridge
from dashboard.client.model import Link, LinkState
from dashboard.formats import clock_seconds_text, clock_text, plain
from dashboard.sign_in import draw_sign_in, is_offered
from dashboard.state import PageState

BADGES: Mapping[LinkState, str] = MappingProxyType(
    {
        "connecting": ":blue[:material/sync:] Connecting",
        "live": ":green[:material/check_circle:] Live",
        "reconnecting": ":orange[:material/sync_problem:] Reconnecting",
        "offline": ":red[:material/cloud_off:] Offline since {since}",
        "signed_out": ":orange[:material/lock:] Signed out",
        "unavailable": ":red[:material/error:] Unavailable",
    }
)
_LIVE_AGAIN = ":green[:material/check_circle:] Live again since {since}"
_AGAIN_FOR = timedelta(minutes=1)
_NO_SUBMIT: frozenset[LinkState] = frozenset({"offline", "signed_out", "unavailable"})


def allows_submit(link: Link) -> bool:
    """Say whether a question can be sent now or in a moment."""
    return link.state not in _NO_SUBMIT


def follow_link(state: PageState, link: Link) -> None:
    """Run the whole page once when it has to change with the connection: form, list of reports."""
    came_alive = state.catalogue is None and link.state == "live" and state.catalogue_tried_for != link.since
    if came_alive or allows_submit(link) != state.submit_allowed:
        state.catalogue_tried_for = link.since
        state.submit_allowed = allows_submit(link)
        st.rerun()


def draw_badge(place: DeltaGenerator, link: Link, zone: ZoneInfo) -> None:
    """Show icon and word in the place that the page keeps for it."""
    place.markdown(badge_text(link, datetime.now(UTC), zone), width="content")


def badge_text(link: Link, now: datetime, zone: ZoneInfo) -> str:
    """Give icon and word. A link can come back within a blink: for a minute the badge says that it was away."""
    is_again = link.state == "live" and link.came_back and now - link.since < _AGAIN_FOR
    text = _LIVE_AGAIN if is_again else BADGES[link.state]
    return text.format(since=clock_text(link.since, zone))


def link_sentence(link: Link, zone: ZoneInfo) -> str | None:
    """Say what a missing connection means for the user, or how far it has come; None where nothing is amiss."""
    if link.state in {"reconnecting", "offline"}:
        since = clock_text(link.since, zone)
        at = f"next try at {clock_seconds_text(link.next_try, zone)}" if link.next_try else "trying now"
        return (
            f"Connection lost at {since}, {at}. Results on screen still work. "
            "Your running queries go on; their answers wait for you."
        )
    if link.state in {"signed_out", "unavailable"}:
        return link.detail or "The pipeline is not available. Nothing is lost."
    return link.detail if link.state == "connecting" else None


def draw_link_notice(link: Link, bridge: Bridge, zone: ZoneInfo) -> None:
    """Show the sentence, with a way to try at once where there is something to try."""
    sentence = link_sentence(link, zone)
    if sentence is None:
        return
    with st.container(key="link_notice"):
        if link.state == "connecting":
            st.info(plain(sentence), icon=":material/hourglass_empty:")
            return
        st.warning(plain(sentence), icon=":material/cloud_off:")
        if link.state == "signed_out" and is_offered():
            draw_sign_in()
        else:
            st.button("Try now", key="reconnect", on_click=bridge.reconnect)
