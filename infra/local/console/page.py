"""The console's page, and the stream of what happens after it was opened (server-sent events)."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template

from infra.local.console.feed import Feed, Step, Steps
from infra.local.faults import FAULTS, HANDLER_FAULTS, Faults
from infra.local.gateway.http import Receive, Response, Send

_PAGE = Path(__file__).with_name("page.html")
_NUMBERS = {"delay_ms": 3000, "freeze_ms": 10_000, "skew_s": -3600}
_CLOSED = "<p>With <code>make run FAULTS=1</code> there is a button for each fault here.</p>"


def console_page(faults: Faults, faults_open: bool) -> Response:
    """Give the page; nothing on it may come from elsewhere, and only its own script runs."""
    nonce, page = secrets.token_urlsafe(), Template(_PAGE.read_text(encoding="utf-8"))
    forms = _forms(faults.function_ids) if faults_open else _CLOSED
    html = page.substitute(nonce=nonce, faults=forms, on=escape(faults.on()))
    policy = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'"
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"))
    return Response(200, (*headers, ("Content-Security-Policy", policy)), html.encode())


async def stream(feed: Feed, receive: Receive, send: Send) -> None:
    """Send every step as it happens, until somebody has seen enough."""
    headers = [(b"Content-Type", b"text/event-stream"), (b"Cache-Control", b"no-store")]
    with feed.watching() as steps:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
        leaving = asyncio.create_task(_leave(receive, steps))
        while (step := await steps.get()) is not None:
            body = f"data: {step_html(step)}\n\n".encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
        leaving.cancel()
    await send({"type": "http.response.body", "body": b""})


def step_html(step: Step) -> str:
    """Write a step as an item of a list, on one line."""
    names = f'data-kind="{step.kind}" data-queries="{" ".join(step.queries)}"'
    time = f"<time>{step.at:%H:%M:%S}.{step.at.microsecond // 1000:03}</time>"
    shown = f"{time} <b>{step.kind}</b> {escape(step.text)}"
    return f"<li {names}{'' if step.well else ' class=bad'}>{shown}</li>"


async def _leave(receive: Receive, steps: Steps) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    steps.put_nowait(None)


def _forms(function_ids: Iterable[str]) -> str:
    options = "".join(f"<option>{escape(one)}</option>" for one in sorted(function_ids))
    chosen = f'<select aria-label="function">{options}</select>'
    groups = [_fieldset(group, names, "") for group, names in FAULTS.items()]
    return "".join([*groups, _fieldset("handlers", HANDLER_FAULTS, chosen)])


def _fieldset(group: str, names: Iterable[str], chosen: str) -> str:
    forms = (
        f'<form data-group="{group}" data-name="{name}"><button>{name}</button>{chosen}'
        f'<input type="number" value="{_NUMBERS.get(name, 1)}" aria-label="number of {name}"></form>'
        for name in names
    )
    return f"<fieldset><legend>{group}</legend>{''.join(forms)}</fieldset>"
