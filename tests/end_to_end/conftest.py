"""One stand-in, one dashboard and one browser profile for the whole folder; each test has a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.counting_proxy import CountingProxy, counting_proxy
from tests.browser.dashboards import PRODUCT, running_dashboard, settings_for
from tests.browser.stand_ins import StandIn, running_stand_in
from tests.end_to_end.others import Person
from tests.end_to_end.steps import JUNE, arrive, submit_and_wait

ANALYST = "analyst"
NO_FAULTS: Mapping[str, Mapping[str, int | Mapping[str, int]]] = {
    "statements": {"delay_ms": 0, "fail": 0},
    "results": {"expire": 0, "error": 0},
    "sockets": {"freeze_ms": 0},
    "handlers": {"ListQueriesFunction": {"raise": 0}},
}


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="package")
def stand_in(data: Path) -> Iterator[StandIn]:
    with running_stand_in(data) as running:
        yield running


@pytest.fixture(scope="package")
def proxy(stand_in: StandIn) -> Iterator[CountingProxy]:
    with counting_proxy(stand_in.endpoints) as running:
        yield running


@pytest.fixture(scope="package")
def address(proxy: CountingProxy) -> Iterator[str]:
    with running_dashboard(PRODUCT, settings_for(proxy.endpoints)) as running:
        yield running


@pytest.fixture(scope="package")
def analyst(stand_in: StandIn) -> Person:
    """The user of the dashboard, by a plain client beside it."""
    return Person.named(stand_in, ANALYST)


@pytest.fixture(scope="package")
def somebody_else(stand_in: StandIn) -> Person:
    return Person.named(stand_in, "somebody-else")


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile: the megabytes of Streamlit's own code are read once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="module")
def june(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page with the answer for June, for tests that look at it and change no answer."""
    page = context.new_page()
    arrive(page, address)
    submit_and_wait(page, JUNE)
    yield page
    page.close()


@pytest.fixture
def page(context: BrowserContext, stand_in: StandIn, analyst: Person) -> Iterator[Page]:
    """A fresh page, behind which no fault and no query of an earlier test goes on."""
    opened = context.new_page()
    yield opened
    opened.close()
    stand_in.set_faults(NO_FAULTS)
    analyst.stop_everything()
