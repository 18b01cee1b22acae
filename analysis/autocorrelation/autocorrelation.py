"""Are neighbours alike? Moran, Geary, Getis-Ord and bivariate Moran of a whole map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analysis.autocorrelation.random_moments import expect_at_random
from geodata.weights.spatial_weights import AnyWeights, SpatialWeights, read_weights, select_weights
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

Missing = Literal["error", "drop"]

_SHOWN = 6
_BLOCK = 4_000_000
_ROUNDING = 1e-10
_FEWEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Autocorrelation:
    """Whether near regions have like values.

    Attributes
    ----------
    table
        Index ``statistic``: ``moran``, ``geary``, ``getis-ord`` (where no value is below 0), ``bivariate`` (where a
        second variable was given); ``value``, ``expected``, ``variance``, ``z`` (randomisation, by formula; missing
        for the bivariate), ``p`` by permutation and ``p_normal`` (two-sided).
    omitted
        Codes of regions without a value.
    islands
        Codes of regions without neighbours.
    n
        Regions compared.
    """

    table: pd.DataFrame
    omitted: tuple[str, ...]
    islands: tuple[str, ...]
    n: int


def measure_autocorrelation(
    values: "pd.Series[float]",
    weights: AnyWeights,
    *,
    other: "pd.Series[float] | None" = None,
    permutations: int = 999,
    seed: int = 0,
    missing: Missing = "error",
) -> Autocorrelation:
    r"""Measure whether near regions have like values.

    With z the deviations from the mean and :math:`s_0=\sum w_{ij}`: Moran [1]_
    :math:`I=\frac n{s_0}\frac{z'Wz}{z'z}`, Geary [2]_ :math:`C=\frac{n-1}{2s_0}\frac{\sum w_{ij}(z_i-z_j)^2}{z'z}`
    (1: none, below 1: alike), Getis-Ord [3]_ :math:`G=\sum w_{ij}x_ix_j/\sum_{i\ne j}x_ix_j` (for values of 0 or
    more: high near high), bivariate :math:`I_{xy}=\sum w_{ij}z^x_iz^y_j/n` of standardised values: whether x goes
    with the y of neighbours, which is no cause.

    Parameters
    ----------
    values
        Index ``code``.
    weights
        Any weights, see `geodata.read_weights`; a region without neighbours counts in n and adds nothing.
    other
        Index ``code``: y of the bivariate Moran; None: it is left out.
    permutations
        Of the regions; p = (1 + number at least as far from their mean) / (1 + permutations), two-sided.
    seed
        Of the permutations.
    missing
        ``error``, or ``drop``: regions without a value are left out, named in ``omitted``, and rows of the
        weights that summed to 1 do so again.

    Returns
    -------
    Autocorrelation

    Raises
    ------
    MethodError
        For missing or infinite values (the regions are named), values that are all equal, fewer than four regions,
        weights that link nobody, or weights that lack a region.

    References
    ----------
    .. [1] Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23.
    .. [2] Geary, R. C. (1954). The contiguity ratio and statistical mapping. The Incorporated Statistician 5, 115-145.
    .. [3] Getis, A., & Ord, J. K. (1992). The analysis of spatial association by use of distance statistics.
       Geographical Analysis 24, 189-206. https://doi.org/10.1111/j.1538-4632.1992.tb00261.x

    Examples
    --------
    >>> import pandas as pd
    >>> line = pd.DataFrame([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]], index=list("ABCD"))
    >>> line.columns = line.index
    >>> found = measure_autocorrelation(pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0}), line)
    >>> round(found.table.loc["moran", "value"], 4)
    np.float64(0.3333)
    """
    table, found, omitted = align(values, weights, other=other, missing=missing)
    if permutations < 1:
        raise MethodError(f"at least one permutation is needed; got {permutations}")
    x = table["x"].to_numpy()
    statistics: dict[str, Callable[[Floats], Floats]] = {"moran": _Moran(found, x), "geary": _Geary(found, x)}
    if (x >= 0).all():
        statistics["getis-ord"] = _GetisOrd(found, x)
    if other is not None:
        statistics["bivariate"] = _Bivariate(found, table["y"].to_numpy())
    drawn = _permute(x, list(statistics.values()), permutations=permutations, seed=seed)
    rows = [
        _tell(name, float(measure(x[None, :])[0]), drawn[k], expect_at_random(name, found, x))
        for k, (name, measure) in enumerate(statistics.items())
    ]
    return Autocorrelation(pd.DataFrame(rows).set_index("statistic"), omitted, found.islands, len(x))


def align(
    values: "pd.Series[float]", weights: AnyWeights, *, other: "pd.Series[float] | None", missing: Missing
) -> tuple[pd.DataFrame, SpatialWeights, tuple[str, ...]]:
    """Put values on the regions of the weights; missing ones are an error or are left out by name."""
    if missing not in get_args(Missing):
        raise MethodError(f"missing must be error or drop; got {missing!r}")
    table = pd.DataFrame({"x": values} if other is None else {"x": values, "y": other}, dtype=float)
    found = read_weights(weights)
    table = table.reindex(found.codes.union(table.index, sort=False))
    lacking = table.index[~np.isfinite(table.to_numpy()).all(axis=1)]
    if len(lacking) and missing == "error":
        named = ", ".join(map(str, lacking[:_SHOWN]))
        raise MethodError(say("spatial/no-value", count=len(lacking), regions=named))
    table = table.drop(index=lacking)
    chosen = _restore_rows(select_weights(found, table.index), found)
    if len(table) < _FEWEST or chosen.matrix.nnz == 0:
        raise MethodError(say("autocorrelation/too-few", regions=len(table), links=chosen.matrix.nnz))
    flat = [str(name) for name in table if np.ptp(table[name].to_numpy()) <= _ROUNDING * table[name].abs().max()]
    if flat:
        raise MethodError(say("autocorrelation/all-values-equal"))
    return table, chosen, tuple(map(str, lacking))


def _restore_rows(part: SpatialWeights, whole: SpatialWeights) -> SpatialWeights:
    """Bring rows that summed to 1 back to 1, once some regions are left out."""
    from scipy import sparse  # noqa: PLC0415 - only here

    before = whole.row_sums[whole.codes.get_indexer(part.codes)]
    sums = part.row_sums
    again = (np.abs(before - 1) < _ROUNDING) & (sums > 0)
    factor = np.where(again, 1 / np.where(sums > 0, sums, 1.0), 1.0)
    return SpatialWeights(part.codes, sparse.csr_array(sparse.diags_array(factor) @ part.matrix))


class _Moran:
    def __init__(self, weights: SpatialWeights, x: Floats) -> None:
        self.weights, self.total = weights, float(weights.matrix.sum())
        self.squares, self.mean = float(((x - x.mean()) ** 2).sum()), x.mean()

    def __call__(self, x: Floats) -> Floats:
        z = x - self.mean
        return np.asarray((z * self.weights.lag(z)).sum(axis=1) * x.shape[1] / (self.total * self.squares))


class _Geary(_Moran):
    def __init__(self, weights: SpatialWeights, x: Floats) -> None:
        super().__init__(weights, x)
        self.both = weights.row_sums + np.asarray(weights.matrix.sum(axis=0)).ravel()

    def __call__(self, x: Floats) -> Floats:
        z = x - self.mean
        apart = z**2 @ self.both - 2 * (z * self.weights.lag(z)).sum(axis=1)
        return np.asarray((x.shape[1] - 1) * apart / (2 * self.total * self.squares))


class _GetisOrd:
    def __init__(self, weights: SpatialWeights, x: Floats) -> None:
        self.weights, self.pairs = weights, float(x.sum() ** 2 - (x**2).sum())

    def __call__(self, x: Floats) -> Floats:
        return np.asarray((x * self.weights.lag(x)).sum(axis=1) / self.pairs)


class _Bivariate:
    def __init__(self, weights: SpatialWeights, y: Floats) -> None:
        self.lagged = weights.lag((y - y.mean()) / y.std())

    def __call__(self, x: Floats) -> Floats:
        z = (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
        return np.asarray(z @ self.lagged / x.shape[1])


def _permute(x: Floats, measures: Sequence[Callable[[Floats], Floats]], *, permutations: int, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    step, parts = max(1, _BLOCK // len(x)), []
    for first in range(0, permutations, step):
        count = min(step, permutations - first)
        mixed = rng.permuted(np.tile(x, (count, 1)), axis=1)
        parts.append(np.stack([measure(mixed) for measure in measures]))
    return np.concatenate(parts, axis=1)


def _tell(name: str, value: float, drawn: Floats, moments: tuple[float, float]) -> dict[str, object]:
    expected, variance = moments
    far = np.abs(drawn - drawn.mean()) >= abs(value - drawn.mean()) - _ROUNDING * max(abs(value), 1.0)
    z = (value - expected) / variance**0.5
    return {
        "statistic": name,
        "value": value,
        "expected": expected,
        "variance": variance,
        "z": z,
        "p": (1 + int(far.sum())) / (1 + len(drawn)),
        "p_normal": 2 * float(ndtr(-abs(z))),
    }


def measure_autocorrelation_by_year(
    panel: pd.DataFrame, weights: AnyWeights, *, column: str, permutations: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Measure Moran and Geary of one column year by year.

    Parameters
    ----------
    panel
        ``code``, ``year`` and the column; a year with values of none of the regions is left out.
    weights, permutations, seed
        As of `measure_autocorrelation`; the permutations are the same in every year.

    Returns
    -------
    DataFrame
        ``year``, ``statistic``, then as `measure_autocorrelation`; ``n``: regions with a value in the year.

    Raises
    ------
    MethodError
        As `measure_autocorrelation`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> len(measure_autocorrelation_by_year(panel, w, column="y", permutations=99))  # ten years, two measures
    20
    """
    codes = read_weights(weights).codes
    parts = []
    for year, rows in panel.dropna(subset=[column]).groupby("year"):
        values = rows.set_index("code")[column].reindex(codes)
        if values.notna().sum() < _FEWEST:
            continue
        found = measure_autocorrelation(values, weights, permutations=permutations, seed=seed, missing="drop")
        parts.append(found.table.assign(year=int(str(year)), n=found.n).reset_index())
    if not parts:
        raise MethodError(say("autocorrelation/no-year-has", column=column))
    table = pd.concat(parts, ignore_index=True)
    return table[["year", *[name for name in table.columns if name != "year"]]]
