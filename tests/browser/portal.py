"""A dashboard hosted for a company, with a provider of sign-ins, as docs/deploying.md sets it up."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from infra.local.place import TOKEN_AUDIENCE
from tests.browser.dashboards import PRODUCT, ROOT, dashboard_process, free_port, settings_for
from tests.browser.pages import LIVE
from tests.browser.sign_in_provider import sign_in_provider
from tests.browser.stand_ins import StandIn


@contextmanager
def running_portal(stand_in: StandIn, folder: Path, people: Sequence[str]) -> Iterator[str]:
    """Run a dashboard without an address for tokens, to which these people can sign in; give its address."""
    assert stand_in.endpoints.token_url is not None
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = settings_for(stand_in.endpoints)
    del settings["INSIGHTS_TOKEN_URL"]
    with sign_in_provider(stand_in.endpoints.token_url, people) as provider:
        secrets = folder / "secrets.toml"
        secrets.write_text(_secrets(address, provider.address), encoding="utf-8")
        with dashboard_process(PRODUCT, settings, port, "--secrets.files", str(secrets)):
            yield address


def sign_in(page: Page, portal: str, name: str) -> None:
    """Come to the dashboard signed out, and sign in as somebody."""
    page.goto(portal)
    way_in = page.get_by_role("button", name="Sign in")
    expect(way_in).to_be_visible(timeout=60_000)
    way_in.click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=30_000)


def _secrets(address: str, provider: str) -> str:
    """The example of docs/deploying.md, with what differs from host to host filled in."""
    text = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    example = tomllib.loads(text.partition("```toml\n")[2].partition("```")[0])["auth"]
    filled = {
        "redirect_uri": f"{address}/oauth2callback",
        "cookie_secret": "long and random, but for a test",
        "client_id": TOKEN_AUDIENCE,
        "client_secret": "not asked for",
        "server_metadata_url": provider,
    }
    assert filled.keys() < example.keys()
    return "[auth]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in (example | filled).items())
