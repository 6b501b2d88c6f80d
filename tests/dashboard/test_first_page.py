"""The first HTML has the style sheet, so that no page is drawn without it."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from dashboard.first_page import THEME, page_routes

pytestmark = pytest.mark.fast

PAGES = ("", "queries")


@pytest.mark.parametrize(
    ("base_path", "addresses"), [("", ["/", "/queries"]), ("/taxi/", ["/taxi/", "/taxi/queries"])]
)
def test_each_page_has_its_address_below_that_of_the_app(base_path: str, addresses: list[str]) -> None:
    assert [route.path for route in page_routes(base_path, PAGES)] == addresses


def test_a_page_is_streamlits_with_our_style_at_its_end_and_no_browser_keeps_it() -> None:
    route = page_routes("", PAGES)[0]

    answer = route.endpoint(Request({"type": "http"}))
    html = bytes(answer.body).decode()

    assert answer.headers["cache-control"] == "no-cache"
    assert '<div id="root">' in html
    assert f"<style>{THEME.read_text(encoding='utf-8')}</style></body>" in html
