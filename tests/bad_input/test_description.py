"""Requests made from docs/openapi.yaml, right and wrong, against the real stand-in: it answers as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.bad_input.cases import WEEK
from tests.bad_input.conftest import Statements
from tests.flow.client import User
from tests.flow.conftest import REPOSITORY, Pipeline

DESCRIPTION: Any = schemathesis.openapi.from_path(REPOSITORY / "docs" / "openapi.yaml")
OPERATIONS = {found.ok().label: found.ok() for found in DESCRIPTION.get_all_operations()}
# Left out is `positive_data_acceptance`: which pages there are, and that two names go together, no schema can say.
BOUNDED = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def ida(pipeline: Pipeline) -> User:
    return User.named(pipeline, "ida")


@pytest.fixture(scope="module")
def statement(ida: User) -> str:
    with ida.connected() as session:
        session.run("every-kind", **WEEK)
        return str(session.by_type("accepted", "finished")["finished"]["statementId"])


def answers_as_described(user: User, strategy: Any) -> None:
    @given(strategy)
    @BOUNDED
    def ask(case: Any) -> None:
        case.call_and_validate(
            base_url=user.pipeline.rest,
            headers={"Authorization": f"Bearer {user.token}"},
            excluded_checks=[positive_data_acceptance],
        )

    ask()


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described(
    ida: User, statements: Statements, label: str, mode: GenerationMode
) -> None:
    before = statements.count()
    answers_as_described(ida, OPERATIONS[label].as_strategy(generation_mode=mode))
    assert statements.count() == before


def test_any_page_of_a_real_answer_is_as_described(ida: User, statement: str) -> None:
    operation = OPERATIONS["GET /results/{statementId}"]
    answers_as_described(ida, operation.as_strategy(path_parameters={"statementId": statement}))
