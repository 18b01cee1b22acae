"""How well a score tells those that formed a link from those that did not: the area under the ROC curve."""

import numpy as np

from analysis.loglinear.tolerance import merge_ties
from regions.arrays import Booleans, Floats


def measure_auc(score: Floats, positive: Booleans) -> tuple[float, float]:
    r"""Measure the area under the ROC curve and its standard error.

    .. math:: AUC = P(s^+ > s^-) + \tfrac12 P(s^+ = s^-)

    with the variance of DeLong [1]_ from the placement of every case among those of the other kind.

    Parameters
    ----------
    score
        (n,) higher means rather positive.
    positive
        (n,) truth.

    Returns
    -------
    tuple
        AUC (0.5 is chance) and its standard error; NaN, NaN when all cases are of one kind.

    References
    ----------
    .. [1] DeLong, DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated ROC curves,
       doi:10.2307/2531595.

    Examples
    --------
    >>> measure_auc(np.array([4.0, 3.0, 2.0, 1.0]), np.array([True, False, True, False]))[0]
    0.75
    """
    score = merge_ties(score)
    above, below = np.sort(score[positive]), np.sort(score[~positive])
    if not len(above) or not len(below):
        return np.nan, np.nan
    up = _place(above, below)
    down = 1 - _place(below, above)
    spread = sum(part.var(ddof=1) / len(part) if len(part) > 1 else 0.25 for part in (up, down))
    return float(up.mean()), float(np.sqrt(spread))


def _place(values: Floats, among: Floats) -> Floats:
    """Return the share of ``among`` (sorted) below each value, ties half."""
    less, upto = (np.searchsorted(among, values, side=side) for side in ("left", "right"))
    return np.asarray((less + upto) / (2 * len(among)), dtype=float)
