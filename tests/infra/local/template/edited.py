"""The project's own template with one thing changed: how these tests make a template that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.local.template import TemplateError, read_wiring
from infra.local.template.restamp import restamp
from infra.local.wiring import Wiring

TEMPLATE = Path(__file__).parents[4] / "infra" / "template.yaml"
STACK = "nyc-taxi-insights"
PARAMETERS = {
    "TokenIssuer": "http://127.0.0.1:8787/_local",
    "TokenAudience": "nyc-taxi-insights",
    "TokenJwksUrl": "http://127.0.0.1:8787/_local/jwks.json",
    "WorkgroupName": "local",
    "WorkgroupArn": "arn:aws:redshift-serverless:us-east-1:123456789012:workgroup/local",
}


def edited(folder: Path, old: str, new: str, within: str | None = None) -> Path:
    """Write the template with one snippet replaced, which must stand in it exactly once.

    `within` is a resource's logical id: then the snippet must stand once in that resource. The REST deployment is
    stamped anew, so that a test about something else does not end there.
    """
    text = TEMPLATE.read_text(encoding="utf-8")
    block = _block(text, within) if within else text
    assert block.count(old) == 1, f"the snippet stands {block.count(old)} times in {within or 'the template'}"
    path = folder / "template.yaml"
    path.write_text(text.replace(block, block.replace(old, new)), encoding="utf-8")
    return path


def edited_and_stamped(folder: Path, old: str, new: str, within: str | None = None) -> Path:
    """Do the same, and write the hash of the REST API that it has now."""
    path = edited(folder, old, new, within)
    restamp(path)
    return path


def without(folder: Path, logical_id: str) -> Path:
    """Write the template without one resource."""
    text = TEMPLATE.read_text(encoding="utf-8")
    path = folder / "template.yaml"
    path.write_text(text.replace(_block(text, logical_id), ""), encoding="utf-8")
    return path


def read(path: Path) -> Wiring:
    return read_wiring(path, STACK, PARAMETERS)


def refusal(path: Path) -> TemplateError:
    """Read a template that must be refused; answers the error, whose place is checked to be in that file."""
    with pytest.raises(TemplateError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:{caught.value.line}: {caught.value.message}"
    return caught.value


def line_of(path: Path, snippet: str, within: str | None = None) -> int:
    """Give the one line, of the file or of a resource, on which a snippet stands."""
    text = path.read_text(encoding="utf-8")
    block = _block(text, within) if within else text
    before = text[: text.index(block)].count("\n")
    lines = block.splitlines()
    found = [number for number, line in enumerate(lines, start=before + 1) if snippet in line]
    assert len(found) == 1, f"{snippet!r} stands on the lines {found}"
    return found[0]


def _block(text: str, logical_id: str) -> str:
    """Give a resource's text: from its logical id to the next blank line."""
    start = text.index(f"\n  {logical_id}:\n") + 1
    return text[start : text.index("\n\n", start) + 1]
