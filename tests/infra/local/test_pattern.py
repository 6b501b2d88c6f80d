"""EventBridge's event patterns, with AWS's own verdicts."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.pattern import Pattern, PatternError

pytestmark = pytest.mark.fast

EVENT: dict[str, Any] = {
    "source": "aws.redshift-data",
    "resources": ["arn:a", "arn:b"],
    "detail": {
        "state": "FINISHED",
        "rows": 30,
        "none": None,
        "flag": True,
        "ratio": 0.5,
        "deep": {"er": "x"},
    },
}

MATCHING: list[dict[str, Any]] = [
    {"source": ["aws.redshift-data"]},
    {"source": ["other", "aws.redshift-data"]},
    {"resources": ["arn:b"]},
    {"detail": {"deep": {"er": ["x"]}}},
    {"detail": {"none": [None]}},
    {"detail": {"flag": [True]}},
    {"detail": {"rows": [30.0]}},
    {"source": [{"prefix": "aws."}]},
    {"source": [{"suffix": "-data"}]},
    {"source": [{"prefix": ""}]},
    {"source": [{"prefix": {"equals-ignore-case": "AWS."}}]},
    {"source": [{"suffix": {"equals-ignore-case": "-DATA"}}]},
    {"source": [{"equals-ignore-case": "AWS.Redshift-Data"}]},
    {"source": [{"anything-but": "aws.s3"}]},
    {"source": [{"anything-but": ["aws.s3", "aws.sqs"]}]},
    {"source": [{"anything-but": {"prefix": "com."}}]},
    {"source": [{"anything-but": {"suffix": "-api"}}]},
    {"detail": {"rows": [{"anything-but": [1, 2]}]}},
    {"detail": {"state": [{"exists": True}]}},
    {"detail": {"missing": [{"exists": False}]}},
    {"missing": {"deeper": [{"exists": False}]}},
    {"detail": {"rows": [{"numeric": [">", 0, "<=", 30]}]}},
    {"detail": {"ratio": [{"numeric": ["=", 0.5]}]}},
    {"$or": [{"source": ["no"]}, {"detail": {"state": ["FINISHED"]}}]},
    {"source": ["aws.redshift-data"], "$or": [{"detail": {"rows": [30]}}, {"detail": {"rows": [31]}}]},
]

MISSING: list[tuple[dict[str, Any], str]] = [
    ({"source": ["aws.redshift"]}, "source"),
    ({"Source": ["aws.redshift-data"]}, "Source"),
    ({"source": ["aws.redshift-data"], "detail": {"state": ["FAILED"]}}, "detail.state"),
    ({"detail": {"rows": ["30"]}}, "detail.rows"),
    ({"detail": {"flag": [1]}}, "detail.flag"),
    ({"detail": {"missing": [None]}}, "detail.missing"),
    ({"source": [{"prefix": "AWS"}]}, "source"),
    ({"detail": {"rows": [{"prefix": "3"}]}}, "detail.rows"),
    ({"source": [{"suffix": "data."}]}, "source"),
    ({"source": [{"anything-but": ["x", "aws.redshift-data"]}]}, "source"),
    ({"source": [{"anything-but": {"prefix": "aws."}}]}, "source"),
    ({"detail": {"missing": [{"anything-but": "x"}]}}, "detail.missing"),
    ({"detail": {"state": [{"exists": False}]}}, "detail.state"),
    ({"detail": {"missing": [{"exists": True}]}}, "detail.missing"),
    ({"detail": {"rows": [{"numeric": [">", 30]}]}}, "detail.rows"),
    ({"detail": {"state": [{"numeric": [">", 0]}]}}, "detail.state"),
    ({"detail": {"state": {"deeper": ["x"]}}}, "detail.state.deeper"),
    ({"$or": [{"source": ["no"]}, {"detail": {"state": ["no"]}}]}, "$or"),
]

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"source": "text"}, '"source" must be an object or an array'),
    ({"detail": {"rows": 3}}, '"rows" must be an object or an array'),
    ({"source": []}, "Empty arrays are not allowed"),
    ({"source": [{"EXISTS": True}]}, "Unrecognized match type EXISTS"),
    ({"source": [{"wildcard": "aws.*"}]}, "Unrecognized match type wildcard"),
    ({"source": [{"cidr": "10.0.0.0/8"}]}, "Unrecognized match type cidr"),
    ({"source": [{"prefix": 1}]}, "prefix match pattern must be a string"),
    ({"source": [{"suffix": ["x"]}]}, "suffix match pattern must be a string"),
    ({"source": [{"anything-but": {"prefix": ""}}]}, "anything-but must not be empty"),
    ({"source": [{"anything-but": []}]}, "anything-but must not be empty"),
    ({"source": [{"exists": "yes"}]}, "exists match pattern"),
    ({"source": [{"numeric": [">"]}]}, "numeric"),
    ({"source": [{"numeric": ["!", 1]}]}, "Bad numeric comparison"),
    ({"source": [{"prefix": "a", "suffix": "b"}]}, "Only one key"),
    ({}, "must be an object or an array"),
]


@pytest.mark.parametrize("pattern", MATCHING)
def test_it_matches(pattern: dict[str, Any]) -> None:
    assert Pattern(pattern).mismatch(EVENT) is None


@pytest.mark.parametrize(("pattern", "path"), MISSING)
def test_it_does_not_match_and_says_where(pattern: dict[str, Any], path: str) -> None:
    assert Pattern(pattern).mismatch(EVENT) == path


@pytest.mark.parametrize(("pattern", "reason"), REFUSED)
def test_it_is_refused_when_it_is_read(pattern: dict[str, Any], reason: str) -> None:
    with pytest.raises(PatternError) as caught:  # facts EB-3, EB-4
        Pattern(pattern)
    assert str(caught.value).startswith("Event pattern is not valid. Reason: ")
    assert reason in str(caught.value)
