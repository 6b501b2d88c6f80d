"""Explore: ask a question about the trips of 2015, and see its answer arrive."""

from __future__ import annotations

from dashboard.parts.address import draw_complaints, follow_address
from dashboard.parts.form import draw_form
from dashboard.parts.page import open_page
from dashboard.parts.results import draw_results

page = open_page("Yellow taxi trips of 2015", opens_answers=True)
follow_address(page)
draw_complaints(page)
draw_form(page)
draw_results(page)
