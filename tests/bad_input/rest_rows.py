"""Bad input to the REST API. `{statement}` in a path is a finished statement of the caller."""

from __future__ import annotations

from pipeline.core.errors import CODES
from tests.bad_input.cases import NOBODYS_ID, Request, Row

RESULT = "/results/{statement}"


def missing(*paths: str) -> tuple[Request, ...]:
    return tuple(Request(path, 404, "not_found") for path in paths)


def refused(code: str, field: str, *paths: str) -> tuple[Request, ...]:
    return tuple(Request(path, CODES[code].status, code, field) for path in paths)


def taken(**headers: str) -> Request:
    return Request(
        RESULT, 200, None, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


ROWS = (
    Row(54, "no id", missing("/results", "/results/")),
    Row(
        55,
        "what is no id",
        missing(
            "/results/nonsense",
            f"/results/{NOBODYS_ID.upper()}A",
            f"/results/%27{NOBODYS_ID[1:]}",
            f"/results/{NOBODYS_ID}%0A",
            f"/results/{NOBODYS_ID}%00",
            "/results/%2e%2e%2freports",
            "/results/%ff%ZZ",
        ),
    ),
    Row(
        56,
        "an id that is not there, or is somebody else's",
        missing(f"/results/{NOBODYS_ID}"),
        shown_by="test_56_a_strangers_answer_cannot_be_told_from_none",
    ),
    Row(57, "a part of a batch", missing(f"{RESULT}:1", f"{RESULT}%3A1")),
    Row(
        58,
        "an id and a report that do not belong together",
        refused("unknown_parameter", "topicName", f"{RESULT}?topicName=daily-summary"),
        does_not_apply="An answer is known by its id alone: the address takes no report.",
    ),
    Row(
        59,
        "the token of a page, edited or of another answer",
        refused(
            "invalid_parameter",
            "page",
            f"{RESULT}?page=x",
            f"{RESULT}?page=",
            f"{RESULT}?page",
            f"{RESULT}?page=%FF",
            f"{RESULT}?page=%00",
            f"{RESULT}?page={'x' * 3_000}",
            f"{RESULT}?page=bm90IG1pbmUgMTAwMA%3D%3D",
        ),
        shown_by="test_59_a_token_that_was_edited_leads_to_no_page",
    ),
    Row(
        60,
        "the size of a page",
        refused(
            "unknown_parameter",
            "pageSize",
            *(f"{RESULT}?pageSize={size}" for size in ("0", "-1", "1e9", "x")),
        ),
        does_not_apply="The warehouse makes the pages: nobody can ask for another size.",
    ),
    Row(
        61,
        "a name in the query that is not known, or stands twice",
        (
            *refused("unknown_parameter", "x", f"{RESULT}?x=1", "/queries?x=1", "/reports?x=1"),
            *refused("unknown_parameter", "Page", f"{RESULT}?Page=1"),
            *refused("duplicate_parameter", "page", f"{RESULT}?page=1&page=1"),
            *refused("duplicate_parameter", "version", "/reports?topicName=a&version=1&version=1"),
            *refused("missing_parameter", "version", "/reports?topicName=daily-summary"),
            *refused("missing_parameter", "topicName", f"/reports?version={'0' * 64}"),
            *refused("invalid_parameter", "topicName", f"/reports?topicName=&version={'0' * 64}"),
            *refused("unknown_report", "version", f"/reports?topicName=daily-summary&version={'0' * 64}"),
            *refused("unknown_report", "topicName", f"/reports?topicName=..%2Fx&version={'0' * 64}"),
        ),
    ),
    Row(
        62,
        "another method, another address",
        (
            *(
                Request(RESULT, 404, "not_found", method=method)
                for method in ("POST", "PUT", "DELETE", "PATCH")
            ),
            *(Request(path, 404, "not_found", method="POST") for path in ("/queries", "/reports")),
            *missing("/nowhere", "/queries/1", "/Reports", "/reports/daily-summary", f"{RESULT}/1"),
        ),
    ),
    Row(63, "an answer that is not ready", shown_by="test_63_a_running_statement_says_when_to_ask_again"),
    Row(64, "an answer that never came", shown_by="test_64_what_failed_or_was_cancelled_has_no_rows"),
    Row(65, "an answer that has expired", shown_by="test_65_an_answer_that_has_expired_is_gone"),
    Row(
        66,
        "headers that nobody asked for",
        (
            taken(X_Long="x" * 11_000),
            taken(Range="bytes=0-1"),
            taken(Accept="text/html;q=x, */nothing"),
            taken(If_None_Match="*"),
            Request(RESULT, 200, None, body="{}"),
            Request(RESULT, 200, None, body="\udcff"),
        ),
    ),
    Row(67, "a coding that there is not", (taken(Accept_Encoding="br;q=x"), taken(Accept_Encoding="*;q=0"))),
)
