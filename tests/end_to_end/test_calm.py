"""Layout and access: a page keeps still while it comes, waits and answers, and stiller where no motion is wanted."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FETCHING
from tests.browser.stand_ins import StandIn
from tests.end_to_end.steps import JUNE, arrive, slow_answers, submit_button, wait_for

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(180)]

LARGEST_SHIFT = 0.1
# The browser's own measure (Layout Instability); what moves within half a second of a press is left out by it.
WATCH_SHIFTS = """
  window.shifts = [];
  const element = ({ node }) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement);
  new PerformanceObserver((seen) => {
    for (const { value, hadRecentInput, sources } of seen.getEntries()) {
      const moved = sources.map((one) => element(one)?.closest("[class*=st-key-]")?.className ?? "");
      if (!hadRecentInput) window.shifts.push([value, moved]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""
# A movement is one that takes time; one that is only late moves nothing.
WATCH_MOTION = """
  window.moved = [];
  const note = ({ target }) => target.getAnimations()
    .filter((one) => one.effect.getComputedTiming().duration > 1)
    .forEach((one) => window.moved.push(`${one.animationName ?? one.transitionProperty}: ${target.className}`));
  for (const start of ["animationstart", "transitionrun"]) document.addEventListener(start, note, true);
"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["wide", "phone"])
def test_from_the_load_to_the_answer_the_layout_shifts_by_a_tenth_at_most_and_reduced_motion_is_honoured(
    page: Page, address: str, stand_in: StandIn, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(WATCH_SHIFTS + WATCH_MOTION)
    slow_answers(stand_in, 3)
    arrive(page, address)
    submit_button(page).click()
    expect(page.get_by_text(FETCHING)).to_be_visible()
    wait_for(page, JUNE)

    assert page.evaluate("window.moved") == []
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) <= LARGEST_SHIFT, shifts
