"""Where neighbours are alike: local Moran, hot and cold spots, by conditional permutations."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.autocorrelation.autocorrelation import Missing, align
from analysis.expectation.false_discovery_rate import measure_q_values
from geodata.weights.spatial_weights import AnyWeights, SpatialWeights
from regions.arrays import Floats, Integers
from regions.errors import MethodError
from regions.words import Words

CLUSTERS: Mapping[str, Words] = MappingProxyType(
    {
        "high-high": Words("high among high", "高值集聚"),
        "low-low": Words("low among low", "低值集聚"),
        "high-low": Words("high among low", "高值被低值包围"),
        "low-high": Words("low among high", "低值被高值包围"),
        "none": Words("not distinct", "不显著"),
        "island": Words("no neighbours", "无相邻地区"),
    }
)
"""What the column ``cluster`` says."""

_ROUNDING = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class LocalAutocorrelation:
    """Where near regions have like values.

    Attributes
    ----------
    table
        Index ``code``; ``value``; ``lag``: weighted sum of the neighbours (their mean where rows sum to 1);
        ``local_moran``, in the scale whose weighted mean is Moran's I (esda's is smaller by (n - 1)/n); ``g_star``: z
        of the Getis-Ord statistic that counts a region among its neighbours, high in hot and low in cold spots; ``p``
        (conditional permutations, two-sided), ``q`` (its false-discovery rate over all regions with neighbours),
        ``cluster``: a key of `CLUSTERS`. An island has missing statistics. With a second variable ``local_moran`` and
        ``cluster`` compare a region with that variable in its neighbours, and ``g_star`` is of the second variable.
    omitted, islands
        Codes of regions without a value, and of those without neighbours.
    """

    table: pd.DataFrame
    omitted: tuple[str, ...]
    islands: tuple[str, ...]


def measure_local_autocorrelation(
    values: "pd.Series[float]",
    weights: AnyWeights,
    *,
    other: "pd.Series[float] | None" = None,
    permutations: int = 999,
    seed: int = 0,
    level: float = 0.05,
    missing: Missing = "error",
) -> LocalAutocorrelation:
    r"""Measure where near regions have like values.

    :math:`I_i=z_i\sum_jw_{ij}z_j/m_2`, :math:`m_2=\sum z^2/n` [1]_; :math:`G^*_i` standardised [2]_, the own weight
    being the largest of the row. For p the values of all other regions are dealt out to the neighbours of a region,
    which keeps its own; doubling the smaller tail makes it two-sided (one-sided p, common elsewhere, finds half as
    many again). p of the two statistics is the same, both being the sum of the neighbours but for what is fixed.

    Parameters
    ----------
    values, weights, other, permutations, seed, missing
        As of `analysis.measure_autocorrelation`.
    level
        A cluster has q up to this.

    Raises
    ------
    MethodError
        As `analysis.measure_autocorrelation`.

    References
    ----------
    .. [1] Anselin, L. (1995). Local indicators of spatial association. Geographical Analysis 27, 93-115.
       https://doi.org/10.1111/j.1538-4632.1995.tb00338.x
    .. [2] Ord, J. K., & Getis, A. (1995). Local spatial autocorrelation statistics: distributional issues and an
       application. Geographical Analysis 27, 286-306. https://doi.org/10.1111/j.1538-4632.1995.tb00912.x

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> values = panel[panel["year"] == 2010].set_index("code")["y"]
    >>> found = analysis.measure_local_autocorrelation(values, w, permutations=99)
    >>> set(found.table["cluster"]) <= {"high-high", "low-low", "high-low", "low-high", "none"}
    True
    """
    if permutations < 1:
        raise MethodError(f"at least one permutation is needed; got {permutations}")
    table, found, omitted = align(values, weights, other=other, missing=missing)
    own = table["x"].to_numpy()
    far = table["y"].to_numpy() if other is not None else own
    z, z_far = _center(own), _center(far)
    size = float((z_far**2).mean()) ** 0.5 * float((z**2).mean()) ** 0.5
    lag = found.lag(z_far)
    alone = found.codes.isin(list(found.islands))
    result = pd.DataFrame({"value": own, "lag": found.lag(far)}, index=found.codes.rename("code"))
    result["local_moran"] = z * lag / size
    result["g_star"] = _measure_g_star(found, far)
    result["p"] = _permute(found, z_far, lag, permutations=permutations, seed=seed)
    result.loc[alone, ["lag", "local_moran", "g_star", "p"]] = np.nan
    result["q"] = measure_q_values(result["p"].to_numpy())
    sides = np.char.add(np.where(z > 0, "high-", "low-"), np.where(lag > 0, "high", "low"))
    result["cluster"] = np.where(alone, "island", np.where(result["q"] <= level + _ROUNDING, sides, "none"))
    return LocalAutocorrelation(result, omitted, found.islands)


def _center(values: Floats) -> Floats:
    return np.asarray(values - values.mean())


def _measure_g_star(weights: SpatialWeights, x: Floats) -> Floats:
    matrix, n = weights.matrix, len(x)
    own = np.asarray(matrix.max(axis=1).toarray()).ravel()
    sums = weights.row_sums + own
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel() + own**2
    spread = x.std() * np.sqrt(np.maximum(n * squares - sums**2, 0.0) / (n - 1))
    above = weights.lag(x) + own * x - sums * x.mean()
    return np.asarray(np.divide(above, spread, out=np.full(n, np.nan), where=spread > 0))


def _permute(weights: SpatialWeights, z: Floats, lag: Floats, *, permutations: int, seed: int) -> Floats:
    """Return p of each region's lag; all regions use the same draws, each of them without itself."""
    matrix, n = weights.matrix, len(z)
    most = int(np.diff(matrix.indptr).max())
    dealt = _deal(n - 1, most, permutations=permutations, seed=seed)
    p = np.full(n, np.nan)
    for i in range(n):
        row = matrix.data[matrix.indptr[i] : matrix.indptr[i + 1]]
        if not len(row):
            continue
        others = np.delete(z, i)
        drawn = others.take(dealt[: len(row)]).T @ row
        near = _ROUNDING * max(abs(lag[i]), float(np.abs(row).max()))
        tail = min(int((drawn >= lag[i] - near).sum()), int((drawn <= lag[i] + near).sum()))
        p[i] = min(1.0, 2 * (1 + tail) / (1 + permutations))
    return p


def _deal(n: int, most: int, *, permutations: int, seed: int) -> Integers:
    """Draw for each permutation ``most`` of n places, none twice: (most, P)."""
    rng = np.random.default_rng(seed)
    dealt = np.empty((most, permutations), dtype=np.int64)
    for column in range(permutations):
        dealt[:, column] = rng.permutation(n)[:most]
    return dealt
