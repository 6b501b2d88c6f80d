"""The warehouse's set-up files, with their blanks filled: `{{Name}}` stands for what a deployment knows.

`python -m infra.warehouse` writes them all, ready for a SQL client.

One blank is filled from the files themselves: `{{trips}}` is the query behind the view `checked_trips`. A
materialized view cannot read a view, and the rules of that view must not be written a second time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "sql" / "setup"
_VIEW = FOLDER / "02-trips-view.sql"
_BLANK = re.compile(r"\{\{(\w+)\}\}")
_COMMENT = re.compile(r"--.*")
_EMPTY_LINES = re.compile(r"\n{3,}")


class BlankError(ValueError):
    """A set-up file has a blank that nobody filled."""


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text of a set-up file, each blank outside its comments filled.

    Raises:
        BlankError: there is no value for a blank.
    """
    known = {"trips": query_of_the_view(), **values}
    code = _COMMENT.sub("", text)
    for name in _BLANK.findall(code):
        if name not in known:
            raise BlankError(f"There is no value for the blank {{{{{name}}}}}.")
    return _BLANK.sub(lambda blank: known[blank[1]], _EMPTY_LINES.sub("\n\n", code)).lstrip()


def query_of_the_view() -> str:
    """What the view `checked_trips` asks of `nyc_yellow_taxi`, the rules included, in Redshift's SQL."""
    text = _COMMENT.sub("", _VIEW.read_text(encoding="utf-8"))
    return text.partition("view checked_trips as")[2].partition(";")[0].strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every set-up file, filled, in order; give the exit status of the process."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.warehouse", description="The SQL that sets a Redshift database up and loads it."
    )
    parser.add_argument("--statement-role", required=True, help="the stack's output StatementRoleName")
    parser.add_argument("--data-url", required=True, help="where the exported data were uploaded: s3://...")
    parser.add_argument("--load-role", required=True, help="the ARN of a role that may read them")
    parser.add_argument("--deadline-seconds", type=int, default=900, help="what the stack allows a query")
    options = parser.parse_args(arguments)
    values = {
        "StatementRoleName": options.statement_role,
        "DeadlineMilliseconds": str(options.deadline_seconds * 1000),
        "DataUrl": options.data_url.rstrip("/"),
        "LoadRole": options.load_role,
    }
    for file in sorted(FOLDER.glob("*.sql")):
        sys.stdout.write(f"-- {file.name}\n{filled(file.read_text(encoding='utf-8'), values)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
