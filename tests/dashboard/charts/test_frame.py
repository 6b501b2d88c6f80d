from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboard.charts.frame import (
    CONFIG,
    HEIGHT,
    NotDrawable,
    captioned,
    column_of,
    floats,
    folded,
    framed,
    height_of_rows,
    picture_config,
    words,
)
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast


def caption_of(figure: go.Figure) -> list[str]:
    """Give the lines below a figure as they are read."""
    title = figure.layout.title
    first = title.text.removeprefix('<span style="font-weight:400">').removesuffix("</span>")
    return [first, *(title.subtitle.text.split("<br>") if title.subtitle.text else [])]


def test_a_phone_scrolls_past_a_chart_and_one_button_saves_the_picture() -> None:
    figure = framed(go.Figure(), "Zone", "Fares ($)")
    assert figure.layout.dragmode is False
    assert figure.layout.xaxis.fixedrange
    assert figure.layout.yaxis.fixedrange
    assert CONFIG["scrollZoom"] is False
    assert CONFIG["modeBarButtons"] == [["toImage"]]


def test_a_saved_picture_says_what_it_is_of() -> None:
    figure = captioned(framed(go.Figure(), "Day", "Trips"), "Daily summary, 1–30 June 2015", synthetic=True)
    assert caption_of(figure) == ["Daily summary, 1–30 June 2015. Synthetic data."]
    assert figure.layout.height > HEIGHT
    name = picture_config("nyc-taxi_daily-summary_SYNTHETIC")["toImageButtonOptions"]["filename"]
    assert name == "nyc-taxi_daily-summary_SYNTHETIC"


def test_a_long_caption_is_folded_so_that_a_phone_shows_all_of_it() -> None:
    caption = "Airports, 1 January – 31 December 2015, Airport: <b>All three</b>, Direction: Both"
    figure = captioned(framed(go.Figure(), "", ""), caption, synthetic=True)
    assert " ".join(caption_of(figure)) == f"{words(caption)}. Synthetic data."


def test_a_caption_is_folded_between_conditions_and_never_inside_one() -> None:
    caption = "Map of zones, 1–30 June 2015, Which end of the trip: Pickup, Show: Trips per square mile"
    figure = captioned(framed(go.Figure(), "", ""), caption, synthetic=True)
    assert caption_of(figure) == [
        "Map of zones, 1–30 June 2015,",
        "Which end of the trip: Pickup,",
        "Show: Trips per square mile. Synthetic data.",
    ]


def test_a_condition_that_is_longer_than_a_line_is_folded_where_it_must() -> None:
    figure = captioned(framed(go.Figure(), "", ""), f"Tips, Word: {'long ' * 20}", synthetic=False)
    assert all(len(line) <= 56 for line in caption_of(figure))


def test_no_line_of_a_caption_is_bold() -> None:
    title = captioned(framed(go.Figure(), "", ""), "Tips", synthetic=False).layout.title
    assert title.text == '<span style="font-weight:400">Tips.</span>'  # Streamlit puts <b> around it
    assert title.subtitle.font.weight == 400


def test_a_caption_of_several_lines_takes_its_room_below_the_figure_and_none_of_the_data() -> None:
    heights = [
        captioned(framed(go.Figure(), "", ""), "word " * 10 * lines, synthetic=False).layout.height - HEIGHT
        for lines in (1, 2, 3)
    ]
    kept_free_by_plotly = [14, 54, 86]
    assert all(height >= room for height, room in zip(heights, kept_free_by_plotly, strict=True))


def test_numbers_are_read_exactly_and_what_is_none_is_a_gap() -> None:
    assert floats([1, "2.50", None, "n/a", float("nan")]) == [1.0, 2.5, None, None, None]


def test_a_column_that_is_not_there_is_named_with_where_to_look() -> None:
    with pytest.raises(NotDrawable, match="no column rides, which its chart needs: the table has everything"):
        column_of(small_answer(), "rides")


def test_words_of_the_data_are_no_markup() -> None:
    assert words("<b>R&B</b>") == "&lt;b&gt;R&amp;B&lt;/b&gt;"
    assert folded("<b>R&B</b>") == "&lt;b&gt;R&amp;B&lt;/b&gt;"


def test_long_names_are_folded_so_that_bars_keep_room_on_a_phone() -> None:
    assert folded("Penn Station/Madison Sq West to JFK Airport") == (
        "Penn Station/Madison Sq<br>West to JFK Airport"
    )
    assert folded("word " * 40).endswith(" …")
    assert [len(line) <= 24 for line in folded("word " * 40).split("<br>")] == [True] * 3


def test_rows_of_short_names_have_one_height_and_a_figure_of_one_row_is_not_flat() -> None:
    assert height_of_rows(["A"] * 15, 80) == 80 + 15 * 32
    assert height_of_rows(["A<br>B<br>C"] * 15, 80) > height_of_rows(["A"] * 15, 80)
    assert height_of_rows(["A"], 80) >= 180
