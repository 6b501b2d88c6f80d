"""Reports and data: every report with its question, columns and SQL, and what the data says about itself."""

from __future__ import annotations

from dashboard.parts.about import draw_data, draw_reports
from dashboard.parts.news import draw_news
from dashboard.parts.page import open_page

page = open_page("Reports and data")
if page.state.catalogue is not None:
    draw_reports(page.state.catalogue)
    draw_data(page.state.catalogue.data, page.zone)
draw_news(page)
