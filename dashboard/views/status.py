"""Status: is everything well, and if not, what and where."""

from __future__ import annotations

from dashboard.parts.account import draw_account
from dashboard.parts.health import draw_failures, draw_health, draw_shortcuts
from dashboard.parts.news import draw_news
from dashboard.parts.page import open_page

page = open_page("Status")
draw_health(page)
draw_failures(page)
draw_shortcuts()
draw_account()
draw_news(page)
