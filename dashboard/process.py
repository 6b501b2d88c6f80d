"""What the sessions of one server share: its settings, the embedded pipeline, the open bridges, known paces."""

from __future__ import annotations

import threading

import streamlit as st

from dashboard.client.bridge import Bridge
from dashboard.client.events import Pace
from dashboard.client.rest import RestClient
from dashboard.client.tokens import LocalTokens, SignedInToken
from dashboard.client.upstream import Endpoints, PipelineNotReady, Tokens, Upstream, is_loopback
from dashboard.embedded import embedded_pipeline
from dashboard.settings import Settings, load_settings
from pipeline.core.reports import Catalogue

_CLOSE_WITHIN_SECONDS = 2.0


class Process:
    """One per server. `pipeline` is None where the settings name a pipeline that runs elsewhere."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.pipeline = None if settings.endpoints else embedded_pipeline()
        self._lock = threading.Lock()
        self._bridges: dict[str, Bridge] = {}
        self._paces: dict[str, Pace] = {}
        self._local_tokens = LocalTokens(settings.local_user)
        if self.pipeline:
            self.pipeline.when_reports_change(self._wake_pages)

    @property
    def is_on_this_computer(self) -> bool:
        """Say whether the pipeline answers on this machine, whoever started it."""
        endpoints = self._settings.endpoints
        return endpoints is None or is_loopback(endpoints.rest)

    def start(self) -> None:
        """Start what has to run before the first page."""
        if self.pipeline:
            self.pipeline.start()

    def stop(self) -> None:
        """Close every connection and end the embedded pipeline."""
        with self._lock:
            bridges = list(self._bridges.values())
        for bridge in bridges:
            bridge.close()
        for bridge in bridges:
            bridge.join(_CLOSE_WITHIN_SECONDS)
        if self.pipeline:
            self.pipeline.stop()

    def upstream(self, signed_in_token: str | None) -> Upstream:
        """Say how a session reaches the pipeline: as the local user, or with the token of its sign-in."""
        return Upstream(self._endpoints, self._tokens(signed_in_token))

    def open_bridge(self, upstream: Upstream) -> Bridge:
        """Open a session's bridge and make it known to the push route."""
        bridge = Bridge(upstream, self._pace_of, self._forget)
        with self._lock:
            self._bridges[bridge.push_token] = bridge
        return bridge

    def rest_client(self, upstream: Upstream) -> RestClient:
        """Make a session's REST client; the catalogues that it reads tell every session how long reports take."""
        return RestClient(upstream, self._learn)

    def find_bridge(self, push_token: str) -> Bridge | None:
        """Find the open bridge of a push token."""
        bridge = self._bridges.get(push_token)
        return None if bridge is None or bridge.closed else bridge

    def _endpoints(self) -> Endpoints:
        if self._settings.endpoints:
            return self._settings.endpoints
        if self.pipeline is None:
            raise PipelineNotReady("No pipeline is configured.", starting=False)
        return self.pipeline.endpoints()

    def _tokens(self, signed_in_token: str | None) -> Tokens:
        endpoints = self._settings.endpoints
        if endpoints is None or endpoints.token_url:
            return self._local_tokens
        return SignedInToken(signed_in_token)

    def _pace_of(self, topic_name: str) -> Pace:
        return self._paces.get(topic_name, Pace())

    def _learn(self, catalogue: Catalogue) -> None:
        for report in catalogue.reports:
            self._paces[report.topic_name] = Pace(report.usual_seconds, report.deadline_seconds)

    def _wake_pages(self) -> None:
        """Let every open page look at the reports again: one of them has changed."""
        with self._lock:
            bridges = list(self._bridges.values())
        for bridge in bridges:
            bridge.wake()

    def _forget(self, bridge: Bridge) -> None:
        with self._lock:
            self._bridges.pop(bridge.push_token, None)


@st.cache_resource(show_spinner=False)
def process() -> Process:
    """Give this server's process: Streamlit's own place for what is made once and shared.

    Raises:
        SettingsError: the settings cannot be used.
    """
    return Process(load_settings())
