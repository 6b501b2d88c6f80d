"""June's answer, computed a second time from the rows by pandas, without the report's SQL or its view."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from infra.local.data import prepare
from tests.flow.client import User
from tests.flow.conftest import Pipeline


@pytest.fixture(scope="module")
def june(pipeline: Pipeline) -> pd.DataFrame:
    """Give the rows picked up in June, as the stand-in that answers has them."""
    database = prepare(pipeline.data, 0.001, lambda _: None).database
    with duckdb.connect(str(database), read_only=True) as connection:
        trips = connection.execute("select * from nyc_yellow_taxi").df()
    pickup = trips["tpep_pickup_datetime"]
    return trips[(pickup >= "2015-06-01") & (pickup < "2015-07-01")].copy()


@pytest.fixture(scope="module")
def answer(pipeline: Pipeline) -> pd.DataFrame:
    user = User.named(pipeline, "june")
    with user.connected() as session:
        session.run("daily-summary", startDate="2015-06-01", endDate="2015-06-30")
        statement_id = session.by_type("accepted", "finished")["finished"]["statementId"]
    _, page = user.get(f"/results/{statement_id}")
    return pd.DataFrame(page["records"], columns=[column["name"] for column in page["columns"]])


def test_every_day_is_there_once_and_in_order(answer: pd.DataFrame) -> None:
    assert answer["pickup_date"].tolist() == [f"2015-06-{day:02}" for day in range(1, 31)]


def test_trips_are_all_trips(answer: pd.DataFrame, june: pd.DataFrame) -> None:
    counted = june.groupby(june["tpep_pickup_datetime"].dt.date).size()
    assert answer["trips"].tolist() == counted.tolist()
    assert set(answer["control_trips"]) == {len(june)}


def test_money_is_exact_to_the_cent(answer: pd.DataFrame, june: pd.DataFrame) -> None:
    believable = june[(june["fare_amount"] > 0) & (june["total_amount"] > 0) & (june["total_amount"] < 1000)]
    cents = (believable["total_amount"].astype(float) * 100).round().astype(int)
    expected = cents.groupby(believable["tpep_pickup_datetime"].dt.date).sum()
    assert [int(Decimal(text) * 100) for text in answer["revenue"]] == expected.tolist()
    assert set(answer["without_fare"]) == {len(june) - len(believable)}
    fares = believable["fare_amount"].astype(float)
    means = fares.groupby(believable["tpep_pickup_datetime"].dt.date).mean()
    assert [float(text) for text in answer["mean_fare"]] == pytest.approx(means.tolist(), abs=0.0051)


def test_distances_are_those_that_can_be_believed(answer: pd.DataFrame, june: pd.DataFrame) -> None:
    believable = june[(june["trip_distance"] > 0) & (june["trip_distance"] <= 100)]
    means = believable.groupby(believable["tpep_pickup_datetime"].dt.date)["trip_distance"].mean()
    assert answer["mean_miles"].tolist() == pytest.approx(means.tolist(), abs=0.0051)
    assert set(answer["without_distance"]) == {len(june) - len(believable)}


def test_durations_are_those_that_can_be_believed(answer: pd.DataFrame, june: pd.DataFrame) -> None:
    minutes = (june["tpep_dropoff_datetime"] - june["tpep_pickup_datetime"]).dt.total_seconds() / 60
    believable = minutes[(minutes >= 1) & (minutes <= 180)]
    means = believable.groupby(june["tpep_pickup_datetime"].dt.date).mean()
    assert answer["mean_minutes"].tolist() == pytest.approx(means.tolist(), abs=0.051)
    assert set(answer["without_duration"]) == {len(june) - len(believable)}


def test_tips_are_those_of_cards(answer: pd.DataFrame, june: pd.DataFrame) -> None:
    rule = (june["fare_amount"] > 0) & (june["total_amount"] > 0) & (june["total_amount"] < 1000)
    cards = june[rule & (june["payment_type"] == 1)]
    money = cards[["tip_amount", "fare_amount"]].astype(float)
    by_day = money.groupby(cards["tpep_pickup_datetime"].dt.date)
    expected = 100 * by_day["tip_amount"].sum() / by_day["fare_amount"].sum()
    assert answer["card_tip_percent"].tolist() == pytest.approx(expected.tolist(), abs=0.051)
