"""Hosted for a company: whoever is signed out signs in at the provider, asks, and sees his own queries alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import expect_answer
from tests.browser.portal import running_portal, sign_in
from tests.browser.stand_ins import StandIn

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ASKED = "[class*='st-key-history_']"


@pytest.fixture(scope="module")
def portal(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_portal(stand_in, tmp_path_factory.mktemp("host"), ["ana", "bob"]) as address:
        yield address


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
        anas.get_by_role("button", name="Submit").click()
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
