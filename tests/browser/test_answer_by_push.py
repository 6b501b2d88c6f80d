"""Submit for June: the answer arrives by push. Nothing runs, asks or polls between the card and the notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counting_proxy import CountingProxy, counting_proxy
from tests.browser.dashboards import PRODUCT, running_dashboard, settings_for
from tests.browser.runs import PageRuns, count_runs
from tests.browser.stand_ins import StandIn, running_stand_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

LIVE = re.compile("Live$")
FETCHING = "Fetching results from the server…"
ANSWER = re.compile("^Answered ")
CHART = ".js-plotly-plot .main-svg"
SETTLED_MS = 1_500
REMEMBER_BADGES = """() => {
  new MutationObserver(() => { window.sawReconnecting ||= document.body.innerText.includes("Reconnecting"); })
    .observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with running_stand_in(tmp_path_factory.mktemp("data")) as running:
        yield running


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


def open_explore(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(LIVE)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Submit")).to_be_enabled(timeout=30_000)
    page.wait_for_timeout(SETTLED_MS)


def press_submit(page: Page) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(FETCHING).first).to_be_visible()


def expect_answer(page: Page, timeout_ms: float = 10_000) -> None:
    expect(page.get_by_text(ANSWER)).to_be_visible(timeout=timeout_ms)
    expect(page.locator(CHART).first).to_be_visible()


def test_june_arrives_without_a_reload_and_costs_one_of_each(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    open_explore(page, address)
    proxy.forget()
    executed = stand_in.executed()

    page.get_by_role("button", name="Submit").click()
    expect_answer(page)
    page.wait_for_timeout(SETTLED_MS)

    assert [message["action"] for message in proxy.sent] == ["run"]
    assert [message["type"] for message in proxy.received] == ["accepted", "finished"]
    assert [path.split("/")[2] for path in proxy.gets] == ["results"]
    assert stand_in.executed() == executed + 1
    assert "redshift-data:DescribeStatement" not in stand_in.actions_used()
    assert len(runs.push_sockets) == 1


def test_between_the_card_and_the_notice_of_eight_seconds_nothing_happens_at_all(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 8_000}})
    open_explore(page, address)
    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    proxy.forget()

    page.wait_for_timeout(5_000)
    assert (runs.counts(), runs.frames, proxy.gets, proxy.sent, proxy.received) == ((0, 0), 0, [], [], [])

    expect_answer(page)
    page.wait_for_timeout(SETTLED_MS)
    assert runs.counts() == (0, 1)
    assert (len(proxy.gets), proxy.sent) == (1, [])
    assert [message["type"] for message in proxy.received] == ["finished"]


def test_a_statement_of_25_seconds_is_asked_for_exactly_once(
    page: Page, runs: PageRuns, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 25_000}})
    open_explore(page, address)
    executed = stand_in.executed()
    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    proxy.forget()

    expect_answer(page, timeout_ms=40_000)
    page.wait_for_timeout(SETTLED_MS)

    assert [message["action"] for message in proxy.sent] == ["resume"]
    assert [message["type"] for message in proxy.received] == ["resumed", "finished"]
    assert (runs.counts(), len(proxy.gets)) == ((0, 1), 1)
    assert stand_in.executed() == executed + 1


def test_a_socket_cut_in_the_middle_is_shown_and_the_answer_arrives_with_one_execution(
    page: Page, address: str, proxy: CountingProxy, stand_in: StandIn
) -> None:
    stand_in.set_faults({"statements": {"delay_ms": 10_000}})
    open_explore(page, address)
    page.evaluate(REMEMBER_BADGES)
    executed = stand_in.executed()
    press_submit(page)
    page.wait_for_timeout(3_000)
    proxy.forget()

    proxy.cut()

    expect_answer(page, timeout_ms=30_000)
    assert page.evaluate("window.sawReconnecting"), "the badge said so, however short it was"
    expect(page.get_by_text(LIVE)).to_be_visible()
    assert [message["action"] for message in proxy.sent] == ["resume"]
    assert stand_in.executed() == executed + 1


def test_where_the_push_socket_is_refused_a_ticker_brings_the_answer_and_then_stops(
    page: Page, runs: PageRuns, address: str, stand_in: StandIn
) -> None:
    page.route_web_socket(re.compile("/push/"), lambda refused: refused.close(code=1006))
    stand_in.set_faults({"statements": {"delay_ms": 4_000}})
    open_explore(page, address)
    press_submit(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    page.wait_for_timeout(2_000)
    assert runs.fragment >= 2, "the ticker runs while something is pending"

    expect_answer(page)
    page.wait_for_timeout(SETTLED_MS)
    runs.forget()
    page.wait_for_timeout(3_000)
    assert runs.counts() == (0, 0), "no timer runs for a page where nothing is pending"
