"""What happens inside the stand-in, in words of ours and ids alone, for whoever looks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ID = re.compile(_UUID)
# In a message, in a key of the table, in a statement's name; and in a list of several.
_QUERY = re.compile(rf"(?:queryId\W+|query#|[0-9a-f]{{32}}/)({_UUID})")
_QUERIES = re.compile(rf"queryIds\W+((?:{_UUID}\W+)+)")
_TYPE = re.compile(r'"type": ?"([a-z]{1,20})"')
_MOST_IDS = 50_000
_MOST_WAITING = 5_000


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened; `queries` are the ids of those that it belongs to."""

    at: datetime
    kind: str
    text: str
    queries: tuple[str, ...]
    well: bool


Steps = asyncio.Queue[Step | None]


class Feed:
    """Passes steps on from any thread to every watcher's loop."""

    def __init__(self) -> None:
        self._watchers: tuple[tuple[asyncio.AbstractEventLoop, Steps], ...] = ()
        self._query_of: dict[str, str] = {}

    @property
    def watched(self) -> bool:
        """Say whether anybody looks, so that nobody needs to find words for nobody."""
        return bool(self._watchers)

    def tell(self, kind: str, text: str, about: object = "", well: bool = True) -> None:
        """Tell a step. `about` is searched for ids, in whatever form it writes itself."""
        if not self._watchers:
            return
        step = Step(datetime.now().astimezone(), kind, text, self._queries(str(about)), well)
        for loop, steps in self._watchers:
            with suppress(RuntimeError):  # the loop has closed since
                loop.call_soon_threadsafe(_put, steps, step)

    @contextmanager
    def watching(self) -> Iterator[Steps]:
        """Give every step of the block's time to the running loop; None is the end."""
        watcher = (asyncio.get_running_loop(), Steps())
        self._watchers += (watcher,)
        try:
            yield watcher[1]
        finally:
            self._watchers = tuple(other for other in self._watchers if other is not watcher)

    def close(self) -> None:
        """End every watcher's steps; runs on their loop."""
        for _, steps in self._watchers:
            steps.put_nowait(None)

    def _queries(self, text: str) -> tuple[str, ...]:
        """Find the queries that a text names, or whose statements and invocations it names."""
        named = {*_QUERY.findall(text), *_ID.findall(" ".join(_QUERIES.findall(text)))}
        ids = _ID.findall(text)
        if len(self._query_of) > _MOST_IDS:
            self._query_of.clear()
        if len(named) == 1:
            self._query_of.update(dict.fromkeys(ids, *named))
        named.update(query for one in ids if (query := self._query_of.get(one)))
        return tuple(sorted(named))


def message_type(text: str) -> str:
    """Name the type of a message to a client."""
    found = _TYPE.search(text)
    return found[1] if found else "a refusal"


def _put(steps: Steps, step: Step) -> None:
    """Let a step wait for its watcher; one that lets too many wait is sent away, to begin anew."""
    if steps.qsize() <= _MOST_WAITING:
        steps.put_nowait(step if steps.qsize() < _MOST_WAITING else None)
