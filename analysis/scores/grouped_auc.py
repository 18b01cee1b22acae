"""The AUC of cases that lie in groups, whole and inside groups, for any draw of the groups."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.loglinear.tolerance import merge_ties
from regions.arrays import Booleans, Floats, Integers


def compare_groups(score: Floats, positive: Booleans, *, group: Integers, count: int) -> tuple[Floats, Floats]:
    """Compare every positive case with every other one, summed by their groups.

    Parameters
    ----------
    score, positive
        (n,) higher means rather positive; truth.
    group
        (n,) place of the group of each case, below ``count``.

    Returns
    -------
    tuple
        Two (count, count) arrays: how often a positive case (of the group of the row) has the higher score, ties half,
        and how many pairs of cases there are.

    Examples
    --------
    >>> scores, truth = np.array([3.0, 1.0, 2.0]), np.array([True, False, False])
    >>> won, pairs = compare_groups(scores, truth, group=np.array([0, 0, 1]), count=2)
    >>> won.tolist(), pairs.tolist()
    ([[1.0, 1.0], [0.0, 0.0]], [[1.0, 1.0], [0.0, 0.0]])
    """
    score = merge_ties(score)
    up, up_group = score[positive], group[positive]
    won = np.zeros((count, count))
    for place in range(count):
        below = np.sort(score[~positive & (group == place)])
        less, upto = (np.searchsorted(below, up, side=side) for side in ("left", "right"))
        won[:, place] = np.bincount(up_group, weights=(less + upto) / 2, minlength=count)
    totals = (np.bincount(group[which], minlength=count).astype(float) for which in (positive, ~positive))
    return won, np.outer(*totals)


def draw_groups_anew(count: int, *, draws: int, seed: int) -> Floats:
    """Return (1 + draws, count) how often each group stands in the data (first row: once) and in each draw."""
    count = max(count, 1)
    drawn = np.random.default_rng(seed).integers(0, count, size=(draws, count))
    return np.array([np.bincount(draw, minlength=count) for draw in (np.arange(count), *drawn)], dtype=float)


def draw_auc(won: Floats, pairs: Floats, times: Floats) -> Floats:
    """Return the AUC of each draw of groups; NaN where there is no pair to compare.

    Parameters
    ----------
    won, pairs
        (groups, groups) of `compare_groups`: all pairs of cases; a group drawn twice counts four times with itself. Or
        (groups,): of pairs inside a group only; a group drawn twice counts twice, as two groups.
    times
        (draws, groups) of `draw_groups_anew`.

    Examples
    --------
    >>> draw_auc(np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([[1.0, 2.0], [0.0, 0.0]]), np.ones((1, 2))).round(3)
    array([0.667])
    """
    if won.ndim == 1:
        above, below = times @ won, times @ pairs
    else:
        above, below = (((times @ part) * times).sum(axis=1) for part in (won, pairs))
    auc: Floats = np.divide(above, below, out=np.full(len(times), np.nan), where=below > 0)
    return auc


def tabulate_auc(whole: Mapping[str, Floats], inside: Mapping[str, Floats], *, base: str, level: float) -> pd.DataFrame:
    """Tabulate the AUC of predictors with intervals, whole, inside groups, and beyond that of a base predictor.

    Parameters
    ----------
    whole, inside
        Predictor -> its AUC in the data and in each draw, as `draw_auc` gives them.
    base
        The predictor that ``beyond_size`` is measured from.
    level
        Of the intervals, percentiles of the draws that have an AUC.

    Returns
    -------
    DataFrame
        One row per ``predictor``: ``auc``, ``low``, ``high``, ``within``, ``within_low``, ``within_high``,
        ``beyond_size``, ``beyond_size_low``, ``beyond_size_high``; NaN where there was nothing to compare.
    """
    found = []
    for name, values in whole.items():
        row: dict[str, float | str] = {"predictor": name}
        for label, drawn in (("auc", values), ("within", inside[name]), ("beyond_size", values - whole[base])):
            row[label] = float(drawn[0])
            low, high = (f"{label}_low", f"{label}_high") if label != "auc" else ("low", "high")
            row[low], row[high] = _bound(drawn[1:], level)
        found.append(row)
    return pd.DataFrame(found)


def _bound(values: Floats, level: float) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.percentile(known, [100 * (1 - level) / 2, 100 * (1 + level) / 2])
    return float(low), float(high)
