"""The REST half: reports, result pages, history. Synchronous, over kept-alive connections."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from dashboard.client.upstream import PipelineNotReady, SignedOut, Unreachable, Upstream, is_loopback
from pipeline.core.errors import CODES, Refusal
from pipeline.core.history import History
from pipeline.core.reports import Catalogue, Report
from pipeline.core.result_pages import ResultPage
from pipeline.core.schema import SchemaError, from_wire

__all__ = ["RestClient", "StillRunning", "Unreachable"]

T = TypeVar("T")

_logger = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 10
# A kept-alive connection that has just died costs nothing; a pipeline that fails gets a moment.
_PAUSES_SECONDS = (0.0, 0.5)
_ONCE: tuple[float, ...] = ()
_NO_QUERY: Mapping[str, str] = MappingProxyType({})
_SILENT = "The pipeline does not answer. Nothing is lost: try again in a moment."
_UNREADABLE = (
    "The pipeline gave an answer that this page cannot read. Nothing is lost: try again in a moment."
)
_STILL_RUNNING = "The answer is not ready yet: the query is still running."


class StillRunning(Unreachable):
    """The query has not ended, so it has no rows; its notice will say when it has."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response; `body` is None where it is no JSON object."""

    status: int
    body: Mapping[str, Any] | None

    @property
    def is_worth_repeating(self) -> bool:
        return self.status >= 500 or self.body is None


class RestClient:
    """Reads from the pipeline as one user. Thread-safe.

    Every method raises `Refusal` where the pipeline says no, and `Unreachable` where no usable answer came.
    A GET is repeated twice when the connection breaks or the pipeline fails (5xx), and once with a new
    token when the token is refused. A result page is not: who waits for it is told before each repeat.
    """

    def __init__(
        self, upstream: Upstream, on_catalogue: Callable[[Catalogue], None] = lambda _: None
    ) -> None:
        self._upstream = upstream
        self._on_catalogue = on_catalogue
        self._session = requests.Session()

    def catalogue(self) -> Catalogue:
        """Give every report, and what the data is."""
        catalogue = _read(Catalogue, self._get("/reports"))
        self._on_catalogue(catalogue)
        return catalogue

    def report(self, topic_name: str, version: str) -> Report:
        """Give one report as it was in a version."""
        body = self._get("/reports", {"topicName": topic_name, "version": version})
        reports = _read(Catalogue, body).reports
        if not reports:
            raise Refusal("unknown_report", "There is no report of that name.", "topicName")
        return reports[0]

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        """Give one page of an answer, asked for once; `page` None is the first, else the `next_page` of the one before.

        Raises:
            Refusal: also `result_expired`, and `not_found` for an answer that is not this user's.
            StillRunning: the query has not ended.
        """
        query = {} if page is None else {"page": page}
        path = f"/results/{quote(statement_id, safe='')}"
        return _read(ResultPage, self._get(path, query, pauses=_ONCE))

    def queries(self) -> History:
        """Give this user's queries, the newest first."""
        return _read(History, self._get("/queries"))

    def _get(
        self,
        path: str,
        query: Mapping[str, str] = _NO_QUERY,
        pauses: tuple[float, ...] = _PAUSES_SECONDS,
    ) -> Mapping[str, Any]:
        answer = self._patiently(path, query, pauses, renew_token=False)
        if answer.status == requests.codes.unauthorized:
            answer = self._patiently(path, query, pauses, renew_token=True)
        return _content(answer)

    def _patiently(
        self, path: str, query: Mapping[str, str], pauses: tuple[float, ...], *, renew_token: bool
    ) -> _Answer:
        for pause in pauses:
            try:
                answer = self._send(path, query, renew_token=renew_token)
                if not answer.is_worth_repeating:
                    return answer
                _logger.warning("GET %s was answered with %s; once more.", path, answer.status)
            except requests.RequestException as error:
                _logger.warning("GET %s broke (%s); once more.", path, type(error).__name__)
            time.sleep(pause)
        try:
            return self._send(path, query, renew_token=renew_token)
        except requests.RequestException as error:
            raise Unreachable(_SILENT) from error

    def _send(self, path: str, query: Mapping[str, str], *, renew_token: bool) -> _Answer:
        try:
            endpoints = self._upstream.endpoints()
            token = self._upstream.tokens.token(endpoints, renew=renew_token)
        except PipelineNotReady as error:
            raise Unreachable(error.sentence) from error
        except SignedOut as error:
            raise Refusal("unauthorized", str(error)) from error
        # A proxy of the environment has nothing to do with this machine's own pipeline.
        self._session.trust_env = not is_loopback(endpoints.rest)
        response = self._session.get(
            endpoints.rest + path,
            params=dict(query),
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        return _Answer(response.status_code, _json_object(response))


def _json_object(response: requests.Response) -> Mapping[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _content(answer: _Answer) -> Mapping[str, Any]:
    if answer.body is None:
        raise Unreachable(_UNREADABLE)
    if answer.status == requests.codes.accepted:
        raise StillRunning(_STILL_RUNNING)
    if answer.status != requests.codes.ok:
        raise _refusal(answer.body)
    return answer.body


def _refusal(body: Mapping[str, Any]) -> Refusal | Unreachable:
    error = body.get("error")
    if not isinstance(error, dict) or error.get("code") not in CODES:
        return Unreachable(_UNREADABLE)
    field = error.get("field")
    return Refusal(error["code"], str(error.get("message")), field if isinstance(field, str) else None)


def _read(kind: type[T], body: Mapping[str, Any]) -> T:
    try:
        return from_wire(kind, body, refuse_unknown=False)
    except SchemaError as error:
        raise Unreachable(_UNREADABLE) from error
