"""No word of the engine, and no path of the machine, reaches a user."""

from __future__ import annotations

import pytest

from infra.local.redshift.engine_errors import sql_error

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    "told",
    [
        "IO Error: Could not read from file \"/home/someone/taxi.duckdb\": Input/output error",
        "INTERNAL Error: Attempted to access index 3 within vector of size 3\nStack Trace:\n0x7f",
        "FATAL Error: Failed: database has been invalidated because of a previous fatal error",
    ],
)  # fmt: skip
def test_a_defect_of_the_engine_is_logged_and_told_without_its_words(
    caplog: pytest.LogCaptureFixture, told: str
) -> None:
    assert str(sql_error(OSError(told), "select 1", {})) == (
        "ERROR: internal error of the local warehouse; see its log"
    )
    (record,) = caplog.records
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == told


def test_what_has_no_sentence_of_its_own_keeps_the_first_line() -> None:
    error = sql_error(ValueError("Binder Error: something is odd\nLINE 1: select"), "select 1", {})
    assert str(error) == "ERROR: something is odd"
