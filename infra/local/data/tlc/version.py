"""The name of a data set of real trips: the same files, loaded in the same way, have the same name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from infra.local.data.tlc.files import YearFiles, read_year

_LOADERS = ("schema.py", "statements.py", "checks.py", "defects.py", "loading.py")


def tlc_version(folder: Path) -> str:
    """For example `2015-tlc-9a2e41c07b3d`; the end is a hash of names, sizes and footers, and of what loads them.

    Raises:
        DataError: a month is missing, or a file is not what the TLC publishes.
    """
    return version_of(read_year(folder))


def version_of(year: YearFiles) -> str:
    """The same name, of files that were read already."""
    digest = hashlib.sha256()
    for file in year.months:
        digest.update(f"{file.path.name} {file.digest}\n".encode())
    for name in _LOADERS:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return f"2015-tlc-{digest.hexdigest()[:12]}"
