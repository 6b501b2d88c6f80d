"""Plain `streamlit run` with nothing configured: the pipeline starts by itself, and ends with the dashboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.dashboards import PRODUCT, running_dashboard
from tests.browser.pages import LIVE, expect_answer, expect_chart, open_explore

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def test_a_question_is_answered_by_the_pipeline_that_the_dashboard_started(page: Page) -> None:
    with running_dashboard(PRODUCT, {}) as address:
        page.goto(address)
        expect(page.get_by_text(LIVE)).to_be_visible(timeout=120_000)
        open_explore(page, address)
        page.get_by_role("button", name="Submit").click()
        expect_answer(page)
        expect_chart(page)
