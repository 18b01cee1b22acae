"""How regions move between classes of income, alone and beside their neighbours."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.inequality.convergence import check_even_years, spread_years
from geodata.weights.spatial_weights import AnyWeights, read_weights, select_weights
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.messages import say

_FEWEST_REGIONS, _FEWEST_CLASSES = 5, 2
_SPARSE = 5


@dataclass(frozen=True, slots=True, eq=False)
class MarkovChain:
    """Transitions between classes.

    Attributes
    ----------
    counts
        (k, k) region-years from class (row) to class (column).
    probabilities
        (k, k) rows of sum 1; a class that nobody ever left is NaN.
    steady
        (k,) long-run shares; NaN where there are several or none.
    sparse
        Rows with fewer than five region-years: their probabilities say nothing.
    """

    counts: Floats
    probabilities: Floats
    steady: Floats
    sparse: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SpatialMarkov:
    """Transitions by the class of the neighbours.

    Attributes
    ----------
    chains
        One chain per class of the neighbours, poorest first.
    pooled
        All together.
    q, likelihood_ratio
        Statistics of the test that neighbours do not matter; ``df`` and the two p.
    df, q_p, likelihood_ratio_p
        Degrees of freedom; chi-squared p, which need cells with counts to be believed. NaN without any degree.
    """

    chains: tuple[MarkovChain, ...]
    pooled: MarkovChain
    q: float
    likelihood_ratio: float
    df: int
    q_p: float
    likelihood_ratio_p: float


def classify_values(values: Floats, *, classes: int = 5, pooled: bool = False) -> Integers:
    """Put values into quantile classes, each year for itself or all years together.

    Parameters
    ----------
    values
        (N, T).
    classes, pooled
        Number; one set of bounds for all years.

    Returns
    -------
    Integers
        (N, T), 0 the lowest. A value on a bound belongs to the class below, equal bounds make fewer classes.

    Examples
    --------
    >>> import numpy as np
    >>> classify_values(np.array([[1.0], [2.0], [3.0], [4.0]]), classes=2).ravel().tolist()
    [0, 0, 1, 1]
    """
    steps = np.linspace(0, 100, classes + 1)[1:]
    if pooled:
        return np.searchsorted(_bound(values.ravel(), steps), values, side="left")
    columns = [np.searchsorted(_bound(column, steps), column, side="left") for column in values.T]
    return np.column_stack(columns)


def _bound(values: Floats, steps: Floats) -> Floats:
    bounds = np.unique(np.percentile(values, steps))
    bounds[-1] = np.inf
    return bounds


def count_transitions(before: Integers, after: Integers, classes: int) -> Floats:
    """Count moves from class to class, (k, k)."""
    counts = np.zeros((classes, classes))
    np.add.at(counts, (before.ravel(), after.ravel()), 1)
    return counts


def build_markov_chain(counts: Floats) -> MarkovChain:
    """Return the chain of a table of counts.

    Examples
    --------
    >>> import numpy as np
    >>> build_markov_chain(np.array([[8.0, 2.0], [4.0, 6.0]])).steady.round(4).tolist()  # .4 : .2
    [0.6667, 0.3333]
    """
    rows = counts.sum(axis=1, keepdims=True)
    probabilities = np.divide(counts, rows, out=np.full_like(counts, np.nan), where=rows > 0)
    sparse = tuple(int(row) for row in np.flatnonzero(rows.ravel() < _SPARSE))
    return MarkovChain(counts, probabilities, _find_steady(probabilities), sparse)


def _find_steady(probabilities: Floats) -> Floats:
    k = len(probabilities)
    if np.isnan(probabilities).any():
        return np.full(k, np.nan)
    system = np.vstack([probabilities.T - np.eye(k), np.ones(k)])
    if np.linalg.matrix_rank(system, tol=1e-10) < k:
        return np.full(k, np.nan)  # several long-run states
    return np.asarray(np.linalg.lstsq(system, np.append(np.zeros(k), 1.0), rcond=None)[0])


def measure_markov(values: "pd.Series[float]", *, classes: int = 5, pooled: bool = False) -> MarkovChain:
    """Measure transitions between quantile classes from year to year.

    Parameters
    ----------
    values
        Index (``code``, ``year``); regions known in every year are kept; years at one distance, such as every fifth.
    classes, pooled
        See `classify_values`: each year's own quantiles tell moves in rank, pooled ones of values relative to the mean
        tell moves in level.

    Raises
    ------
    MethodError
        For fewer than five regions, two years or two classes, or years with a gap.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_product([list("ABCDE"), [2000, 2001]], names=["code", "year"])
    >>> measure_markov(pd.Series([1, 2, 2, 1, 3, 3, 4, 4, 5, 5.0], index=index), classes=2).counts.tolist()
    [[3.0, 0.0], [0.0, 2.0]]
    """
    wide = _read_wide(values, classes)
    states = classify_values(wide.to_numpy(), classes=classes, pooled=pooled)
    return build_markov_chain(count_transitions(states[:, :-1], states[:, 1:], classes))


def _read_wide(values: "pd.Series[float]", classes: int) -> pd.DataFrame:
    wide = spread_years(values).astype(float)
    if len(wide) < _FEWEST_REGIONS or wide.shape[1] < 2 or classes < _FEWEST_CLASSES:  # noqa: PLR2004 - two years
        raise MethodError(say("markov/panel", regions=len(wide), years=wide.shape[1], classes=classes))
    check_even_years(wide.columns)
    return wide


def measure_spatial_markov(values: "pd.Series[float]", weights: AnyWeights, *, classes: int = 5) -> SpatialMarkov:
    r"""Measure transitions by the class of the neighbours at the start, and test whether it matters.

    Values are taken relative to the mean of their year, classes are pooled quantiles of the values and, apart from
    them, of their spatial lags [1]_. With :math:`n_{ij}^r` moves beside neighbours of class r,
    :math:`Q=\sum(n_{ij}^r-n_i^rp_{ij})^2/(n_i^rp_{ij})` and
    :math:`LR=2\sum n_{ij}^r\ln(p_{ij}^r/p_{ij})` against :math:`\chi^2`.

    Parameters
    ----------
    values
        Index (``code``, ``year``), above 0 on average.
    weights
        Of the same regions; each lag is the weighted mean of the neighbours. A region without neighbours is in none of
        the counts, for it stands beside nobody: ``pooled`` counts the others. It has its part in the bounds of classes.
    classes
        Of values and of lags.

    Raises
    ------
    MethodError
        As `measure_markov`; for a mean of 0 or less in a year, or fewer than five regions with neighbours.

    References
    ----------
    .. [1] Rey, S. J. (2001). Spatial empirics for economic growth and convergence. Geographical Analysis 33, 195-214.
       https://doi.org/10.1111/j.1538-4632.2001.tb00444.x

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> codes = list("ABCDEF")
    >>> ring = pd.DataFrame(0.5 * (np.roll(np.eye(6), 1, axis=1) + np.roll(np.eye(6), -1, axis=1)), codes, codes)
    >>> rows = np.random.default_rng(0).uniform(1, 2, (6, 8))
    >>> index = pd.MultiIndex.from_product([codes, range(2000, 2008)], names=["code", "year"])
    >>> found = measure_spatial_markov(pd.Series(rows.ravel(), index=index), ring, classes=2)
    >>> float(sum(chain.counts.sum() for chain in found.chains))
    42.0
    """
    wide = _read_wide(values, classes)
    w = select_weights(read_weights(weights), wide.index)
    linked = w.row_sums > 0
    if not (wide.mean() > 0).all() or int(linked.sum()) < _FEWEST_REGIONS:
        raise MethodError(say("markov/neighbours", linked=int(linked.sum()), fewest=_FEWEST_REGIONS))
    relative = (wide / wide.mean()).reindex(w.codes).to_numpy()
    lags = (w.matrix @ relative)[linked] / w.row_sums[linked, None]
    states = classify_values(relative, classes=classes, pooled=True)[linked]
    beside = classify_values(lags, classes=classes, pooled=True)[:, :-1]
    before, after = states[:, :-1], states[:, 1:]
    tables = np.stack([count_transitions(before[beside == r], after[beside == r], classes) for r in range(classes)])
    pooled = build_markov_chain(tables.sum(axis=0))
    q, ratio, df = _test_alike(tables, pooled.probabilities)
    chains = tuple(build_markov_chain(table) for table in tables)
    return SpatialMarkov(chains, pooled, q, ratio, df, float(stats.chi2.sf(q, df)), float(stats.chi2.sf(ratio, df)))


def _test_alike(tables: Floats, pooled: Floats) -> tuple[float, float, int]:
    """Return Q, the likelihood ratio and their degrees of freedom."""
    rows = tables.sum(axis=2, keepdims=True)
    expected = rows * np.nan_to_num(pooled, nan=0.0)
    cell = expected > 0
    q = float((((tables - expected) ** 2)[cell] / expected[cell]).sum())
    moved = tables > 0
    ratio = 2 * float((tables[moved] * np.log(tables[moved] / expected[moved])).sum())
    a = (np.nan_to_num(pooled, nan=0.0) > 0).sum(axis=1)
    b = (rows[:, :, 0] > 0).sum(axis=0)
    return q, ratio, int(((b - 1).clip(0) * (a - 1).clip(0)).sum())
