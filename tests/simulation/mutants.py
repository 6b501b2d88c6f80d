"""Defects made on purpose, one at a time: each is a small change of one function, and must be found by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.client.book import QueryBook
from dashboard.client.query import Query
from dashboard.client.replies import Replies
from pipeline import notices
from pipeline.core import access, history, messages, repair, result_pages
from pipeline.handlers import get_results, list_queries, on_connect, on_disconnect
from pipeline.steps import ending, submitting, watching
from tests.fakes.records import FakeRecords
from tests.simulation.changes import Change

_FREE = "ports.records.leave(record.owner, record.query_id)"
_TELL_ALL = "text = encode(record.outcome())"
_NOTE = "ports.records.mark_notified(record.owner, record.query_id, ports.clock.now())"
_DETACH = "ports.records.detach(attachment.owner, attachment.query_id, connection_id)"

MUTANTS: dict[str, tuple[Change, ...]] = {
    "put without condition": (Change(FakeRecords.create, "if key in self.queries:", "if False:"),),
    "ExecuteStatement without ClientToken": (
        Change(submitting._start, "client_token(record.owner, record.query_id)", "str(ports.clock.now())"),
    ),
    "ExecuteStatement before the record": (
        Change(
            submitting.submit,
            "known = ports.records.create(wanted)",
            "_start(ports, wanted, report, submission.connection_id)\n"
            "    known = ports.records.create(wanted)",
        ),
    ),
    "move without condition on state": (
        Change(FakeRecords.end, "if record is None or record.has_ended:", "if record is None:"),
    ),
    "notifiedAt before the post": (Change(notices._notify, _TELL_ALL, f"{_TELL_ALL}\n    {_NOTE}"),),
    "no post when the move finds the record ended": (
        Change(notices.deliver, "if record.notified_at is None:", "if change.made:"),
    ),
    "OnDisconnect deletes by owner": (
        Change(
            on_disconnect.handle,
            _DETACH,
            "for r in ports.records.history(attachment.owner):\n"
            "            for c in sorted(r.connection_ids):\n"
            "                ports.records.detach(r.owner, r.query_id, c)\n"
            "                ports.records.unlink(c, [r.query_id])",
        ),
    ),
    "OnDisconnect empties connectionIds": (
        Change(
            on_disconnect.handle,
            _DETACH,
            "for c in sorted(ports.records.find(attachment.owner, attachment.query_id).connection_ids):\n"
            "            ports.records.detach(attachment.owner, attachment.query_id, c)",
        ),
    ),
    "owner taken from the message": (
        Change(
            access.caller_of,
            "return Caller(owner,",
            "import json\n"
            '    body = str(event.get("body") or "")\n'
            '    owner = json.loads(body)["owner"] if \'"owner"\' in body else owner\n'
            "    return Caller(owner,",
        ),
        Change(
            messages.open_envelope,
            "if not isinstance(content, dict):",
            'content.pop("owner", None) if isinstance(content, dict) else None\n'
            "    if not isinstance(content, dict):",
        ),
    ),
    "unknown outcome of ExecuteStatement deletes the record": (
        Change(
            submitting._start,
            "raise Refusal(error.code, str(error)) from error",
            "ports.records._port.queries.pop((record.owner, record.query_id), None)\n"
            "        raise Refusal(error.code, str(error)) from error",
        ),
    ),
    "active set not left on failed": (
        Change(notices.deliver, _FREE, f"record.state == 'failed' or {_FREE}"),
    ),
    "submit that ignores cancelled": (
        Change(submitting._start, 'current.state in {"cancelled", "failed"}', "False"),
    ),
    "client drops an early notice": (
        Change(QueryBook.keep_early, "self._early.setdefault(outcome.query_id, outcome)", "pass"),
    ),
    "no resume after open": (Change(QueryBook.link_opened, "query.ask_where_it_stands(now)", "pass"),),
    "repair skips the deadline": (Change(repair.repair, "if now > record.deadline", "if False"),),
    "a gone connection stays among the watchers": (
        Change(notices._notify, "for connection_id in gone:", "for connection_id in []:"),
    ),
    "a failed post is taken for done": (Change(notices._notify, "if failed:", "if False:"),),
    "cancel leaves the statement running": (Change(ending.cancel, "stop_statement(ports, record)", "pass"),),
    "cancel keeps the place": (Change(ending.cancel, _FREE, "pass"),),
    "places of the dead are never freed": (
        Change(
            submitting._reserve,
            "ports.records.leave(owner, holder, None if record else taken_at)",
            "pass",
        ),
    ),
    "an event of another statement ends the query": (
        Change(FakeRecords.end, "record.statement_id not in {None, end.statement_id}", "False"),
    ),
    "an acceptance of before undoes an outcome": (
        Change(Replies._accepted, "query is None or query.settled", "query is None"),
    ),
    "resume without an attachment": (
        Change(
            watching.resume,
            "link(ports, [record for record in found.values() if record and not record.has_ended], connection_id)",
            "pass",
        ),
    ),
    "resume that does not watch": (
        Change(
            watching.resume,
            "ports.records.attach(caller.owner, query_id, connection_id)",
            "ports.records.find(caller.owner, query_id)",
        ),
    ),
    "a refused start ends what runs": (
        Change(FakeRecords.end, "if end.is_of_no_statement and", "if False and"),
    ),
    "client believes the first unknown": (
        Change(
            Query.unknown,
            "is_new or now.ticks < believed_at",
            "False",
        ),
    ),
    "an outcome that does not lead to its rows": (
        Change(ending.findable, 'record.state == "finished"', "False"),
    ),
    "OnDisconnect leaves the connection among the watchers": (Change(on_disconnect.handle, _DETACH, "pass"),),
    "a repeat of an ended query keeps a place": (Change(submitting._join, _FREE, "pass"),),
    "OnDisconnect cancels what was watched": (
        Change(
            on_disconnect.handle,
            _DETACH,
            "from pipeline.core.records import End\n"
            "        end = End('cancelled', ports.clock.now(), cancelled_by='user')\n"
            "        ports.records.end(attachment.owner, attachment.query_id, end)\n"
            f"        {_DETACH}",
        ),
    ),
    "whoever reads a query ends it as overdue": (
        Change(repair.repair, "if now > record.deadline", "if True"),
    ),
    "a silent query is asked after at its deadline": (
        Change(repair.needs_check, "now - record.submitted_at > QUIET_BEFORE_CHECK or", ""),
    ),
    "an overdue query's statement runs on": (Change(ending.mend, "stop_statement(ports, mended)", "pass"),),
    "an ended record learns of no statement": (
        Change(
            FakeRecords.run,
            "statement_id=record.statement_id or statement_id",
            "statement_id=record.statement_id or (None if record.has_ended else statement_id)",
        ),
    ),
    "every result has expired": (
        Change(get_results._answer, "if ports.clock.now() > record.readable_until:", "if True:"),
    ),
    "one row is served": (
        Change(
            result_pages.result_page,
            "records=tuple(records),\n        total_rows=min(raw.total_rows, maximum_rows),",
            "records=tuple(records[:1]),\n        total_rows=1,",
        ),
    ),
    "client forgets the statement": (
        Change(Query.ended, "statement_id=statement_id or self.view.statement_id", "statement_id=None"),
    ),
    "the history is empty": (Change(list_queries._answer, "History(listed,", "History((),"),),
    "the history says that everything runs": (
        Change(history.history_item, "state=record.state", "state='running'"),
    ),
    "as many queries as one likes": (
        Change(FakeRecords.reserve, "if len(held) >= limit and query_id not in held:", "if False:"),
    ),
    "a connection that is not open yet is tried once": (
        Change(notices._notify, "in HANDSHAKE_DELAYS_SECONDS", "in ()"),
    ),
    "a connection that joins an old query is tried once": (
        Change(
            notices._notify,
            "in HANDSHAKE_DELAYS_SECONDS",
            "in HANDSHAKE_DELAYS_SECONDS if (ports.clock.now() - record.submitted_at).seconds < 5 else ()",
        ),
    ),
    "a question in the address is not watched": (
        Change(
            submitting._new_record,
            "connection_ids=frozenset({submission.connection_id})",
            "connection_ids=frozenset()",
        ),
    ),
    "the first failed post ends the round": (
        Change(
            notices._post_all,
            "failed.append(connection_id)",
            "failed.append(connection_id)\n            break",
        ),
    ),
    "the same id joins whatever is asked": (
        Change(submitting._join, "if known.parameters_hash != wanted_hash:", "if False:"),
    ),
    "cancel tells of rows to which nothing leads": (
        Change(ending.cancel, "findable(ports, change.before)", "change.before"),
    ),
    "a submit that broke off is not completed": (
        Change(submitting._join, "if record.statement_id is not None:", "if True:"),
    ),
    "values are not bound": (Change(submitting._start, "record.parameters, name", "{}, name"),),
    "client gives up at the first refusal": (
        Change(Replies._run_refused, "if not error.retryable:", "if True:"),
    ),
    "client asks once": (Change(Query.asked, "now.ticks + timing.ANSWER_WITHIN", "None"),),
    "client sends no cancel": (
        Change(QueryBook.cancel_pressed, 'query.start_asking("cancel", now)', "pass"),
    ),
    "a place is taken back too early": (
        Change(submitting._reserve, "RECORDED_WITHIN", "timedelta(seconds=2)"),
    ),
    "a repeat of what is recorded is one too many": (
        Change(
            submitting._reserve,
            "if full is None or ports.records.find(owner, query_id) is not None:",
            "if full is None:",
        ),
    ),
    "a handshake opens for what cannot run": (
        Change(on_connect._connect, 'outcome.type == "failed" and outcome.statement_id is None', "False"),
    ),
    "a second cancel stops nothing": (
        Change(
            ending.cancel, "stop_statement(ports, record)", "change.made and stop_statement(ports, record)"
        ),
    ),
    "an overdue query is ended unasked": (
        Change(
            repair.repair,
            "if record.has_ended:",
            "if now > record.deadline:\n        return _overdue(record, now)\n    if record.has_ended:",
        ),
    ),
    "client asks after no silence": (Change(Query.restart_silence, "if self.was_accepted:", "if False:"),),
    "client asks after one silence alone": (
        Change(QueryBook.link_opened, "query.restart_silence(now)", "pass"),
    ),
    "client asks long after the deadline": (Change(Query.accepted, "timing.AFTER_DEADLINE", "40.0"),),
    'client takes "not now" for an answer': (
        Change(Replies._run_refused, "query.ask_later(now, self._draw())", "query.answered()"),
    ),
    "client takes accepted for an answer to cancel": (
        Change(Replies._accepted, "if query.ask in answers:", "if True:"),
    ),
    "client that is back does not cancel again": (
        Change(Query.ask_where_it_stands, 'if self.view.phase == "cancelling":', "if False:"),
    ),
    "client lets run what it had cancelled": (
        Change(Query.taken_up_again, '"cancelling" if self.wants_cancel else "sending"', '"sending"'),
    ),
    "client keeps to its own guess": (
        Change(Replies._accepted, "query is None or query.settled", "query is None or query.has_ended"),
    ),
    "client keeps to its own guess though it ended": (
        Change(Replies._ended, "if query.settled:", "if query.has_ended:"),
    ),
    "client does not look again for what it had asked twice": (
        Change(Query.refused, "if self.times_run > 1:", "if False:"),
    ),
    "client asks again after a second": (Change(Query.asked, "timing.ANSWER_WITHIN", "1.0"),),
    "client looks once and hears nothing": (
        Change(
            Query._look_again,
            "since + timing.RECORDED_WITHIN",
            "since + timing.RECORDED_WITHIN\n        self.times_asked = timing.REPEATS",
        ),
    ),
    "client does not look again": (Change(Query._look_again, "if since is not None:", "if False:"),),
    "client looks again while a submit is under way": (
        Change(Query._look_again, "timing.RECORDED_WITHIN", "5.0"),
    ),
}


@contextmanager
def mutated(name: str) -> Iterator[None]:
    """Let one defect be there for a while."""
    first, *others = MUTANTS[name]
    with first.made():
        if others:
            with others[0].made():
                yield
        else:
            yield
