"""What readers should know of the loaded trips, in plain sentences: `knownDefects` of `data/about.json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from infra.local.data.tlc.checks import Contents
from infra.local.data.tlc.files import YearFiles
from infra.local.data.tlc.published import CSV_TRIPS, PARQUET_TRIPS

_TWO_RELEASES = (
    f"The calendar's published trips are those of the TLC's former CSV files, {CSV_TRIPS:,} in the year; its Parquet "
    f"files hold {sum(PARQUET_TRIPS):,}."
)


def known_defects(year: YearFiles, contents: Sequence[Contents]) -> tuple[str, ...]:
    """A sentence for each defect; `contents` are those of the year's files, January first."""
    return (
        _TWO_RELEASES,
        *_other_counts(year),
        *_strays(contents),
        *_undated(sum(file.undated for file in contents)),
        *_rounded(sum(file.rounded for file in contents)),
        *_unknown(year),
    )


def _other_counts(year: YearFiles) -> Iterator[str]:
    for file, published in zip(year.months, PARQUET_TRIPS, strict=True):
        if file.rows != published:
            yield f"{file.month_name} has {_trips(file.rows)} in these files; the TLC published {published:,}."


def _strays(contents: Sequence[Contents]) -> Iterator[str]:
    elsewhere = sum(file.elsewhere - file.undated for file in contents)
    other_year = sum(file.other_year for file in contents)
    if elsewhere:
        yield f"{_trips(elsewhere)} began outside the month of their file, {other_year:,} of them outside 2015."


def _undated(trips: int) -> Iterator[str]:
    if trips:
        yield f"{_trips(trips)} without a time of pickup: no question about a period counts them."


def _rounded(trips: int) -> Iterator[str]:
    if trips:
        yield f"{_trips(trips)} had an amount of money with fractions of a cent, which was rounded."


def _unknown(year: YearFiles) -> Iterator[str]:
    names = {name: None for file in year.months for name in file.unknown}
    if names:
        yield f"The files have more columns, which were not loaded: {', '.join(names)}."


def _trips(count: int) -> str:
    return f"{count:,} trip{'' if count == 1 else 's'}"
