"""What `make report-check` knows about a file: each complaint with its line."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from infra.local.redshift.errors import SqlError
from infra.reports.asking import ask, usual_question, widest_questions
from infra.reports.check import FULL_SIZE, Bench, cut_faults
from pipeline.core.declarations import parse_report
from tests.infra.reports.days import DAYS, checked, complaints, damaged, line_of


def test_a_report_in_which_nothing_is_wrong_has_no_complaint(bench: Bench) -> None:
    verdict = checked(DAYS, bench)
    assert verdict.problems == ()
    assert verdict.facts == (
        "1 of 1 examples tried",
        "30 rows over the whole range",
        "run time not measured (the full year is not loaded)",
    )


def test_what_the_pipeline_refuses_is_told_in_the_same_words(bench: Bench) -> None:
    text = damaged("usualSeconds = 2", "usualSeconds = 0").replace(":startDate::date", ":startDate")
    assert complaints(text, bench) == [
        (line_of(text, "usualSeconds"), "usualSeconds must be at least 1."),
        (line_of(text, ">= :startDate"), "startDate is declared date: write :startDate::date."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("sum(total_amount)", "sum(fare)", "sum(fare)", 'Column "fare" does not exist'),
        ("group by 1", "group by 1,", "order by 1", 'Syntax error at or near "ORDER BY"'),
        ("from trips", "from journeys", "from journeys", 'Relation "journeys" does not exist'),
        (
            "count(*) as trips,",
            "arg_max(vendorid, 1) as trips,",
            "arg_max",
            "Function arg_max does not exist",
        ),
    ],
)
def test_sql_that_redshift_would_refuse_is_named_with_the_line_of_the_file(
    old: str, new: str, at: str, message: str, bench: Bench
) -> None:
    text = damaged(old, new)
    ((line, said),) = complaints(text, bench)
    assert said.lower().startswith(message.lower())
    assert line == line_of(text, at)


def test_sql_that_fails_while_it_runs_is_named_without_the_engines_own_words(bench: Bench) -> None:
    text = damaged("count(*) as trips,", "count(*) / (count(*) - 24) as trips,")
    assert complaints(text, bench) == [(line_of(text, "count(*) / ("), "Division by zero.")]


def test_a_report_needs_an_example(bench: Bench) -> None:
    text = DAYS[: DAYS.index("[[example]]")] + DAYS[DAYS.index("*/") :]
    assert complaints(text, bench) == [
        (1, "The report has no example: write one [[example]] with what is known of an answer.")
    ]


def test_a_default_question_whose_answer_is_cut_is_named(bench: Bench) -> None:
    text = damaged("maximumRows = 40", "maximumRows = 2").replace("rows = 3", "rows = 2")
    at = line_of(text, "maximumRows")
    cut = "There are more than 2 rows, so the answer is cut."
    assert (at, f"With the default values: {cut}") in complaints(text, bench)
    assert (line_of(text, "[[example]]"), f"Example 1: {cut}") in complaints(text, bench)


def test_a_report_that_asks_for_the_most_rows_there_can_be_may_be_cut(bench: Bench) -> None:
    report = parse_report("days", damaged("maximumRows = 40", "maximumRows = 100000").encode(), {})
    answer = replace(ask(bench.engine, report, usual_question(report)), truncated=True)
    assert list(cut_faults(report, answer)) == []
    assert list(cut_faults(replace(report, maximum_rows=99_999), answer)) == [
        "There are more than 99,999 rows, so the answer is cut."
    ]


def test_a_report_that_runs_too_long_is_stopped_and_named(bench: Bench) -> None:
    report = parse_report("days", DAYS.encode(), {})
    endless = replace(
        report,
        sql="select count(*) from trips a, trips b, trips c, trips d, trips e, trips f",
        deadline_seconds=1,
    )
    with pytest.raises(SqlError, match="longer than deadlineSeconds, 1 s"):
        ask(bench.engine, endless, usual_question(report))


def test_an_answer_over_the_widest_range_that_is_cut_is_named(bench: Bench) -> None:
    text = damaged("maximumRows = 40", "maximumRows = 20")
    cut = "With the widest range: There are more than 20 rows, so the answer is cut."
    assert complaints(text, bench) == [(line_of(text, "maximumRows"), cut)]
    assert "the first 20 rows over the whole range" in checked(text, bench).facts


VENDOR = """[[parameters]]
name = "vendor"
label = "Vendor"
type = "choice"
required = false
default = "all"
choices = [{ value = "all", label = "All" }, { value = "1", label = "One" }, { value = "2", label = "Two" }]

[[columns]]"""
OF_A_VENDOR = damaged("[[columns]]", VENDOR).replace(
    "group by 1\n", "    and :vendor::varchar in ('all', vendorid::varchar(1))\ngroup by 1\n"
)


def test_another_value_of_each_choice_is_asked_over_the_widest_range_too() -> None:
    questions = widest_questions(parse_report("days", OF_A_VENDOR.encode(), {}))
    assert questions == [
        {"startDate": "2015-06-01", "endDate": "2015-06-30", "vendor": value} for value in ("all", "1")
    ]


def test_a_control_total_that_differs_for_another_choice_alone_is_named(bench: Bench) -> None:
    control = (
        "(sum(count(*)) over ())::bigint + case :vendor::varchar when '1' then 1 else 0 end as control_trips"
    )
    text = OF_A_VENDOR.replace("(sum(count(*)) over ())::bigint as control_trips", control)
    message = "control_trips says 361; the rows of trips add up to 360."
    assert complaints(text, bench) == [
        (line_of(text, "[[columns]]"), f"With the widest range and vendor=1: {message}")
    ]


def test_a_longest_range_is_kept_when_the_widest_question_is_asked(bench: Bench) -> None:
    verdict = checked(damaged("maximumRows = 40", "maximumRows = 40\nmaximumDays = 7"), bench)
    assert "7 rows over the whole range" in verdict.facts


def test_a_control_total_that_differs_is_named_for_every_question(bench: Bench) -> None:
    text = damaged(
        "(sum(count(*)) over ())::bigint as control_trips",
        "(sum(count(*)) over ())::bigint + 1 as control_trips",
    )
    assert complaints(text, bench) == [
        (
            line_of(text, "[[columns]]"),
            "With the default values: control_trips says 73; the rows of trips add up to 72.",
        ),
        (
            line_of(text, "[[columns]]"),
            "With the widest range: control_trips says 721; the rows of trips add up to 720.",
        ),
        (line_of(text, "[[example]]"), "Example 1: control_trips says 73; the rows of trips add up to 72."),
    ]


def test_a_control_column_says_the_same_in_each_row(bench: Bench) -> None:
    text = damaged("(sum(count(*)) over ())::bigint as control_trips", "sum(vendorid) + extract(day from min("
                   "tpep_pickup_datetime)) as control_trips")  # fmt: skip
    sentence = "Column control_trips must have the same value in each row."
    assert (line_of(text, "[[example]]"), f"Example 1: {sentence}") in complaints(text, bench)


def test_an_example_of_other_data_is_left_out(bench: Bench) -> None:
    text = damaged("rows = 3", 'rows = 4\ndata = "2015-tlc"')
    text = text.replace(
        "*/", "\n[[example]]\nparameters = { startDate = 2015-06-02, endDate = 2015-06-04 }\nrows = 3\n*/"
    )
    verdict = checked(text, bench)
    assert verdict.problems == ()
    assert "1 of 2 examples tried" in verdict.facts
    assert checked(text.replace("2015-tlc", "2015-synthetic"), bench).problems


def test_a_report_whose_examples_are_all_of_other_data_is_named(bench: Bench) -> None:
    text = damaged("rows = 3", 'rows = 4\ndata = "1999"')
    ((line, said),) = complaints(text, bench)
    assert line == line_of(text, "[[example]]")
    assert said == f"No example is about these data, {bench.data.version}: write one without data."


def test_a_report_whose_widest_range_cannot_be_asked_for_is_named(bench: Bench) -> None:
    start, end = DAYS.split('name = "endDate"')
    end = end.replace("2015-06-03", "2015-06-02", 1).replace("2015-06-01", "2015-06-02", 1)
    text = f'{start}name = "endDate"{end}'.replace("maximumRows", "maximumDays = 1\nmaximumRows", 1)
    text = text.replace('default = "2015-06-01"', 'default = "2015-06-02"', 1)
    text = text.replace('endDate = "2015-06-04" }\nrows = 3', 'endDate = "2015-06-02" }\nrows = 1')
    said = "The report cannot be tried: endDate must be between 2015-06-02 and 2015-06-30."
    assert complaints(text, bench) == [(1, said)]


def test_the_time_is_measured_where_the_year_is_loaded(bench: Bench) -> None:
    full = Bench(bench.engine, replace(bench.data, rows=FULL_SIZE))
    (measured,) = [fact for fact in checked(DAYS, full).facts if "full size" in fact]
    assert measured.endswith(" s at full size, with the widest range")


def test_the_slowest_of_the_widest_questions_is_told_with_what_it_asks(bench: Bench) -> None:
    full = replace(bench.data, rows=FULL_SIZE)
    text = OF_A_VENDOR
    slow = Bench(bench.engine, full, clock=iter((0, 1, 1, 4)).__next__)
    message = "It took 3.00 s with the widest range and vendor=1, more than usualSeconds says."
    assert complaints(text, slow) == [(line_of(text, "usualSeconds"), message)]
    quick = Bench(bench.engine, full, clock=iter((0, 2, 2, 3)).__next__)
    assert checked(text, quick).facts[-1] == "at most 2.00 s at full size, with the widest range"


@pytest.mark.parametrize(("rows", "is_told"), [(FULL_SIZE, True), (FULL_SIZE - 1, False)])
def test_a_report_slower_than_it_says_is_named_where_the_year_is_loaded(
    rows: int, is_told: bool, bench: Bench
) -> None:
    slow = Bench(bench.engine, replace(bench.data, rows=rows), clock=count(0, 3).__next__)
    message = "It took 3.00 s with the widest range, more than usualSeconds says."
    assert complaints(DAYS, slow) == ([(line_of(DAYS, "usualSeconds"), message)] if is_told else [])
