"""The names by which a query is known at each hop, and the forms that they must have."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

_QUERY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TOPIC_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# AWS: Redshift Data API, the pattern of a statement's Id. A sub-statement's `:n` is not one of ours.
_STATEMENT_ID = re.compile(r"[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}")
_STATEMENT_NAME = re.compile(rf"([0-9a-f]{{32}})/({_QUERY_ID.pattern})")
_TOPIC_NAME_LENGTH = 64


def is_query_id(text: str) -> bool:
    """Say whether the text is a UUID in lower case."""
    return _QUERY_ID.fullmatch(text) is not None


def is_topic_name(text: str) -> bool:
    """Say whether the text can name a report: words of a–z and 0–9 joined by hyphens, at most 64 long."""
    return len(text) <= _TOPIC_NAME_LENGTH and _TOPIC_NAME.fullmatch(text) is not None


def file_name(topic_name: str) -> str:
    """Name the file of a report."""
    return f"{topic_name}.sql"


def is_statement_id(text: str) -> bool:
    """Say whether the text has the form of a statement's id."""
    return _STATEMENT_ID.fullmatch(text) is not None


def owner_of(issuer: str, subject: str) -> str:
    """Name the owner of a token: 32 hexadecimal digits that tell neither issuer nor subject."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()[:32]


def statement_name(owner: str, query_id: str) -> str:
    """Name a statement so that the event, which echoes the name, leads back to its query."""
    return f"{owner}/{query_id}"


def parse_statement_name(name: str) -> tuple[str, str] | None:
    """Give (owner, query id), or None for a statement that is not one of ours."""
    match = _STATEMENT_NAME.fullmatch(name)
    return (match[1], match[2]) if match else None


def client_token(owner: str, query_id: str) -> str:
    """Give the token by which the Data API executes one query at most once (64 characters, its limit)."""
    return hashlib.sha256(statement_name(owner, query_id).encode()).hexdigest()


def parameters_hash(topic_name: str, parameters: Mapping[str, str]) -> str:
    """Fingerprint a question, so that a queryId used again for another question is noticed."""
    canonical = json.dumps(parameters, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{topic_name}\n{canonical}".encode()).hexdigest()
