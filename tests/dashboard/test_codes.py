from __future__ import annotations

import pytest

from dashboard.codes import code_link, codes
from pipeline.core.errors import CODES

pytestmark = pytest.mark.fast


def test_every_code_of_the_pipeline_is_explained_once() -> None:
    names = [code.name for code in codes()]
    assert sorted(names) == sorted(CODES)
    assert len(set(names)) == len(names)


def test_an_explanation_says_what_it_means_and_whether_to_repeat() -> None:
    too_many = next(code for code in codes() if code.name == "too_many_queries")
    assert "cancel one or wait" in too_many.meaning
    assert too_many.repeat == "yes"


def test_links_of_the_documentation_are_told_by_their_words() -> None:
    assert all("](" not in code.meaning for code in codes())


def test_a_link_leads_to_the_codes_own_place() -> None:
    assert code_link("sql_error") == "[sql\\_error](codes#sql_error)"
