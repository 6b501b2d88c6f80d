"""Submit for June: the answer arrives by push. Nothing runs, asks or polls between the card and the notice."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.counting_proxy import CountingProxy, counting_proxy
from tests.browser.dashboards import PRODUCT, running_dashboard, settings_for
from tests.browser.pages import (
    ANSWER,
    CHART,
    SETTLED_MS,
    box,
    expect_answer,
    expect_chart,
    keep_screenshot,
    open_explore,
    press_submit,
)
from tests.browser.runs import PageRuns, count_runs
from tests.browser.stand_ins import StandIn
from tests.dashboard.test_look import contrast

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# The callback of Submit sends the question and asks for one run of the results' fragment; `accepted` causes none.
RUNS_OF_THE_PRESS = (0, 1, 1)
RUNS_OF_THE_NOTICE = (0, 1, 0)
NO_RUNS = (0, 0, 0)
WHERE_THE_SECONDS_WENT = re.compile(
    r"^Accepted in (under )?[\d.]+ s, warehouse and way back (under )?[\d.]+ s, drawn in (under )?[\d.]+ s\.$"
)
REMEMBER_BADGES = """() => {
  new MutationObserver(() => { window.sawReconnecting ||= document.body.innerText.includes("Reconnecting"); })
    .observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def proxy(stand_in: StandIn) -> Iterator[CountingProxy]:
    with counting_proxy(stand_in.endpoints) as running:
        yield running


@pytest.fixture(scope="module")
def address(proxy: CountingProxy) -> Iterator[str]:
    with running_dashboard(PRODUCT, settings_for(proxy.endpoints)) as running:
        yield running


@pytest.fixture
def runs(page: Page) -> PageRuns:
    return count_runs(page)


@pytest.fixture(autouse=True)
def no_faults_left(stand_in: StandIn) -> Iterator[None]:
    yield
    stand_in.set_faults({"statements": {"delay_ms": 0}})


def actions(proxy: CountingProxy) -> list[str]:
    return [message["action"] for message in proxy.sent]


def types(proxy: CountingProxy) -> list[str]:
    return [message["type"] for message in proxy.received]


def asked_of_the_warehouse(stand_in: StandIn, before: Counter[str]) -> tuple[int, int]:
    """Give how often a statement was executed and described since."""
    since = stand_in.warehouse_calls() - before
    return since["ExecuteStatement"], since["DescribeStatement"]


def test_june_arrives_without_a_reload_and_costs_one_of_each(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    open_explore(page, address)
    before = stand_in.warehouse_calls()
    proxy.forget()

    page.get_by_role("button", name="Submit").click()
    expect_answer(page)
    expect_chart(page)
    page.wait_for_timeout(SETTLED_MS)

    expect(page.get_by_text(WHERE_THE_SECONDS_WENT)).to_be_visible()
    assert actions(proxy) == ["run"]
    assert types(proxy) == ["accepted", "finished"]
    assert [path.split("/")[2] for path in proxy.gets] == ["results"]
    assert asked_of_the_warehouse(stand_in, before) == (1, 0)
    assert len(runs.push_sockets) == 1


def test_the_form_stands_before_the_browser_reads_what_draws_charts(page: Page, address: str) -> None:
    steps: list[str] = []
    page.on("websocket", lambda socket: steps.append("listening") if "/push/" in socket.url else None)
    page.on("request", lambda asked: steps.append("charts") if "/PlotlyChart." in asked.url else None)
    open_explore(page, address)
    assert steps == ["listening", "charts"]


def test_the_receipt_on_the_page_names_the_hash_of_the_file_that_is_taken_away(
    page: Page, address: str
) -> None:
    open_explore(page, address)
    page.get_by_role("button", name="Submit").click()
    expect_answer(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        files = {name.partition(".")[2]: packed.read(name) for name in packed.namelist()}
    digest = sha256(files["csv"]).hexdigest()

    page.get_by_text("Receipt: what this answer came from").click()

    expect(page.get_by_text(f"Rows as CSV, SHA-256: {digest}")).to_be_visible()
    expect(page.get_by_text("-- :startDate =")).to_be_visible()
    assert digest in files["receipt.txt"].decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_finished_june_answer_is_kept_as_a_picture_and_its_charts_can_be_read(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    open_explore(page, address)
    page.get_by_role("button", name="Submit").click()
    expect_answer(page)
    expect_chart(page)
    page.wait_for_timeout(SETTLED_MS)
    assert keep_screenshot(page, f"june-{scheme}").stat().st_size > 0
    ground = page.locator(".stApp").evaluate("(app) => getComputedStyle(app).backgroundColor")
    words = page.locator(f"{CHART} text").evaluate_all("(all) => all.map((t) => getComputedStyle(t).fill)")
    assert words
    assert min(contrast(as_hex(colour), as_hex(ground)) for colour in words) >= 4.5
    context.close()


def as_hex(colour: str) -> str:
    """Turn `rgb(92, 90, 82)` into `#5c5a52`."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


def test_between_the_card_and_the_notice_of_eight_seconds_nothing_happens_at_all(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 8_000}})
    open_explore(page, address)
    before = stand_in.warehouse_calls()
    runs.forget()
    proxy.forget()

    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    assert runs.counts() == RUNS_OF_THE_PRESS
    assert (actions(proxy), types(proxy), proxy.gets) == (["run"], ["accepted"], [])

    runs.forget()
    proxy.forget()
    page.wait_for_timeout(5_000)
    assert (runs.counts(), runs.frames, proxy.gets, proxy.sent, proxy.received) == (NO_RUNS, 0, [], [], [])

    expect_answer(page)
    expect_chart(page)
    page.wait_for_timeout(SETTLED_MS)
    assert runs.counts() == RUNS_OF_THE_NOTICE
    assert (len(proxy.gets), actions(proxy), types(proxy)) == (1, [], ["finished"])
    assert asked_of_the_warehouse(stand_in, before) == (1, 0)


def test_a_statement_of_25_seconds_is_asked_for_exactly_once(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 25_000}})
    open_explore(page, address)
    before = stand_in.warehouse_calls()
    runs.forget()
    proxy.forget()

    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    assert runs.counts() == RUNS_OF_THE_PRESS
    runs.forget()
    expect_answer(page, timeout_ms=40_000)
    page.wait_for_timeout(SETTLED_MS)

    assert actions(proxy) == ["run", "resume"]
    assert types(proxy) == ["accepted", "resumed", "finished"]
    assert (runs.counts(), len(proxy.gets)) == (RUNS_OF_THE_NOTICE, 1)
    assert asked_of_the_warehouse(stand_in, before) == (1, 1), "executed once, looked at once"


def test_a_socket_cut_in_the_middle_is_shown_and_the_answer_arrives_with_one_execution(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 10_000}})
    open_explore(page, address)
    page.evaluate(REMEMBER_BADGES)
    before = stand_in.warehouse_calls()
    press_submit(page)
    page.wait_for_timeout(3_000)
    proxy.forget()

    proxy.cut()

    expect_answer(page, timeout_ms=30_000)
    assert page.evaluate("window.sawReconnecting"), "the badge said so, however short it was"
    expect(page.get_by_text("Live again since")).to_be_visible()
    assert actions(proxy) == ["resume"]
    executed, _ = asked_of_the_warehouse(stand_in, before)
    assert executed == 1


def test_where_the_push_socket_is_refused_a_ticker_brings_the_answer_and_then_stops(
    page: Page, runs: PageRuns, address: str, stand_in: StandIn
) -> None:
    refuse_push_sockets(page)
    stand_in.set_faults({"statements": {"delay_ms": 12_000}})
    open_explore(page, address)
    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    while runs.fragment < 2:  # the ticker runs while something is pending
        page.wait_for_timeout(100)
        expect(page.get_by_text(ANSWER)).to_have_count(0)

    expect_answer(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    page.wait_for_timeout(3_000)
    assert runs.counts() == NO_RUNS, "no timer runs for a page where nothing is pending"


def test_where_the_push_socket_is_refused_another_page_tells_the_answer_too(
    page: Page, address: str, stand_in: StandIn
) -> None:
    refuse_push_sockets(page)
    stand_in.set_faults({"statements": {"delay_ms": 5_000}})
    open_explore(page, address)
    press_submit(page)
    page.get_by_role("link", name="Status").click()
    expect(page.get_by_role("heading", name="Status")).to_be_visible()

    expect(page).to_have_title(re.compile(r"^\(1\) "), timeout=10_000)
    expect(page.get_by_text("the answer is ready").last).to_be_visible()
    toast, badge = box(page.get_by_test_id("stToast")), box(page.locator(".st-key-badge"))
    assert toast["y"] > badge["y"] + badge["height"], "the toast leaves the badge to be seen"


def refuse_push_sockets(page: Page) -> None:
    page.route_web_socket(re.compile("/push/"), lambda refused: refused.close(code=1006))
