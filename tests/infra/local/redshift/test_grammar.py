"""Random SELECTs: each one gives types of the table and values of their form, or is refused in Redshift's words."""

from __future__ import annotations

import re
from random import Random

from infra.local.redshift import Engine
from infra.local.redshift.engine import Session
from infra.local.redshift.errors import SqlError
from infra.local.redshift.results import Result
from tests.infra.local.redshift.golden import ENGINE_WORDS
from tests.infra.local.redshift.grammar import Writer
from tests.infra.local.redshift.plain import ENGINE_TYPES, engine_type

STATEMENTS = 2_000
PYTHON = {"longValue": int, "doubleValue": float, "booleanValue": bool, "stringValue": str}
FORMS = {
    "date": re.compile(r"-?\d{4,}-\d\d-\d\d"),
    "timestamp": re.compile(r"-?\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,6}"),
}


def test_two_thousand_statements_answer_in_known_types_or_are_refused(engine: Engine) -> None:
    writer = Writer(Random(2015))
    answered, refused = 0, 0
    for _ in range(STATEMENTS):
        sql = writer.statement()
        with engine.session() as session:
            try:
                result = session.run(sql, {})
            except SqlError as error:
                refused += 1
                check_sentence(sql, str(error))
            else:
                answered += 1
                check_types(engine, session, sql, result)
                check_values(sql, result)
    assert min(answered, refused) > STATEMENTS / 10


def check_sentence(sql: str, error: str) -> None:
    assert error.startswith("ERROR: "), (sql, error)
    assert not ENGINE_WORDS.search(error), (sql, error)


def check_types(engine: Engine, session: Session, sql: str, result: Result) -> None:
    translated = engine.translate(sql).sql
    description = session._cursor.execute(f"DESCRIBE {translated}").fetchall()
    kinds = [engine_type(str(column[1])) for column in description]
    announced = [str(column.type) for column in result.columns]
    assert [str(kind) for kind in kinds] == announced, (sql, translated)
    names = {kind.name for kind in ENGINE_TYPES.values()} | {"numeric"}
    assert {column.type.name for column in result.columns} <= names, sql


def check_values(sql: str, result: Result) -> None:
    for record in result.page(0):
        for field, column in zip(record, result.columns, strict=True):
            ((key, value),) = field.items()
            if key == "isNull":
                continue
            assert type(value) is PYTHON[key], (sql, field)
            if column.type.name in FORMS:
                assert FORMS[column.type.name].fullmatch(str(value)), (sql, field)
            if column.type.name == "numeric":
                _, _, decimals = str(value).partition(".")
                assert len(decimals) == column.type.scale, (sql, field)
