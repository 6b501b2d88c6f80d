"""The stand-in's addresses, and the one rewriting of addresses on AWS to them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from infra.local.place import LOOPBACK

# AWS: API Gateway, the address by which an API is invoked.
_AWS_API = re.compile(r"(?P<scheme>wss|https)://[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com")
_LOCAL_SCHEMES = {"wss": "ws", "https": "http"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two ports that the stand-in listens on: API Gateway's and that of every other AWS service."""

    gateway_port: int
    aws_port: int

    @property
    def aws(self) -> str:
        """Where boto3 finds every AWS service."""
        return f"http://{LOOPBACK}:{self.aws_port}"

    @property
    def issuer(self) -> str:
        """The issuer of the local ID tokens, below which the stand-in's own pages stand."""
        return f"http://{LOOPBACK}:{self.gateway_port}/_local"

    @property
    def console(self) -> str:
        """Where a person sees what happens."""
        return f"{self.issuer}/"

    @property
    def tokens(self) -> str:
        """Where a local ID token is to be had."""
        return f"{self.issuer}/token"

    @property
    def keys(self) -> str:
        """Where the issuer's public keys stand."""
        return f"{self.issuer}/jwks.json"

    def localized(self, text: str) -> str:
        """Replace the address of any API on AWS by that of the local gateway; other text stays as it is."""
        return _AWS_API.sub(self._local, text)

    def _local(self, match: re.Match[str]) -> str:
        return f"{_LOCAL_SCHEMES[match['scheme']]}://{LOOPBACK}:{self.gateway_port}"
