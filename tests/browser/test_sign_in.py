"""Hosted for a company: whoever is signed out signs in at the provider, asks, and sees his own queries alone."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from infra.local.place import TOKEN_AUDIENCE
from tests.browser.dashboards import PRODUCT, ROOT, dashboard_process, free_port, settings_for
from tests.browser.pages import LIVE, expect_answer, press_submit
from tests.browser.sign_in_provider import sign_in_provider
from tests.browser.stand_ins import StandIn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ASKED = "[class*='st-key-history_']"


@pytest.fixture(scope="module")
def portal(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard without an address for tokens, as docs/deploying.md sets it up; gives its address."""
    assert stand_in.endpoints.token_url is not None
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = settings_for(stand_in.endpoints)
    del settings["INSIGHTS_TOKEN_URL"]
    with sign_in_provider(stand_in.endpoints.token_url, ["ana", "bob"]) as provider:
        secrets = tmp_path_factory.mktemp("host") / "secrets.toml"
        secrets.write_text(_secrets(address, provider.address), encoding="utf-8")
        with dashboard_process(PRODUCT, settings, port, "--secrets.files", str(secrets)):
            yield address


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


def sign_in(page: Page, portal: str, name: str) -> None:
    page.goto(portal)
    way_in = page.get_by_role("button", name="Sign in")
    expect(way_in).to_be_visible(timeout=60_000)
    way_in.click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=30_000)


def test_whoever_is_signed_out_sees_the_way_in_and_cannot_submit(page: Page, portal: str) -> None:
    page.goto(portal)

    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Signed out")).to_be_visible()
    expect(page.get_by_text("Sign in to see and run reports.")).to_be_visible()
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)


def test_whoever_signs_in_gets_answers_and_sees_his_own_queries_alone(browser: Browser, portal: str) -> None:
    with browser.new_context() as ana, browser.new_context() as bob:
        anas, bobs = ana.new_page(), bob.new_page()
        sign_in(anas, portal, "ana")
        press_submit(anas)
        expect_answer(anas)
        anas.get_by_role("link", name="My queries").click()
        expect(anas.locator(ASKED)).to_have_count(1)

        sign_in(bobs, portal, "bob")
        bobs.get_by_role("link", name="My queries").click()

        expect(bobs.get_by_text("Nothing asked in the last 24 hours")).to_be_visible()
        expect(bobs.locator(ASKED)).to_have_count(0)


def test_whoever_signs_out_is_asked_again(browser: Browser, portal: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        sign_in(page, portal, "ana")
        page.get_by_role("link", name="Status").click()
        expect(page.get_by_text("Signed in as ana.")).to_be_visible()

        page.get_by_role("button", name="Sign out").click()

        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
