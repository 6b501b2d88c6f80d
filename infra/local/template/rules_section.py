"""The section `Rules`: what CloudFormation demands of the parameters before it makes anything."""

from __future__ import annotations

from infra.local.template.document import Template
from infra.local.template.nodes import Entries, Items, Node
from infra.local.template.resolve import Resolver, Scope


def check_rules(template: Template, scope: Scope) -> None:
    """Check every assertion of every rule.

    Raises:
        TemplateError: an assertion does not hold; the sentence is its own description.
    """
    for name, rule in template.section("Rules").items():
        for assertion in _assertions(template, name, rule):
            _check(template, Resolver(scope, name), assertion)


def _assertions(template: Template, name: str, rule: Node) -> tuple[Node, ...]:
    held = rule.entries.get("Assertions") if isinstance(rule, Entries) and len(rule.entries) == 1 else None
    if not isinstance(held, Items):
        raise template.error(rule.line, f"{name}: the stand-in can do rules of Assertions only.")
    return held.items


def _check(template: Template, resolver: Resolver, assertion: Node) -> None:
    if not isinstance(assertion, Entries) or "Assert" not in assertion.entries:
        raise template.error(assertion.line, f"{resolver.subject}: an assertion has an Assert.")
    if not resolver.truth(assertion.entries["Assert"]):
        said = assertion.entries.get("AssertDescription")
        sentence = resolver.resolve(said) if said else "This assertion does not hold."
        raise template.error(assertion.line, f"{resolver.subject}: {sentence}")
