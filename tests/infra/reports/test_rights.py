"""A report reads what the user that reports run as may read on Redshift, and nothing else."""

from __future__ import annotations

import pytest

from infra.reports.check import Bench
from infra.reports.rights import granted
from tests.infra.reports.days import complaints, damaged, line_of


def test_what_may_be_read_is_what_the_set_up_grants() -> None:
    assert granted()[:2] == ("trips", "trips_by_hour_zone")
    assert granted()[-2:] == ("taxi_zones", "calendar")
    assert "checked_trips" not in granted()


@pytest.mark.parametrize(
    "source",
    [
        "from checked_trips",
        "from CHECKED_TRIPS",
        "from public.checked_trips as trips",
        "from trips join (select min(vendorid) as least from checked_trips) as c on true",
        "from (select * from checked_trips) as trips",
    ],
)
def test_a_table_that_is_not_granted_is_named_with_those_that_are(source: str, bench: Bench) -> None:
    text = damaged("from trips", source)
    name = "CHECKED_TRIPS" if "CHECKED" in source else "checked_trips"
    message = f"Reports may not read {name}: they may read {', '.join(granted())}."
    assert (line_of(text, source), message) in complaints(text, bench)


def test_a_part_of_the_statement_is_no_table_of_that_name(bench: Bench) -> None:
    text = damaged("select\n", "with checked_trips as (select * from trips)\nselect\n")
    said = complaints(
        text.replace("as control_trips\nfrom trips", "as control_trips\nfrom checked_trips"), bench
    )
    assert [message for _, message in said if "may not" in message] == []


def test_a_granted_table_may_be_read_however_its_name_is_written(bench: Bench) -> None:
    assert complaints(damaged("from trips", "from Trips"), bench) == []
