"""Two people in two browsers ask the same question again and again, in turns: each sees his own answers alone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import ANSWER
from tests.browser.portal import running_portal, sign_in
from tests.browser.stand_ins import StandIn
from tests.end_to_end.steps import submit_button

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(600)]

ROUNDS = 25
ASKED = "[class*='st-key-history_']"
_SLOW_MS = 60_000


@pytest.fixture(scope="module")
def portal(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_portal(stand_in, tmp_path_factory.mktemp("host"), ["ana", "bob"]) as address:
        yield address


def query_in_address(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query).get("queryId", [""])[0]


def ask(page: Page) -> str:
    """Press Submit; give the query that the address names from then on."""
    before = query_in_address(page)
    submit_button(page).click()
    page.wait_for_url(lambda address: "queryId=" in address and (not before or before not in address))
    return query_in_address(page)


def listed(page: Page) -> set[str]:
    """Give the queries in somebody's list."""
    page.get_by_role("link", name="My queries").click()
    lines = page.locator(ASKED)
    expect(lines).to_have_count(ROUNDS, timeout=_SLOW_MS)
    classes = lines.evaluate_all("lines => lines.map(line => line.className)")
    return {
        name.removeprefix("st-key-history_")
        for names in classes
        for name in names.split()
        if "history_" in name
    }


def test_fifty_answers_to_one_question_of_two_people_are_each_their_owners(
    browser: Browser, portal: str, stand_in: StandIn
) -> None:
    with browser.new_context() as anas, browser.new_context() as bobs:
        ana, bob = anas.new_page(), bobs.new_page()
        sign_in(ana, portal, "ana")
        sign_in(bob, portal, "bob")
        asked: dict[Page, set[str]] = {ana: set(), bob: set()}
        before = stand_in.warehouse_calls()["ExecuteStatement"]
        for _ in range(ROUNDS):
            for page in (ana, bob):
                asked[page].add(ask(page))
            for page in (ana, bob):
                expect(page.get_by_text(ANSWER)).to_be_visible(timeout=_SLOW_MS)
                assert query_in_address(page) in asked[page]

        assert stand_in.warehouse_calls()["ExecuteStatement"] - before == 2 * ROUNDS
        assert (listed(ana), listed(bob)) == (asked[ana], asked[bob])
        assert asked[ana].isdisjoint(asked[bob])
