"""Result: its figures, its files, and where they come from."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.stand_ins import StandIn
from tests.end_to_end.others import Person, data_that_say
from tests.end_to_end.steps import (
    JUNE_DAYS,
    arrive,
    figure,
    follow,
    settle,
    shows,
    submit_and_wait,
)
from tests.end_to_end.taken import as_texts, rows_of_csv, rows_of_excel, rows_of_parquet, taken

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

UNFILTERED_MILES = "13.1 mi"
PAGES = ("Explore", "My queries", "Reports and data", "Status")
SYNTHETIC = "Do not quote these figures."


def test_each_average_has_left_out_counts_and_reasons_that_match_the_sql(june: Page, data: Path) -> None:
    """Counted again in the trips themselves, by the rules as the documents say them."""
    rules = {
        "fares": "fare_amount > 0 and total_amount > 0 and total_amount < 1000",
        "distances": "trip_distance > 0 and trip_distance <= 100",
        "durations": "duration_seconds between 60 and 180 * 60",
    }
    counted = ", ".join(f"count(*) filter (where not coalesce({rule}, false))" for rule in rules.values())
    with duckdb.connect(str(next(data.glob("*.duckdb"))), read_only=True) as trips:
        row = trips.execute(
            f"select {counted} from trips where tpep_pickup_datetime >= date '2015-06-01' "
            "and tpep_pickup_datetime < date '2015-07-01'"
        ).fetchone()
    assert row is not None

    reasons = (
        "fare or total of $0 or less, or a total of $1,000 or more",
        "0 or more than 100 miles",
        "less than 1 or more than 180 minutes",
    )
    for name, count, reason in zip(rules, row, reasons, strict=True):
        expect(june.get_by_text(f"Left out of {name}: {count:,} ({reason}).")).to_be_visible()


def test_june_has_the_trips_of_the_data_and_the_distance_is_never_that_of_unfiltered_trips(
    june: Page, data: Path
) -> None:
    """The sample stands for the full year, whose June reads 12,324,935 trips: it has a thousandth of them."""
    with duckdb.connect(str(next(data.glob("*.duckdb"))), read_only=True) as trips:
        row = trips.execute(
            "select count(*) from nyc_yellow_taxi where tpep_pickup_datetime >= date '2015-06-01' "
            "and tpep_pickup_datetime < date '2015-07-01'"
        ).fetchone()
    assert row == (12_325,)

    expect(figure(june, "Trips")).to_contain_text("12,325")
    expect(figure(june, "Distance per trip")).to_contain_text(re.compile(r"[23]\.\d\d mi"))
    assert UNFILTERED_MILES not in june.get_by_test_id("stMain").inner_text()


def test_no_tip_figure_is_shown_for_cash(page: Page, address: str) -> None:
    follow(page, address, {"topicName": "tips", **JUNE_DAYS})
    submit_and_wait(page, "Tips, 1–30 June 2015, Picked up in: All boroughs")
    table = page.locator(".st-key-answer_rows")
    titles = table.get_by_role("columnheader").all_inner_texts()
    cash = table.get_by_role("row").filter(has_text="Cash").get_by_role("cell").all_inner_texts()

    shown = dict(zip((title.strip() for title in titles), (cell.strip() for cell in cash), strict=True))
    tips = {
        title: cell
        for title, cell in shown.items()
        if re.search(r"(?i)\btips?\b", title) and title[-1] == ")"
    }
    assert tips
    assert set(tips.values()) == {"n/a"}
    expect(page.get_by_text("what riders give in cash is not known")).to_be_visible()


def test_csv_excel_and_parquet_hold_the_rows_shown_and_names_carry_dates_and_synthetic(
    june: Page, analyst: Person
) -> None:
    _, rows = analyst.ask("daily-summary", **JUNE_DAYS)
    expected = as_texts([list(row.values()) for row in rows])
    kinds = {
        "CSV": ("zip", rows_of_csv),
        "Excel": ("xlsx", rows_of_excel),
        "Parquet": ("parquet", rows_of_parquet),
    }
    for label, (ending, read) in kinds.items():
        file = taken(june, label)
        assert file.name == f"nyc-taxi_daily-summary_2015-06-01_2015-06-30_SYNTHETIC.{ending}"
        assert as_texts(read(file.content)) == expected, label

    table = june.locator(".st-key-answer_rows").get_by_role("row")
    shown = [row.get_by_role("cell").all_inner_texts()[:2] for row in table.all()[1:]]
    assert [[day.strip(), trips.strip()] for day, trips in shown] == [
        [row["pickup_date"], f"{row['trips']:,}"] for row in rows
    ]


def test_the_synthetic_note_is_on_every_page_exactly_when_the_data_says_that_it_is_synthetic(
    page: Page, address: str, stand_in: StandIn
) -> None:
    arrive(page, address)
    assert notes_on_every_page(page) == dict.fromkeys(PAGES, 1)

    with data_that_say(stand_in, {"synthetic": False}):
        assert notes_on_every_page(page) == dict.fromkeys(PAGES, 0)


def notes_on_every_page(page: Page) -> dict[str, int]:
    counts = {}
    for name in PAGES:
        page.get_by_role("link", name=name).click()
        shows(page, "Yellow taxi trips of 2015" if name == "Explore" else name)
        settle(page)
        counts[name] = page.get_by_text(SYNTHETIC).count()
    return counts
