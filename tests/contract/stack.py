"""The deployed stack that `-m aws` runs against: its name is in the variable STACK."""

from __future__ import annotations

import os

import boto3


def stack_output(name: str) -> str:
    """Give an output of the stack.

    Raises:
        LookupError: STACK is not set, or the stack has no such output.
    """
    stack = os.environ.get("STACK")
    if not stack:
        raise LookupError("Set STACK to the name of the deployed stack.")
    (found,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}
    if name not in outputs:
        raise LookupError(f"The stack {stack} has no output {name}.")
    return str(outputs[name])
