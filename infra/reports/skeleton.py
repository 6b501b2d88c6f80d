"""A new report to begin with: a file that is valid as it stands."""

from __future__ import annotations

from pathlib import Path

from infra.reports.errors import CommandError
from pipeline.core.identifiers import file_name, is_topic_name

_TEMPLATE = Path(__file__).with_name("skeleton.sql")


def write_skeleton(folder: Path, topic_name: str) -> Path:
    """Write `reports/<topicName>.sql` below `folder`, and say where it is.

    Raises:
        CommandError: the name cannot be one, or is taken, or the folder cannot be written.
    """
    if not is_topic_name(topic_name):
        raise CommandError(
            f"{topic_name!a} cannot name a report: take words of a–z and 0–9 joined by hyphens, such as tips-by-hour."
        )
    path = folder / "reports" / file_name(topic_name)
    title = topic_name.replace("-", " ").capitalize()
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_TEMPLATE.read_text(encoding="utf-8").replace("{{title}}", title))
    except FileExistsError as error:
        raise CommandError(f"{path} is there already: choose another name, or change that file.") from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    return path
