"""The reader of `infra/template.yaml`: what it cannot honour stops the start, with file, line and logical id."""

from infra.local.template.errors import TemplateError
from infra.local.template.read import read_wiring

__all__ = ["TemplateError", "read_wiring"]
