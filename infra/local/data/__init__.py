"""The data of the stand-in's warehouse: synthetic trips that resemble the New York taxi year 2015."""

from infra.local.data.dataset import prepare
from infra.local.data.errors import DataError
from infra.local.data.storage import Dataset

__all__ = ["DataError", "Dataset", "prepare"]
