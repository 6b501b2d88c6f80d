from __future__ import annotations

import pytest

from tests.mutation import noticed_share, read_results, table

pytestmark = pytest.mark.fast

PRINTED = """\
    pipeline.core.a.x_one__mutmut_1: killed
    pipeline.core.a.x_one__mutmut_2: survived
    pipeline.core.a.xǁClassǁtwo__mutmut_1: timeout
    dashboard.client.b.x_three__mutmut_1: no tests
    dashboard.client.c.x_four__mutmut_1: not checked
"""


def test_of_one_module_only_its_own_mutants_count() -> None:
    assert list(read_results(PRINTED.splitlines(), ["pipeline.core.a"]).values()) == [
        "killed",
        "survived",
        "timeout",
    ]


def test_a_mutant_that_no_test_reached_or_that_was_not_tried_survived() -> None:
    assert table(read_results(PRINTED.splitlines())) == [
        "pipeline.core.a.x_one__mutmut_2: survived",
        "dashboard.client.b.x_three__mutmut_1: no tests",
        "dashboard.client.c.x_four__mutmut_1: not checked",
        "dashboard.client.b                             0 killed    1 survived",
        "dashboard.client.c                             0 killed    1 survived",
        "pipeline.core.a                                2 killed    1 survived",
        "all: 40.0%                                     2 killed    3 survived",
    ]


def test_nothing_to_notice_is_nothing_noticed() -> None:
    assert noticed_share({}) == 0
    assert noticed_share(read_results(PRINTED.splitlines())) == 0.4
