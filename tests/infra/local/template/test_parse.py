"""YAML with CloudFormation's tags becomes a tree that knows its lines."""

from __future__ import annotations

import pytest

from infra.local.template.errors import TemplateError
from infra.local.template.nodes import Call, Entries, Items, Scalar, plain
from infra.local.template.parse import parse

pytestmark = pytest.mark.fast


def test_every_value_knows_its_line() -> None:
    tree = parse("a: 1\nb:\n  - x\n  - y: z\n", "t.yaml")
    assert isinstance(tree, Entries)
    assert tree.lines == {"a": 1, "b": 2}
    items = tree.entries["b"]
    assert isinstance(items, Items)
    assert [item.line for item in items.items] == [3, 4]


@pytest.mark.parametrize("text", ["!Ref Table", "{Ref: Table}"])
def test_short_and_long_form_are_the_same_call(text: str) -> None:
    assert parse(text, "t.yaml") == Call(1, "Ref", Scalar(1, "Table"))


@pytest.mark.parametrize("text", ["!GetAtt Table.Stream.Arn", '{"Fn::GetAtt": [Table, Stream.Arn]}'])
def test_the_dotted_form_of_get_att_is_the_same_as_its_list(text: str) -> None:
    assert plain(parse(text, "t.yaml")) == {"Fn::GetAtt": ["Table", "Stream.Arn"]}


def test_dates_stay_text_and_numbers_do_not() -> None:
    assert plain(parse("{v: 2012-10-17, n: 3, t: true, s: '3', e: }", "t.yaml")) == {
        "v": "2012-10-17",
        "n": 3,
        "t": True,
        "s": "3",
        "e": None,
    }


def test_a_policys_condition_is_no_function() -> None:
    assert plain(parse("Condition: {Bool: x}", "t.yaml")) == {"Condition": {"Bool": "x"}}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "The key a stands here twice; the first is at line 1."),
        (
            "a: &x 1\nb: *x\n",
            2,
            "The alias *x cannot be read: aliases are not part of CloudFormation's YAML.",
        ),
        ("a: [1\nb: 2\n", 2, "This is not YAML: "),
        ("", 1, "The template is empty."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(TemplateError) as caught:
        parse(text, "t.yaml")
    assert caught.value.line == line
    assert caught.value.message.startswith(said)
