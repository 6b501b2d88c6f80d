"""What the property tests share: how many examples, and where hostile values come from."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

PROPERTY = settings(max_examples=50, deadline=None, derandomize=True, database=None)
"""The same examples on every run, and no limit by the wall clock."""

any_text = st.text(max_size=60)

hostile_text = st.sampled_from(
    [
        "",
        "' or 1=1 --",
        "2015-06-01'; drop table trips; --",
        ":endDate::date",
        "*/ select 1 /*",
        "\x00",
        "\ud800",
        "２０１５-06-01",
        "2015-02-29",
        "2015-13-01",
        "9" * 400,
        "-0",
        "1e999",
        "nan",
        "true",
        "limit 5\nunion all",
    ]
)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats() | any_text | hostile_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=5,
)
"""Anything that a client can put into a message."""
