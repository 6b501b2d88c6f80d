"""Charts of money: what nobody published is said, not left blank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from infra.local.data.report.money_charts import charts_of_money
from infra.local.data.report.sides import Side

pytestmark = pytest.mark.fast


def test_the_published_mean_of_fares_stands_in_their_chart(published: Side, like_published: Side) -> None:
    fares = charts_of_money(published, like_published)[0]

    names = [trace.name for trace in fares.panels[0].figure.data]
    assert names == ["Published, mean $12.79", "Ours", "Ours, mean $10.00"]
    assert "Only the mean was published (upright), no spread of fares" in fares.sentence
    assert fares.readings.rows[0] == ("Mean", "$12.79", "$10.00")
    assert fares.readings.rows[9] == ("$10", "not known", "100.00%")


def test_two_counted_sides_both_have_their_spread_of_fares(like_published: Side) -> None:
    fares = charts_of_money(replace(like_published, name="Real rows"), like_published)[0]

    assert [trace.name for trace in fares.panels[0].figure.data if trace.type == "bar"] == [
        "Real rows",
        "Ours",
    ]
    assert "published" not in fares.sentence


def test_real_rows_without_money_leave_the_charts_to_ours_and_say_so(
    published: Side, like_published: Side
) -> None:
    bare = replace(published, name="Real rows", mean_fare=None, tip_marks={})

    fares, tips, *_ = charts_of_money(bare, like_published)

    assert fares.sentence.endswith("Real rows have no fares: all is ours.")
    assert tips.sentence.endswith("Real rows have no tips: all is ours.")


def test_published_tips_are_symbols_on_the_lines_of_each_vendor(
    published: Side, like_published: Side
) -> None:
    tips = charts_of_money(published, like_published)[1]

    marks = [panel.figure.data[0] for panel in tips.panels]
    assert [panel.name for panel in tips.panels] == ["Vendor 1", "Vendor 2"]
    assert [mark.mode for mark in marks] == ["markers", "markers"]
    assert [list(mark.y) for mark in marks] == [[2.5, 46.0], [4.3, 49.0]]
    rows = {row[0]: row[1:] for row in tips.readings.rows}
    assert rows["Vendor 1, 20 %"] == ("46.00%", "100.00%")
    assert rows["Vendor 2, 25 %"] == ("not known", "0.00%")
