"""What can be read from counts by bin: each function takes samples by bins and gives samples by values.

Where a sample holds nothing to read from, its value is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from infra.local.data.report.histograms import Numbers

Values = Callable[[Numbers], Numbers]


def shares(counts: Numbers) -> Numbers:
    """The share of each bin."""
    return _ratio(counts, counts.sum(axis=1, keepdims=True))


def shares_within(groups: Sequence[Sequence[int]]) -> Values:
    """The share of each bin within its group, group by group."""

    def values(counts: Numbers) -> Numbers:
        return np.concatenate([shares(counts[:, list(group)]) for group in groups], axis=1)

    return values


def share_of(bins: Sequence[int]) -> Values:
    """The share of these bins together."""

    def values(counts: Numbers) -> Numbers:
        return _ratio(counts[:, list(bins)].sum(axis=1, keepdims=True), counts.sum(axis=1, keepdims=True))

    return values


def quantiles(probabilities: Sequence[float], step: float) -> Values:
    """The values below which these shares of the rows lie; bin i holds the values around i * step, evenly."""

    def values(counts: Numbers) -> Numbers:
        found: Numbers = np.stack([_quantile(shares(counts), p) for p in probabilities], axis=1) * step
        return found

    return values


def _quantile(parts: Numbers, probability: float) -> Numbers:
    """The place among the bins, in bins, below which this share lies."""
    sums = np.cumsum(parts, axis=1)
    places = np.minimum((sums < probability - 1e-12).sum(axis=1), parts.shape[1] - 1)[:, None]
    inside = np.take_along_axis(parts, places, axis=1)
    missing = probability - (np.take_along_axis(sums, places, axis=1) - inside)
    found: Numbers = (places - 0.5 + _ratio(missing, inside))[:, 0]
    return found


def mean(step: float) -> Values:
    """The mean; bin i holds the value i * step."""

    def values(counts: Numbers) -> Numbers:
        bins = np.arange(counts.shape[1]) * step
        return _ratio((counts @ bins)[:, None], counts.sum(axis=1, keepdims=True))

    return values


def means(groups: int, step: float, at_least: int = 1) -> Values:
    """The mean in each of `groups` equal runs of bins that hold `at_least` so much; bin i holds the value i * step."""

    def values(counts: Numbers) -> Numbers:
        runs = counts.reshape(len(counts), groups, -1)
        held = runs.sum(axis=2)
        return _ratio(runs @ (np.arange(runs.shape[2]) * step), np.where(held < at_least, 0, held))

    return values


def geometric_means(groups: int, step: float) -> Values:
    """The geometric mean in each of `groups` equal runs of bins; bin i of one lies around (i + 1/2) * step."""

    def values(counts: Numbers) -> Numbers:
        runs = counts.reshape(len(counts), groups, -1)
        logs = np.log((np.arange(runs.shape[2]) + 0.5) * step)
        means: Numbers = np.exp(_ratio(runs @ logs, runs.sum(axis=2)))
        return means

    return values


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    ratio = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=ratio, where=below > 0)
    return ratio
