"""Status: is everything well, and if not, what and where."""

from __future__ import annotations

from dashboard.parts.health import draw_connection, draw_files, draw_shortcuts, draw_source
from dashboard.parts.news import draw_news
from dashboard.parts.page import open_page

page = open_page("Status")
draw_connection(page)
draw_source(page)
draw_files(page)
draw_shortcuts()
draw_news(page)
