"""Codes: what each code on a card or in an answer of the pipeline means. Cards link here; the navigation does not."""

from __future__ import annotations

from dashboard.parts.codes import draw_codes
from dashboard.parts.news import draw_news
from dashboard.parts.page import open_page

page = open_page("Codes")
draw_codes()
draw_news(page)
