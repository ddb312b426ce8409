"""Calibrates the decision that nothing answers, on judged queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.errors import JudgedQueriesInvalid
from kb.evaluating import JudgedQuery
from kb.search.confidence import Signs
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.searcher import SearchResult

WRONGLY_REFUSED_AT_MOST = 0.02
_STEPS = 30
_RIDGE = 1e-3
"""Keeps the coefficients finite when the examples can be told apart without error."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What a threshold costs and gains."""

    threshold: float
    refused: float
    """Share of the queries without an answer that are refused."""
    wrongly_refused: float
    """Share of the queries with an answer that are refused."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fitted decision and its curve."""

    intercept: float
    coefficients: Signs
    threshold: float
    """The highest at which no more than `WRONGLY_REFUSED_AT_MOST` are wrongly refused."""
    curve: tuple[OperatingPoint, ...]
    """Ascending by threshold, one point for each share of wrongly refused queries."""


def calibrate(
    queries: Sequence[JudgedQuery], searching: Callable[[str], SearchResult]
) -> Calibration:
    """Return the logistic regression over the signs of `queries`, with its curve.

    Queries with and without an answer weigh the same in sum, however many there are of each.
    Raises JudgedQueriesInvalid when there are none of either.
    """
    results = [searching(query.text[:MAX_QUERY_CHARS]) for query in queries]
    # Without hits, or a subject, a query is refused whatever its signs are.
    found = np.array([bool(result.hits) and result.confidence > 0 for result in results])
    good = np.array([bool(query.relevant) for query in queries])
    if not (good.any() and (~good).any()):
        raise JudgedQueriesInvalid("校准要有该答的和该拒的语句。")
    inputs = np.array([(1.0, *result.signs) for result in results])
    fitted = _fit(inputs[found], good[found])
    confidence = np.where(found, _probabilities(inputs, fitted), 0.0)
    curve = tuple(_curve(confidence, good))
    allowed = [point for point in curve if point.wrongly_refused <= WRONGLY_REFUSED_AT_MOST]
    return Calibration(
        intercept=float(fitted[0]),
        coefficients=Signs(*map(float, fitted[1:])),
        threshold=allowed[-1].threshold,
        curve=curve,
    )


def _fit(inputs: Floats, good: NDArray[np.bool_]) -> Floats:
    """Return the coefficients that make `good` most likely, by Newton's method."""
    weights = np.where(good, 0.5 / max(good.sum(), 1), 0.5 / max((~good).sum(), 1))
    fitted = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        shares = _probabilities(inputs, fitted)
        slope = inputs.T @ (weights * (good - shares)) - _RIDGE * fitted
        bend = (inputs * (weights * shares * (1 - shares))[:, None]).T @ inputs
        fitted = fitted + np.linalg.solve(bend + _RIDGE * np.eye(len(fitted)), slope)
    return fitted


def _probabilities(inputs: Floats, fitted: Floats) -> Floats:
    probabilities: Floats = 1 / (1 + np.exp(-inputs @ fitted))
    return probabilities


def _curve(confidence: Floats, good: NDArray[np.bool_]) -> Iterable[OperatingPoint]:
    for threshold in np.unique(np.concatenate(([0.0], confidence[good]))):
        yield OperatingPoint(
            threshold=float(threshold),
            refused=float((confidence[~good] < threshold).mean()),
            wrongly_refused=float((confidence[good] < threshold).mean()),
        )
