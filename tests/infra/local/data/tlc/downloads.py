"""What the tests of the download share: how they download, and what they look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local.data import DataError
from infra.local.data.progress import Progress
from infra.local.data.tlc import download_year
from infra.local.data.tlc.download import Patience
from infra.local.data.tlc.schema import file_name
from infra.local.data.tlc.server import Timeouts
from tests.infra.local.data.conftest import quiet
from tests.infra.local.data.tlc.tlc_server import TlcServer

HURRIED = Patience(Timeouts(connect=5, read=5), pauses=(0, 0, 0))
NAMES = [file_name(month) for month in range(1, 13)]
JANUARY, FEBRUARY = NAMES[:2]
SOME = 150_000
"""Less than January's file, and more than what is read at once."""

DOWNLOAD = """
import sys
from pathlib import Path
from infra.local.data import DataError
from infra.local.data.progress import Progress
from infra.local.data.tlc import download_year
{before}
try:
    download_year(Path(sys.argv[1]), sys.argv[2], Progress(lambda _: None))
except DataError as error:
    print(error)
"""


def download(tlc: TlcServer, folder: Path, say: Callable[[str], None] = quiet) -> None:
    download_year(folder, tlc.address, Progress(say), HURRIED)


def refusal(tlc: TlcServer, folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        download(tlc, folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def files_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.parquet*")}
