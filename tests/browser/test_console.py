"""The console in a browser: a query passes by, and a fault is a press away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.accessibility import faults as accessibility_faults
from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring

pytestmark = pytest.mark.browser


@pytest.fixture
def gateway() -> Iterator[Rig]:
    with running(wiring()) as rig:
        yield rig


def open_console(page: Page, gateway: Rig) -> None:
    page.goto(f"{gateway.base}/_local/")
    expect(page.get_by_text("Live:")).to_be_visible()


def test_a_query_passes_by_on_a_line_of_its_own_and_in_the_list_of_everything(
    page: Page, gateway: Rig
) -> None:
    open_console(page, gateway)
    query = str(uuid4())
    with gateway.socket() as client:
        client.send(json.dumps({"action": "run", "queryId": query}))
        client.recv()
    steps = page.get_by_label(f"Way of query {query}").get_by_role("listitem")
    expect(steps).to_contain_text([" says run", "Message begins for run", "Message ends", " hears a refusal"])
    expect(page.locator("#log").get_by_text("ends with 10")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_fault_is_pressed_with_the_keyboard_and_said_on_a_telephone_in_either_theme(
    page: Page, gateway: Rig, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    open_console(page, gateway)
    page.get_by_text("Faults", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="fail").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#on")).to_have_text("statements.fail set to 1. Faults on now: statements.fail 1.")
    assert gateway.faults.left() == {"statements": {"fail": 1}, "sockets": {"close": 0}}
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert accessibility_faults(page) == []


def test_a_number_that_makes_no_sense_is_answered_with_a_sentence(page: Page, gateway: Rig) -> None:
    open_console(page, gateway)
    page.get_by_text("Faults", exact=True).click()
    raising = page.locator("form[data-name=raise]")
    raising.get_by_role("combobox").select_option("RestFunction")
    raising.get_by_role("spinbutton").fill("-1")
    raising.get_by_role("button").click()
    expect(page.locator("#on")).to_contain_text("handlers.RestFunction.raise must be a whole number from 0")
    raising.get_by_role("spinbutton").fill("1")
    raising.get_by_role("button").click()
    expect(page.locator("#on")).to_contain_text("handlers.RestFunction.raise set to 1.")
