"""What a running script holds: its session's bridge and REST client, with the lease that ends them in time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.client.bridge import Bridge
from dashboard.client.rest import RestClient
from dashboard.embedded import EmbeddedState
from dashboard.process import process
from dashboard.sign_in import signed_in_token

KEY = "services"
# The session itself is gone after its time to live; the rest only keeps two clocks from racing.
_MARGIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a page needs from outside. `child` is None where the dashboard has not started the pipeline.

    `on_this_computer`: such a pipeline has a loopback address.
    A test puts its own into `st.session_state[KEY]` before the first run; `leased` False keeps it out of the
    lease.
    """

    bridge: Bridge
    rest: RestClient
    child: EmbeddedState | None
    leased: bool = False
    on_this_computer: bool = False

    @property
    def reports_changed(self) -> int:
        """Count the changes of reports that the pipeline has told of; one that runs elsewhere tells of none."""
        return self.child.reports_changed if self.child else 0


def services() -> Services:
    """Give the session's services; to be called at the top of the page and of the results fragment.

    Makes them at the first call, and again where the bridge has closed because nobody looked for a while:
    then the queries that were pending have to be watched again.
    """
    held: Services | None = st.session_state.get(KEY)
    if held is None or held.bridge.closed:
        held = _open()
    if held.leased:
        _lease().hold(held.bridge)
        held = replace(held, child=_child_state())
    st.session_state[KEY] = held
    return held


class _Lease:
    """Holds a bridge for as long as a browser is connected; then the bridge has its time of grace."""

    def __init__(self) -> None:
        self._bridge: Bridge | None = None

    def hold(self, bridge: Bridge) -> None:
        self._bridge = bridge
        bridge.attach()

    def release(self) -> None:
        """Called on the server's own loop when the browser has gone (a tab closed, a reload, a lost network)."""
        if self._bridge is not None:
            self._bridge.detach(st.get_option("server.disconnectedSessionTTL") + _MARGIN_SECONDS)


@st.cache_resource(scope="session", on_release=_Lease.release, show_spinner=False)
def _lease() -> _Lease:
    return _Lease()


def _open() -> Services:
    shared = process()
    upstream = shared.upstream(signed_in_token())
    return Services(
        shared.open_bridge(upstream),
        shared.rest_client(upstream),
        _child_state(),
        leased=True,
        on_this_computer=shared.is_on_this_computer,
    )


def _child_state() -> EmbeddedState | None:
    pipeline = process().pipeline
    return pipeline.state() if pipeline else None
