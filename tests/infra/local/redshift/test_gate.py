"""Every name that AWS's pages speak of has a class, and none runs here that Redshift lacks."""

from __future__ import annotations

import pytest
from sqlglot import exp

from infra.local.redshift.errors import SqlError
from infra.local.redshift.gate import DOCUMENTED, LEADER_ONLY, UNSUPPORTED, check_function, function_classes
from infra.local.redshift.walk import FUNCTION_NAMES

pytestmark = pytest.mark.fast

SENTENCES = {
    DOCUMENTED: "exists on Redshift, not on the laptop",
    LEADER_ONLY: "leader node only",
    UNSUPPORTED: "does not exist on Redshift",
}


def test_each_listed_name_without_a_rule_has_its_sentence() -> None:
    for name, kind in function_classes().items():
        if name in FUNCTION_NAMES:
            continue
        with pytest.raises(SqlError) as raised:
            check_function(exp.Anonymous(this=name))
        assert SENTENCES[kind] in str(raised.value), name


def test_the_list_is_whole() -> None:
    assert len(function_classes()) == 412
