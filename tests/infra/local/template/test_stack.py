"""Parameters: defaults, given values, and the values that a template does not allow."""

from __future__ import annotations

import pytest

from infra.local.template.document import Template, load
from infra.local.template.errors import TemplateError
from infra.local.template.stack import parameter_values
from tests.infra.local.template.edited import PARAMETERS, TEMPLATE

pytestmark = pytest.mark.fast


@pytest.fixture(scope="module")
def template() -> Template:
    return load(TEMPLATE)


def test_a_given_value_wins_over_the_default(template: Template) -> None:
    values = parameter_values(template, {**PARAMETERS, "MaxActiveQueries": "7"})
    assert (values["MaxActiveQueries"], values["QueryDeadlineSeconds"]) == ("7", "900")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TokenIssuer", "http://example.org", "does not match its AllowedPattern"),
        ("TokenAudience", "", "is shorter than its MinLength"),
        ("QueryDeadlineSeconds", "9", "is below its MinValue"),
        ("QueryDeadlineSeconds", "3601", "is above its MaxValue"),
        ("MaxActiveQueries", "many", "is not a number"),
        ("ManageApiGatewayAccount", "yes", "is not one of its AllowedValues"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(name: str, value: str, said: str, template: Template) -> None:
    with pytest.raises(TemplateError, match=f"{name}: the value '{value}' {said}"):
        parameter_values(template, {**PARAMETERS, name: value})


def test_a_parameter_without_value_or_default_is_refused(template: Template) -> None:
    with pytest.raises(
        TemplateError, match="TokenIssuer: this parameter has no default and was given no value"
    ):
        parameter_values(template, {})


def test_a_value_for_no_parameter_is_refused(template: Template) -> None:
    with pytest.raises(TemplateError, match="Colour: the template has no such parameter"):
        parameter_values(template, {**PARAMETERS, "Colour": "yellow"})
