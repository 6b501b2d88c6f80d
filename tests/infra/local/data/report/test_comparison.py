"""One figure beside another: distances, bounds, and the noise that widens them."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.report import distances, values
from infra.local.data.report.comparison import Reading, Verdict, compare, new_chance, sampling_noise
from infra.local.data.report.figure import Figure
from infra.local.data.report.histograms import Histogram

pytestmark = pytest.mark.fast
MEDIAN = Figure("Median", "g", "f", values.quantiles([0.5], 1.0), distances.RELATIVE, "{:.1f}")
MIX = Figure("Mix", "g", "f", values.shares, distances.VARIATION)
RATE = Figure("Rate", "g", "f", values.share_of([1]), distances.FACTOR, "{:.2%}")


def evenly(bins: int, rows: int) -> Histogram:
    return Histogram(np.full(bins, rows / bins), rows)


def test_a_distance_within_its_bound_is_within() -> None:
    line = compare(MEDIAN, evenly(201, 10**9), Reading(np.array([104.0]), None), 0.05, "", new_chance())

    assert line.verdict is Verdict.WITHIN
    assert (line.reference, line.ours, line.distance, line.bound) == ("104.0", "100.0", "3.8%", "5.0%")


def test_a_distance_beyond_its_bound_breaks_it_at_full_size() -> None:
    line = compare(MEDIAN, evenly(201, 10**9), Reading(np.array([106.0]), None), 0.05, "", new_chance())

    assert line.verdict is Verdict.BROKEN


def test_the_same_distance_is_within_when_few_rows_could_have_made_it() -> None:
    line = compare(MEDIAN, evenly(201, 100), Reading(np.array([106.0]), None), 0.05, "", new_chance())

    assert line.verdict is Verdict.WITHIN


def test_noise_widens_a_bound_by_itself_and_no_more() -> None:
    ours, share = (
        Histogram(np.array([5_000.0, 5_000.0]), 10_000),
        Figure("Share", "g", "f", values.share_of([1]), distances.POINTS),
    )
    noise = sampling_noise(share, ours, None, new_chance())

    def beyond(noises: float) -> Verdict:
        other = Reading(np.array([0.5 + 0.05 + noises * noise]), None)
        return compare(share, ours, other, 0.05, "", new_chance()).verdict

    assert (beyond(0.9), beyond(1.1)) == (Verdict.WITHIN, Verdict.BROKEN)


def test_without_a_bound_a_distance_is_shown() -> None:
    line = compare(MEDIAN, evenly(201, 100), Reading(np.array([190.0]), None), None, "", new_chance())

    assert line.verdict is Verdict.SHOWN


def test_a_value_that_one_side_does_not_have_is_no_deviation_of_the_others() -> None:
    within = Figure("Within", "g", "f", values.shares_within([[0, 1], [2, 3]]), distances.POINTS)
    ours = Histogram(np.array([5e8, 5e8, 0.0, 0.0]), 10**9)

    def verdict(share: float) -> Verdict:
        other = Reading(np.array([1 - share, share, 0.2, 0.8]), None)
        return compare(within, ours, other, 0.05, "", new_chance()).verdict

    assert (verdict(0.52), verdict(0.6)) == (Verdict.WITHIN, Verdict.BROKEN)


def test_nothing_beside_something_breaks_a_bound() -> None:
    nothing = Histogram(np.zeros(201), 0)

    line = compare(MEDIAN, nothing, Reading(np.array([100.0]), 1000), 0.05, "", new_chance())

    assert line.verdict is Verdict.BROKEN
    assert line.ours == "none"


def test_what_the_other_side_has_not_is_not_compared() -> None:
    line = compare(MEDIAN, evenly(201, 100), Reading(np.array([np.nan]), 0), 0.05, "", new_chance())

    assert line.verdict is Verdict.NOT_COMPARED


@pytest.mark.parametrize(("ours", "other"), [(10_000, None), (10**8, 10_000)])
def test_the_noise_of_a_share_is_that_of_the_smaller_sample(ours: int, other: int | None) -> None:
    share = Figure("Share", "g", "f", values.share_of([1]), distances.POINTS, "{:.2%}")

    noise = sampling_noise(share, Histogram(np.array([ours / 2, ours / 2]), ours), other, new_chance())

    # 1.96 standard errors of a half: sqrt(0.25 / 10,000) = 0.005.
    assert noise == pytest.approx(0.0098, rel=0.15)


def test_two_samples_of_one_size_are_further_apart_than_one_from_the_truth() -> None:
    halves = evenly(50, 5000)

    assert sampling_noise(MIX, halves, 5000, new_chance()) == pytest.approx(
        2**0.5 * sampling_noise(MIX, halves, None, new_chance()), rel=0.1
    )


def test_a_rare_defect_that_is_twice_as_common_breaks_a_factor_of_one_and_a_half() -> None:
    ours = Histogram(np.array([9_980_000.0, 20_000.0]), 10_000_000)

    line = compare(RATE, ours, Reading(np.array([0.001]), None), float(np.log(1.5)), "", new_chance())

    assert line.verdict is Verdict.BROKEN
    assert line.distance == "× 2.00"


def test_quantiles_means_and_shares_read_what_was_counted() -> None:
    counts = np.array([[0.0, 2.0, 6.0, 2.0]])

    assert values.quantiles([0.1, 0.5, 0.9], 0.5)(counts)[0].tolist() == pytest.approx([0.5, 1.0, 1.5])
    assert values.quantiles([0.2, 0.8], 0.5)(counts)[0].tolist() == pytest.approx([0.75, 1.25])
    assert np.isnan(values.quantiles([0.5], 0.5)(np.zeros((1, 4)))).all()
    assert values.mean(0.5)(counts).tolist() == [[1.0]]
    assert values.shares(counts).tolist() == [[0.0, 0.2, 0.6, 0.2]]
    assert values.shares_within([[0, 1], [2, 3]])(counts).tolist() == [[0.0, 1.0, 0.75, 0.25]]
    assert np.isnan(values.mean(0.5)(np.zeros((1, 4)))).all()


def test_a_geometric_mean_is_of_its_own_run_of_bins() -> None:
    counts = np.zeros((1, 8))
    counts[0, [0, 2, 5]] = 1

    found = values.geometric_means(2, 1.0)(counts)

    assert found.tolist() == [[pytest.approx((0.5 * 2.5) ** 0.5), pytest.approx(1.5)]]


@pytest.mark.parametrize(("days_off", "verdict"), [(3, Verdict.WITHIN), (10, Verdict.BROKEN)])
def test_95_of_100_days_must_be_within(days_off: int, verdict: Verdict) -> None:
    days = Figure("Days", "g", "f", values.shares, distances.MOST)
    published = np.full(100, 0.01)
    published[:days_off] *= 2

    line = compare(days, evenly(100, 10**9), Reading(published, None), 0.05, "", new_chance())

    assert line.verdict is verdict
