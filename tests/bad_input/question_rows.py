"""Bad questions: in the address of the connection, and the same in a `run` message."""

from __future__ import annotations

from tests.bad_input.cases import Address, Message, Row, both, query, run, topics

DATE, WHOLE, NUMBER = (
    "must be a date such as 2015-06-01.",
    "must be a whole number",
    "must be a number such as",
)
CALENDAR, YEAR = "must be a day of the calendar", "must be between 2015-01-01 and 2015-12-31."

ROWS = (
    Row(
        1,
        "no report, or an empty name of one",
        (
            Address("?startDate=2015-06-01&endDate=2015-06-07", 400),
            Message(run(topicName=None), "invalid_message", "topicName", "topicName is missing."),
            *topics(""),
        ),
    ),
    Row(2, "a report that does not exist, or its name in capitals", topics("no-such-report", "Every-Kind")),
    Row(3, "the name of a report as a path", topics("a/b", "../every-kind", "a\\b", "%2e%2e", "every-kind/")),
    Row(
        4,
        "the name of a report with what cannot stand in one",
        topics("a" * 65, "a\x00", "a\nb", "a\u202eb", "every\u2010kind", "еvery-kind"),
    ),
    Row(
        5,
        "a name that stands twice",
        (
            Address(query() + "&startDate=2015-06-01", 400),
            Address(query() + "&topicName=every-kind", 400),
            Message(
                '{"action":"run","parameters":{"startDate":"2015-06-01","startDate":"2015-06-01"}}',
                "duplicate_parameter",
                "startDate",
                "startDate is given more than once.",
            ),
        ),
    ),
    Row(
        6,
        "a parameter that the report does not declare",
        tuple(
            case
            for name in ("limit", "sql", "__proto__")
            for case in both("unknown_parameter", name, f"no parameter {name}.", "1")
        ),
    ),
    Row(
        7,
        "a required parameter that is missing",
        (
            Address("?topicName=every-kind&startDate=2015-06-01", 400),
            Message(
                run(parameters={"startDate": "2015-06-01"}),
                "missing_parameter",
                "endDate",
                "endDate is missing.",
            ),
        ),
    ),
    Row(
        8,
        "a date that is written otherwise",
        both(
            "invalid_parameter",
            "startDate",
            DATE,
            "01/02/2015",
            "2015-1-1",
            "20150101",
            "2015-01-01T00:00Z",
            "2015-06-01 ",
            "２０１５-06-01",
        ),
    ),
    Row(
        9,
        "a date that is in no calendar",
        (
            *both("invalid_parameter", "startDate", CALENDAR, "2015-02-30", "2015-13-01", "0000-01-01"),
            *both("invalid_parameter", "startDate", DATE, "99999-01-01"),
        ),
    ),
    Row(
        10,
        "a leap day is a date, here one outside the data",
        both("out_of_range", "endDate", YEAR, "2016-02-29"),
    ),
    Row(
        11, "a last day before the first", both("out_of_range", "endDate", "must not be before", "2015-05-31")
    ),
    Row(
        12,
        "more days than the report allows",
        both("out_of_range", "endDate", "at most 7 days", "2015-06-08"),
    ),
    Row(
        13,
        "days outside the data",
        (
            *both("out_of_range", "startDate", YEAR, "2014-12-31"),
            *both("out_of_range", "endDate", YEAR, "2016-01-01"),
        ),
    ),
    Row(
        14,
        "SQL in a value",
        both(
            "invalid_parameter",
            "startDate",
            DATE,
            "2015-01-01' OR '1'='1",
            "'; DROP TABLE x;--",
            "/**/2015-01-01",
            "2015-01-01\\'",
        ),
    ),
    Row(
        15,
        "what looks like a placeholder stays text",
        shown_by="test_15_what_looks_like_a_placeholder_stays_text",
    ),
    Row(
        16,
        "a whole number that is written otherwise",
        both(
            "invalid_parameter",
            "count",
            WHOLE,
            "1e3",
            "0x10",
            "+5",
            " 5 ",
            "1_000",
            "٥",
            "5.0",
        ),
    ),
    Row(
        17,
        "a whole number outside its bounds",
        (
            *both("out_of_range", "count", "must be between 1 and 100.", "-1", "0", "101"),
            *both("invalid_parameter", "count", WHOLE, str(2**63)),
        ),
    ),
    Row(
        18,
        "what is no number, or is zero with a sign",
        both("invalid_parameter", "ratio", NUMBER, "NaN", "inf", "1e309", "-", "."),
        shown_by="test_18_zero_with_a_sign_is_zero",
    ),
    Row(
        19,
        "a value that is not among the choices",
        both("invalid_parameter", "borough", "must be one of Queens, Bronx.", "queens", "Narnia"),
    ),
    Row(
        20,
        "a list of values",
        (Message(run({"borough": ["Queens", "Bronx"]}), "invalid_parameter", "borough", "must be one of"),),
        does_not_apply="No parameter takes several values, so there is no shortest or longest list.",
    ),
    Row(
        21,
        "an empty value",
        (
            *both("invalid_parameter", "startDate", DATE, ""),
            *both("invalid_parameter", "word", "a text of 1 to 200 characters.", ""),
            *both("invalid_parameter", "borough", "must be one of", ""),
        ),
    ),
    Row(
        22,
        "nothing, in words",
        (
            *both("invalid_parameter", "startDate", DATE, "null", "None"),
            Message(run({"startDate": None}), "invalid_parameter", "startDate", DATE),
        ),
    ),
    Row(
        23,
        "an address that is not encoded as one",
        tuple(
            Address(f"?topicName=every-kind&endDate=2015-06-07&{value}", 400)
            for value in (
                "startDate=%ZZ",
                "startDate=%",
                "startDate=2015%2527",
                "startDate=%FF",
                "startDate",
                "&&=",
            )
        ),
    ),
    Row(24, "an address over 4,096 characters", (Address(query(word="x" * 4_096), 414),)),
)
