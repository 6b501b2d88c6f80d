"""The page is woken by the notice: by the push socket, or by a ticker where that cannot be opened."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.dashboards import running_dashboard, settings_for
from tests.dashboard.client.pipeline_double import PipelineDouble, finished, pipeline_double

pytestmark = pytest.mark.browser

PUSH_APP = Path(__file__).parent / "assets" / "push_app.py"


@pytest.fixture(scope="module")
def double() -> Iterator[PipelineDouble]:
    with pipeline_double() as running:
        yield running


@pytest.fixture(scope="module")
def address(double: PipelineDouble) -> Iterator[str]:
    with running_dashboard(PUSH_APP, settings_for(double.endpoints)) as running:
        yield running


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("link: live")).to_be_visible(timeout=20_000)


def runs(page: Page, kind: str) -> int:
    text = page.get_by_text(f"{kind} runs:").inner_text()
    found = re.search(r"(\d+)", text)
    assert found
    return int(found[1])


def submit(page: Page, double: PipelineDouble) -> str:
    page.get_by_role("button", name="Submit").click()
    try:
        query_id: str = double.next_message("run")["queryId"]
    except Empty as silence:
        shown = page.locator("body").inner_text()
        raise AssertionError(f"Nothing was asked for. The page shows:\n{shown}") from silence
    expect(page.get_by_text("phases: sending").or_(page.get_by_text("phases: running"))).to_be_visible()
    return query_id


def test_one_notice_is_one_fragment_run_and_nothing_runs_before_it(
    page: Page, address: str, double: PipelineDouble
) -> None:
    open_page(page, address)
    connection = double.next_connection()
    query_id = submit(page, double)
    page.wait_for_timeout(500)
    fragment_runs, script_runs = runs(page, "fragment"), runs(page, "script")
    page.wait_for_timeout(3000)
    assert (runs(page, "fragment"), runs(page, "script")) == (fragment_runs, script_runs)

    connection.send(finished(query_id))

    expect(page.get_by_text("phases: finished")).to_be_visible()
    page.wait_for_timeout(2500)
    assert (runs(page, "fragment"), runs(page, "script")) == (fragment_runs + 1, script_runs)


def test_the_push_socket_stays_one_over_many_notices(
    page: Page, address: str, double: PipelineDouble
) -> None:
    sockets: list[WebSocket] = []
    page.on("websocket", lambda opened: sockets.append(opened) if "/push/" in opened.url else None)
    open_page(page, address)
    connection = double.next_connection()
    for count in range(1, 4):
        connection.send(finished(submit(page, double)))
        expect(page.get_by_text(f"phases: {' '.join(['finished'] * count)}")).to_be_visible()
    assert len(sockets) == 1


def test_a_ticker_wakes_the_page_where_the_push_socket_is_refused(
    page: Page, address: str, double: PipelineDouble
) -> None:
    page.route_web_socket(re.compile("/push/"), lambda socket: socket.close(code=1006))
    open_page(page, address)
    connection = double.next_connection()
    query_id = submit(page, double)
    page.wait_for_timeout(3000)
    assert page.get_by_text("phases: finished").count() == 0

    connection.send(finished(query_id))

    expect(page.get_by_text("phases: finished")).to_be_visible()


def test_a_closed_tab_ends_its_connection_to_the_pipeline(browser: Browser, double: PipelineDouble) -> None:
    settings = settings_for(double.endpoints)
    with running_dashboard(PUSH_APP, settings, "--server.disconnectedSessionTTL", "1") as address:
        context = browser.new_context()
        open_page(context.new_page(), address)
        connection = double.next_connection()
        context.close()
        end = time.monotonic() + 30
        while connection.close_code is None and time.monotonic() < end:
            time.sleep(0.1)
        assert connection.close_code == 1000
