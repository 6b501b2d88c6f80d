"""The stand-in's warehouse: the Redshift Data API over DuckDB, with Redshift's types, errors and life cycle."""

from infra.local.redshift.data_api import DataApi, StatementFaults
from infra.local.redshift.endpoint import Endpoint
from infra.local.redshift.engine import Engine
from infra.local.redshift.warehouse import Warehouse

__all__ = ["DataApi", "Endpoint", "Engine", "StatementFaults", "Warehouse"]
