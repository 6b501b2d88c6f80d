"""My queries: what this person asked in the last day, whatever the device. Opening an answer runs nothing."""

from __future__ import annotations

from dashboard.parts.history import draw_history
from dashboard.parts.news import draw_news
from dashboard.parts.page import open_page

page = open_page("My queries")
draw_history(page)
draw_news(page)
