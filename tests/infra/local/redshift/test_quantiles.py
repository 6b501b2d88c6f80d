"""Several quantiles of one column are computed by one list, and none sorts by an ORDER BY of its own."""

from __future__ import annotations

import pytest

from infra.local.redshift import Engine

TWO = "percentile_cont(0.9) within group (order by f8), median(f8)"


def test_quantiles_of_one_column_share_one_list(engine: Engine) -> None:
    sql = engine.translate(f"select b, {TWO} from samples group by b").sql
    assert sql.count('QUANTILE_CONT("samples"."f8", [0.5, 0.9])') == 2


def test_a_single_quantile_stays_a_single_number(engine: Engine) -> None:
    sql = engine.translate("select median(f8) as a, median(f8) + 1 as b from samples").sql
    assert sql.count('QUANTILE_CONT("samples"."f8", 0.5)') == 2


def test_a_quantile_is_written_without_the_slower_order_by(engine: Engine) -> None:
    sql = engine.translate(f"select {TWO} from samples").sql
    assert "ORDER BY" not in sql


def test_quantiles_of_a_subquery_are_merged_apart_from_those_around_it(engine: Engine) -> None:
    sql = engine.translate(
        f"select median(a) as m from (select {TWO.replace(',', ' as a,')} as c from samples) as t"
    ).sql
    assert 'QUANTILE_CONT("t"."a", 0.5)' in sql
    assert sql.count("[0.5, 0.9]") == 2


@pytest.mark.parametrize("share", ["0", "0.25", "1"])
def test_a_merged_quantile_is_the_single_one(engine: Engine, share: str) -> None:
    one = f"percentile_cont({share}) within group (order by fare_amount::float8)"
    other = "median(fare_amount::float8)"
    with engine.session() as session:
        merged = session.run(f"select {one} as a, {other} as b from trips", {}).page(0)
    with engine.session() as session:
        alone = session.run(f"select {one} as a from trips", {}).page(0)
    assert merged[0][0] == alone[0][0]
