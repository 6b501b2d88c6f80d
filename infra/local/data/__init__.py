"""The data of the stand-in's warehouse: the New York taxi year 2015, synthetic or the TLC's own."""

from infra.local.data.dataset import prepare
from infra.local.data.errors import DataError
from infra.local.data.serving import served_version, serving
from infra.local.data.storage import Dataset

__all__ = ["DataError", "Dataset", "prepare", "served_version", "serving"]
