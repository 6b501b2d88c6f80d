"""From a template file to the wiring: read it, check it, resolve it, wire it, check the wiring."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from infra.local.template.checks import check_wiring
from infra.local.template.deployment import check_deployments
from infra.local.template.document import Template, load
from infra.local.template.events import rules
from infra.local.template.functions import async_configs, functions, permissions, roles
from infra.local.template.kinds import KINDS
from infra.local.template.names import StackNames
from infra.local.template.nodes import Entries
from infra.local.template.properties import check_properties
from infra.local.template.references import check_references
from infra.local.template.resolve import Resolver
from infra.local.template.resolved import Resolved, Resources, resolve_resources
from infra.local.template.rest_api import rest_api, rest_authorizers
from infra.local.template.rules_section import check_rules
from infra.local.template.socket_api import socket_api, socket_authorizers
from infra.local.template.stack import Stack, parameter_values
from infra.local.template.text import as_text
from infra.local.wiring import Built, Wiring


def read_wiring(
    path: Path,
    stack_name: str,
    parameters: Mapping[str, str],
    region: str = "us-east-1",
    account: str = "123456789012",
) -> Wiring:
    """Read a template as the stack `stack_name` would make it.

    `parameters` holds the values of those without a default, and of any other. Outputs and SSM parameters hold
    addresses as they are on AWS.

    Raises:
        TemplateError: the template says something that the stand-in does not understand, or that would not work.
    """
    template = load(path)
    check_properties(template)
    check_references(template)
    check_deployments(template)
    stack = Stack(stack_name, region, account, parameter_values(template, parameters))
    names = StackNames(template, stack, {**stack.parameters, **stack.pseudo_parameters()})
    check_rules(template, names.scope())
    resources = resolve_resources(template, names)
    wiring = _wiring(template, stack, names, resources)
    check_wiring(wiring, resources, template, stack.parameters)
    return wiring


def _wiring(template: Template, stack: Stack, names: StackNames, resources: Resources) -> Wiring:
    made = functions(resources)
    authorizers = [*socket_authorizers(resources), *rest_authorizers(resources)]
    return Wiring(
        stack_name=stack.name,
        functions=made,
        authorizers={authorizer.logical_id: authorizer for authorizer in authorizers},
        socket_api=socket_api(resources),
        rest_api=rest_api(resources),
        permissions=permissions(resources),
        rules=rules(resources),
        async_configs=async_configs(resources),
        roles=roles(resources, made),
        built=[_built(held) for held in _treated(resources, "built")],
        outputs=_outputs(template, names),
        not_imitated=[held.logical_id for held in _treated(resources, "not imitated")],
        region=stack.region,
        account=stack.account,
    )


def _treated(resources: Resources, treatment: str) -> list[Resolved]:
    return [
        held for held in resources.by_id.values() if KINDS[held.resource.resource_type].treatment == treatment
    ]


def _built(held: Resolved) -> Built:
    return Built(held.logical_id, held.resource.resource_type, held.name, held.properties)


def _outputs(template: Template, names: StackNames) -> dict[str, str]:
    outputs: dict[str, str] = {}
    for name, node in template.section("Outputs").items():
        value = node.entries.get("Value") if isinstance(node, Entries) else None
        if value is None:
            raise template.error(node.line, f"{name}: this output has no Value.")
        outputs[name] = as_text(Resolver(names.scope(), name).resolve(value))
    return outputs
