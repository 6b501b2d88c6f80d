"""What the dashboard's server is made of besides its pages: what starts and ends with it, push route and first HTML."""

from __future__ import annotations

import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.routing import BaseRoute

from dashboard import paths
from dashboard.client.bridge import Bridge
from dashboard.first_page import page_routes
from dashboard.process import process
from dashboard.push_route import push_route
from dashboard.settings import SettingsError

_HEAVY = ("pandas", "plotly.graph_objects", "pyarrow")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Start the embedded pipeline, load what every page needs, and end cleanly."""
    shared = process()
    shared.start()
    for name in _HEAVY:
        importlib.import_module(name)
    # Streamlit collects garbage after every run; what lives as long as the server need not be looked at again
    # (measured: an empty fragment run takes 47 ms of CPU without this, 5 ms with it).
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        shared.stop()


def routes() -> list[BaseRoute]:
    """Give the routes beside Streamlit's own; called once, by the entry file.

    Raises:
        SystemExit: the settings cannot be used; said here, where no traceback is put around the sentence.
    """
    try:
        process()
    except SettingsError as error:
        raise SystemExit(str(error)) from error
    base_path = st.get_option("server.baseUrlPath")
    return [push_route(base_path, _find_bridge), *page_routes(base_path, paths.ALL)]


def _find_bridge(push_token: str) -> Bridge | None:
    return process().find_bridge(push_token)
