from __future__ import annotations

import pytest

from pipeline.core.choices import parse_choices
from tests.pipeline.core.analyst_file import BOROUGHS

pytestmark = pytest.mark.fast


def test_a_list_of_choices_is_a_csv_of_two_cells() -> None:
    assert parse_choices(b"value,label\nAll,All boroughs\n Queens , Queens\n") == BOROUGHS
    assert parse_choices(b"") == ()


@pytest.mark.parametrize("content", [b"value,label\nAll", b"value,label\na,b,c", b"\xff"])
def test_a_list_of_choices_of_another_form_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_choices(content)
