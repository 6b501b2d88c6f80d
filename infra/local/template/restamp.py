"""Writes the REST deployment's hash into the template: `python -m infra.local.template.restamp [template]`."""

from __future__ import annotations

import sys
from pathlib import Path

from infra.local.template.deployment import deployments, stamped
from infra.local.template.document import load

DEFAULT = Path("infra/template.yaml")


def restamp(path: Path) -> dict[str, str]:
    """Rename each stale deployment everywhere in the file; answers the new name by the old one."""
    template = load(path)
    wanted = {held.logical_id: stamped(held.logical_id, template) for held in deployments(template)}
    renamed = {old: new for old, new in wanted.items() if old != new}
    text = path.read_text(encoding="utf-8")
    for old, new in renamed.items():
        text = text.replace(old, new)
    if renamed:
        path.write_text(text, encoding="utf-8")
    return renamed


def main(arguments: list[str]) -> int:
    """Restamp the template that is named, or the project's own."""
    path = Path(arguments[0]) if arguments else DEFAULT
    renamed = restamp(path)
    said = [f"{old} is now {new}" for old, new in renamed.items()] or [
        f"{path}: the deployment is up to date"
    ]
    sys.stdout.write("\n".join(said) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
