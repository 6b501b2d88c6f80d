"""The intrinsic functions, one by one, over a small template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infra.local.template.document import Template, load
from infra.local.template.errors import TemplateError
from infra.local.template.names import StackNames
from infra.local.template.parse import parse
from infra.local.template.resolve import Resolver
from infra.local.template.stack import Stack, parameter_values

pytestmark = pytest.mark.fast

SMALL = """
Parameters:
  Size: {Type: Number, Default: 3}
Conditions:
  Small: !Equals [!Ref Size, "3"]
  Large: !Not [!Equals [!Ref Size, 3]]
Resources:
  Here: {Type: "AWS::SQS::Queue", Condition: Small, Properties: {QueueName: here}}
  Gone: {Type: "AWS::SQS::Queue", Condition: Large}
"""


@pytest.fixture
def template(tmp_path: Path) -> Template:
    path = tmp_path / "t.yaml"
    path.write_text(SMALL, "utf-8")
    return load(path)


@pytest.fixture
def resolver(template: Template) -> Resolver:
    stack = Stack("s", "us-east-1", "123456789012", parameter_values(template, {}))
    names = StackNames(template, stack, {**stack.parameters, **stack.pseudo_parameters()})
    return Resolver(names.scope(), "Subject")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("!Ref Size", "3"),
        ("!Ref AWS::Region", "us-east-1"),
        ("!Ref Here", "https://sqs.us-east-1.amazonaws.com/123456789012/here"),
        ("!GetAtt Here.Arn", "arn:aws:sqs:us-east-1:123456789012:here"),
        ("!GetAtt [Here, QueueName]", "here"),
        ("!Sub '${AWS::StackName}-${Size}-${Here.QueueName}'", "s-3-here"),
        ("!Sub ['${a}-${Size}', {a: !Ref AWS::Partition}]", "aws-3"),
        ("!Sub '${!Size}'", "${Size}"),
        ("!Join ['/', [a, !Ref Size, true]]", "a/3/true"),
        ("!If [Small, yes-it-is, no]", "yes-it-is"),
        ("!If [Large, !Ref Gone, other]", "other"),
        ("!Equals [3, '3']", True),
        ("!Equals [true, 'true']", True),
        ("!Not [!Equals [a, b]]", True),
        ("!And [!Equals [a, a], !Equals [a, b]]", False),
        ("!And [!Equals [a, a], !Equals [b, b]]", True),
        ("!Or [!Equals [a, a], !Equals [a, b]]", True),
        ("!Or [!Equals [a, c], !Equals [a, b]]", False),
        ("{a: !Ref AWS::NoValue, b: [1, !Ref AWS::NoValue]}", {"b": [1]}),
        ("!If [Large, x, !Ref AWS::NoValue]", None),
    ],
)
def test_a_function_gives_its_value(text: str, value: Any, resolver: Resolver) -> None:
    assert resolver.resolve(parse(f"value: {text}", "t.yaml")).get("value") == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("!Ref Nothing", "Nothing is neither a parameter nor a resource of this stack"),
        ("!Ref Gone", "Gone is neither a parameter nor a resource of this stack"),
        ("!GetAtt Here.Url", "Here.Url is no attribute that the stand-in knows"),
        ("!GetAtt Gone.Arn", "Gone.Arn is no attribute that the stand-in knows"),
        ("!Sub '${Nothing}'", "Nothing is neither a parameter nor a resource of this stack"),
        ("!If [Middle, a, b]", "the template has no condition Middle"),
        ("!If [Small, a]", "If is written with the wrong number of arguments"),
        ("!Equals [a]", "Equals is written with the wrong number of arguments"),
        ("!And [!Equals [a, a]]", "And is written with the wrong number of arguments"),
        ("!Not [maybe]", "a condition is made of Equals, Not, And and Or"),
        ("!Or [!Equals [a, a], maybe]", "a condition is made of Equals, Not, And and Or"),
        ("!Ref [a]", "Ref takes a name"),
        ("!Sub [[a], {}]", "Sub takes a text, or a text and a mapping"),
        ("!Join ['', a]", "Join takes a separator and a list"),
        ("!Base64 a", "the intrinsic function Base64 is not supported"),
    ],
)
def test_a_function_that_cannot_be_resolved_names_line_and_subject(
    text: str, said: str, resolver: Resolver
) -> None:
    with pytest.raises(TemplateError) as caught:
        resolver.resolve(parse(f"a: 1\nb: {text}", "t.yaml"))
    assert (caught.value.line, caught.value.message) == (2, f"Subject: {said}.")
