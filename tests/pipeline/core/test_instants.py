from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.instants import instant_text, parse_instant, to_milliseconds
from tests.pipeline.properties import PROPERTY, any_text

pytestmark = pytest.mark.fast

instants = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis wants naive bounds


def test_an_instant_is_written_with_milliseconds_and_z() -> None:
    moment = datetime(2026, 11, 24, 15, 0, 1, 250_999, tzinfo=UTC)
    assert instant_text(moment) == "2026-11-24T15:00:01.250Z"


def test_an_instant_of_another_zone_is_written_in_utc() -> None:
    new_york = timezone(timedelta(hours=-5))
    assert instant_text(datetime(2026, 11, 24, 10, tzinfo=new_york)) == "2026-11-24T15:00:00.000Z"


def test_an_instant_is_cut_to_the_millisecond_that_has_begun() -> None:
    moment = datetime(2026, 11, 24, 15, 0, 1, 999_999, tzinfo=UTC)
    assert to_milliseconds(moment) == datetime(2026, 11, 24, 15, 0, 1, 999_000, tzinfo=UTC)


@given(instants)
@PROPERTY
def test_an_instant_cut_to_milliseconds_survives_being_written_and_read(moment: datetime) -> None:
    cut = to_milliseconds(moment)
    assert timedelta(0) <= moment - cut < timedelta(milliseconds=1)
    assert parse_instant(instant_text(cut)) == cut


@given(instants)
@PROPERTY
def test_written_instants_sort_as_text(moment: datetime) -> None:
    assert instant_text(moment) < instant_text(moment + timedelta(milliseconds=1))


def test_an_instant_of_another_zone_is_read_in_utc() -> None:
    moment = parse_instant("2026-11-24T10:00:00.250-05:00")
    assert moment == datetime(2026, 11, 24, 15, 0, 0, 250_000, tzinfo=UTC)
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-24T15:00:00", "'2026-11-24T15:00:00' has no time zone"),
        ("0001-01-01T00:00+23:59", "'0001-01-01T00:00[+]23:59' is outside the calendar in UTC"),
    ],
)
def test_a_text_that_is_almost_an_instant_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_instant(text)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-11-24T15:00:00", "2026-11-24", "0001-01-01T00:00+23:59"]
)
def test_a_text_that_is_no_instant_in_a_time_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)


@given(any_text)
@PROPERTY
def test_any_text_is_an_instant_or_a_value_error(text: str) -> None:
    try:
        assert parse_instant(text).tzinfo is UTC
    except ValueError:
        return
