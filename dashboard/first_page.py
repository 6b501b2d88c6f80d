"""The HTML that a browser reads first: Streamlit's own, with the style sheet in it from the start.

A style that comes with the elements of a page comes later than some of them are drawn: these would jump.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

THEME = Path(__file__).parent / "theme.css"
_STREAMLITS = Path(st.__file__).parent / "static" / "index.html"
_END = "</body>"
_HEADERS = {"Cache-Control": "no-cache"}


def page_routes(base_path: str, pages: tuple[str, ...]) -> list[Route]:
    """Give the routes of these pages, by the last part of their address; "" is the first.

    Raises:
        ValueError: Streamlit's HTML has no body's end any more.
    """
    before, end, after = _STREAMLITS.read_text(encoding="utf-8").partition(_END)
    if not end:
        raise ValueError(f"{_STREAMLITS} has no {_END}.")
    # At the end of the body: rules of the same weight that Streamlit puts into the head give way.
    page = f"{before}<style>{THEME.read_text(encoding='utf-8')}</style>{end}{after}"

    def answer(_: Request) -> HTMLResponse:
        return HTMLResponse(page, headers=_HEADERS)

    base = f"/{base_path.strip('/')}".rstrip("/")
    return [Route(f"{base}/{name}", answer) for name in pages]
