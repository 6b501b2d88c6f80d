"""The one error of the template reader: always a place and a sentence, for whoever edits the template."""

from __future__ import annotations


class TemplateError(Exception):
    """The template says something that the stand-in cannot honour.

    `file` is the path as it was given, `line` counts from 1, `message` begins with the logical id where there is one.
    """

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message
