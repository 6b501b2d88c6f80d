"""The TLC's own files of 2015: fetched, checked and loaded."""

from infra.local.data.tlc.download import download_year
from infra.local.data.tlc.files import read_year
from infra.local.data.tlc.loading import TlcYear, insert_trips
from infra.local.data.tlc.schema import TLC_COLUMNS
from infra.local.data.tlc.server import TLC_ADDRESS
from infra.local.data.tlc.source import RealYear, open_year
from infra.local.data.tlc.version import tlc_version

__all__ = [
    "TLC_ADDRESS",
    "TLC_COLUMNS",
    "RealYear",
    "TlcYear",
    "download_year",
    "insert_trips",
    "open_year",
    "read_year",
    "tlc_version",
]
