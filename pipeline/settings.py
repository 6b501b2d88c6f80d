"""The pipeline's configuration: the only place that reads the environment of a Lambda function."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class MissingSettingError(RuntimeError):
    """A function lacks an environment variable that it needs."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of a function, by meaning. Each function has only the variables it needs (`NEEDS`)."""

    environment: Mapping[str, str]

    @classmethod
    def from_environment(cls) -> Settings:
        """Take the environment of this process."""
        return cls(dict(os.environ))

    @property
    def connections_table(self) -> str:
        """Name of the DynamoDB table `client_connections`."""
        return self._text("CONNECTIONS_TABLE")

    @property
    def reports_bucket(self) -> str:
        """Name of the bucket that holds the analysts' SQL files."""
        return self._text("REPORTS_BUCKET")

    @property
    def reports_prefix(self) -> str:
        """Prefix of the reports in their bucket, with its slash."""
        return self._text("REPORTS_PREFIX")

    @property
    def may_submit(self) -> bool:
        """Say whether this function starts statements: only the one that does is told where."""
        return "WAREHOUSE_WORKGROUP" in self.environment

    @property
    def warehouse_workgroup(self) -> str:
        """Name of the Redshift Serverless workgroup."""
        return self._text("WAREHOUSE_WORKGROUP")

    @property
    def warehouse_database(self) -> str:
        """Name of the database in the workgroup."""
        return self._text("WAREHOUSE_DATABASE")

    @property
    def websocket_endpoint_parameter(self) -> str:
        """Name of the SSM parameter that holds the WebSocket API's address."""
        return self._text("WEBSOCKET_ENDPOINT_PARAMETER")

    @property
    def token_issuer(self) -> str:
        """Issuer (`iss`) of the ID tokens that are accepted."""
        return self._text("TOKEN_ISSUER")

    @property
    def token_audience(self) -> str:
        """Audience (`aud`) of the ID tokens that are accepted."""
        return self._text("TOKEN_AUDIENCE")

    @property
    def token_jwks_url(self) -> str:
        """Address of the issuer's public keys."""
        return self._text("TOKEN_JWKS_URL")

    @property
    def query_deadline_seconds(self) -> int:
        """Longest time that any query may take, in seconds."""
        return int(self._text("QUERY_DEADLINE_SECONDS"))

    @property
    def maximum_active_queries(self) -> int:
        """How many queries one owner may have running."""
        return int(self._text("MAX_ACTIVE_QUERIES"))

    @property
    def log_level(self) -> str:
        """Lowest level that is logged."""
        return self._text("LOG_LEVEL")

    def _text(self, name: str) -> str:
        value = self.environment.get(name)
        if not value:
            raise MissingSettingError(f"The environment variable {name} is not set for this function.")
        return value


_REPORTS = frozenset({"REPORTS_BUCKET", "REPORTS_PREFIX"})
_ALWAYS = frozenset({"LOG_LEVEL"})
_LIMITS = frozenset({"QUERY_DEADLINE_SECONDS", "MAX_ACTIVE_QUERIES"})
_SUBMIT = _LIMITS | {"WAREHOUSE_WORKGROUP", "WAREHOUSE_DATABASE"}
_TABLE = frozenset({"CONNECTIONS_TABLE"})

NEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pipeline.handlers.on_connect.handler": _ALWAYS | _TABLE | _REPORTS | _SUBMIT,
        "pipeline.handlers.send_message.handler": _ALWAYS | _TABLE | {"WEBSOCKET_ENDPOINT_PARAMETER"},
        "pipeline.handlers.get_results.handler": _ALWAYS | _TABLE | _REPORTS,
        "pipeline.handlers.on_disconnect.handler": _ALWAYS | _TABLE,
        "pipeline.handlers.list_reports.handler": _ALWAYS | _REPORTS,
        "pipeline.handlers.list_queries.handler": _ALWAYS | _TABLE | _LIMITS,
        "pipeline.handlers.authorize.handler": _ALWAYS | {"TOKEN_ISSUER", "TOKEN_AUDIENCE", "TOKEN_JWKS_URL"},
    }
)
"""The variables that each handler reads: the template is checked against this before anything runs."""
