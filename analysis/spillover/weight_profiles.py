"""Through which of several spaces spillover runs: mixtures of Ws, by profile likelihood.

A likelihood ratio of 3.84 bounds the 95 % interval of one number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.loglinear.threads import use_one_thread
from analysis.spatial.demeaning import PanelDesign
from analysis.spatial.log_determinant import build_log_determinant
from analysis.spatial.model_kinds import KINDS, Model
from analysis.spatial.panel_data import PanelArrays, read_panel
from analysis.spatial.spatial_fit import SpatialFit, maximise_likelihood
from analysis.spillover.robustness import Specification
from geodata.weights.spatial_weights import AnyWeights, SpatialWeights, select_weights
from regions.arrays import Floats
from regions.errors import MethodError

CUT = 1.9207
"""Half of the 95 % quantile of chi-squared with one degree of freedom."""

_STEPS = 20
_CLOSE = 1e-7
_SURE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class SpaceMixture:
    r"""The mixture of Ws of the highest likelihood.

    Attributes
    ----------
    table
        Index: the name of each W; ``share`` (lambda, 0 to 1, together 1), ``low``, ``high``: 95 % by profile
        likelihood; ``loglik_alone`` of this W alone; ``p_without``: likelihood-ratio test against leaving it out
        (half of the chi-squared, a share cannot be negative).
    fit
        The model under the mixture; its errors take the shares as known.
    identified
        Whether the data tell the shares apart at all: there is spillover (the likelihood is clearly above that of
        least squares, at 5 %, shares counted as parameters) and the interval of at least one share is shorter than
        the whole range.
    """

    table: pd.DataFrame
    fit: SpatialFit
    identified: bool


@use_one_thread
def fit_spaces(
    panel: pd.DataFrame, weights: Mapping[str, AnyWeights], asked: Specification, *, model: Model = "sdm"
) -> SpaceMixture:
    r"""Estimate through which of several spaces spillover runs: :math:`W=\sum_m\lambda_mW_m` [1]_.

    Parameters
    ----------
    panel
        As for `analysis.fit_spatial`.
    weights
        Two or three Ws by name, each normalised, such as geography, development (economic distance) and cyber.
    asked
        What is explained by what.
    model
        With a rho: ``sar``, ``sem``, ``sdm``, ``sdem``.

    Raises
    ------
    MethodError
        For another number of Ws, a model without rho, or as `analysis.fit_spatial`.

    References
    ----------
    .. [1] Debarsy, N., & LeSage, J. P. (2018). Flexible dependence modeling using convex combinations of different
       types of connectivity structures. Regional Science and Urban Economics 69, 48-68.
       https://doi.org/10.1016/j.regsciurbeco.2018.01.001

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> near = geodata.build_nearest_weights(geodata.measure_distances(study))
    >>> asked = Specification("y", ("x",))
    >>> found = analysis.fit_spaces(panel, {"borders": w, "nearest": near}, asked, model="sar")
    >>> bool(found.table.loc["borders", "share"] > 0.5)
    True
    """
    names = list(weights)
    if len(names) not in {2, 3} or KINDS[model].rho is None:
        raise MethodError(f"two or three Ws, and a model with a rho, are needed; got {len(names)} and {model}")
    search = _Search(panel, weights, asked, model)
    best = search.climb()
    top = search.value(best)
    rows = []
    for m in range(len(names)):
        low, high = search.bound(m, best, top)
        alone = search.value(np.eye(len(names))[m])
        rows.append(
            {"share": best[m], "low": low, "high": high, "loglik_alone": alone, "p_without": search.drop(m, top)}
        )
    table = pd.DataFrame(rows, index=pd.Index(names, name="weights"))
    fit = asked.fit(panel, search.mix(best), model)
    told = bool((table["high"] - table["low"] < 1 - 1 / _STEPS).any())
    return SpaceMixture(
        table, fit, identified=told and _is_spatial(fit, asked.fit(panel, search.mix(best), "ols"), names)
    )


def _is_spatial(fit: SpatialFit, plain: SpatialFit, names: Sequence[str]) -> bool:
    """Tell whether a mixture fits clearly better than least squares."""
    from scipy.stats import chi2  # noqa: PLC0415 - only here

    more = len(fit.table) - len(plain.table) + len(names) - 1
    return bool(chi2.sf(max(2 * (fit.loglik - plain.loglik), 0.0), more) < _SURE)


class _Search:
    """The likelihood as a function of the shares, remembered."""

    def __init__(
        self, panel: pd.DataFrame, weights: Mapping[str, AnyWeights], asked: Specification, model: Model
    ) -> None:
        self.design, self.model = PanelDesign(asked.effects, asked.correction is not None), model
        first = next(iter(weights.values()))
        self.arrays = read_panel(panel, first, y=asked.y, x=asked.x, durbin=False, design=self.design)
        codes = self.arrays.weights.codes
        self.matrices = [select_weights(each, codes).matrix for each in weights.values()]
        self.known: dict[tuple[float, ...], float] = {}

    def mix(self, shares: Floats) -> SpatialWeights:
        parts = (share * matrix for share, matrix in zip(shares.tolist(), self.matrices, strict=True))
        return SpatialWeights(self.arrays.weights.codes, sparse.csr_array(sum(parts)))

    def value(self, shares: Floats) -> float:
        key = tuple(np.round(shares, 10).tolist())
        if key not in self.known:
            weights = self.mix(np.array(key))
            arrays = add_lags(self.arrays, weights, durbin=KINDS[self.model].durbin)
            determinant = build_log_determinant(weights)
            estimate = maximise_likelihood(arrays, self.design, determinant, model=self.model)
            self.known[key] = estimate.loglik
        return self.known[key]

    def climb(self) -> Floats:
        """Return the best shares: a grid over the simplex, then one coordinate after the other."""
        grid = _list_simplex(len(self.matrices))
        best = grid[int(np.argmax([self.value(shares) for shares in grid]))]
        for _ in range(_STEPS):
            before = self.value(best)
            for m in range(len(best)):
                best = self._line(best, m)
            if self.value(best) - before < _CLOSE:
                break
        return best

    def _line(self, best: Floats, m: int) -> Floats:
        """Move share m, the others keeping their proportions."""
        from scipy.optimize import minimize_scalar  # noqa: PLC0415 - a third of the import time, only where used

        others = np.delete(np.arange(len(best)), m)
        rest = best[others] / best[others].sum() if best[others].sum() > 0 else np.full(len(others), 1 / len(others))

        def place(share: float) -> Floats:
            shares = np.empty(len(best))
            shares[m], shares[others] = share, (1 - share) * rest
            return shares

        low, high = max(best[m] - 2 / _STEPS, 0.0), min(best[m] + 2 / _STEPS, 1.0)
        found = minimize_scalar(
            lambda share: -self.value(place(share)), bounds=(low, high), method="bounded", options={"xatol": 1e-6}
        )
        ends = [place(low), place(high), place(float(found.x)), best]
        return ends[int(np.argmax([self.value(shares) for shares in ends]))]

    def profile(self, m: int, share: float) -> float:
        """Return the highest likelihood with share m held."""
        from scipy.optimize import minimize_scalar  # noqa: PLC0415 - a third of the import time, only where used

        if len(self.matrices) == 2:  # noqa: PLR2004 - the other is the rest
            return self.value(np.array([share, 1 - share] if m == 0 else [1 - share, share]))
        others = [k for k in range(3) if k != m]

        def place(part: float) -> Floats:
            shares = np.empty(3)
            shares[m], shares[others] = share, [(1 - share) * part, (1 - share) * (1 - part)]
            return shares

        grid = np.linspace(0, 1, 6) if share < 1 else np.array([0.0])
        values = [self.value(place(part)) for part in grid]
        at = int(np.argmax(values))
        if share >= 1:
            return values[0]
        low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
        found = minimize_scalar(
            lambda part: -self.value(place(part)), bounds=(low, high), method="bounded", options={"xatol": 1e-3}
        )
        return max(-float(found.fun), *values)

    def bound(self, m: int, best: Floats, top: float) -> tuple[float, float]:
        """Return where the profile of share m falls by the cut, or the end of the range."""
        return (
            _find_fall(lambda share: self.profile(m, share) - top + CUT, float(best[m]), 0.0),
            _find_fall(lambda share: self.profile(m, share) - top + CUT, float(best[m]), 1.0),
        )

    def drop(self, m: int, top: float) -> float:
        from scipy.stats import chi2  # noqa: PLC0415 - only here

        return float(chi2.sf(max(2 * (top - self.profile(m, 0.0)), 0.0), 1)) / 2


def add_lags(arrays: PanelArrays, weights: SpatialWeights, *, durbin: bool) -> PanelArrays:
    """Return arrays under another W, with the lags of x that a Durbin model has; nothing is checked again."""
    from dataclasses import replace  # noqa: PLC0415 - only here

    if not durbin:
        return replace(arrays, weights=weights)
    first = 1 if arrays.names[0] == "constant" else 0
    own = arrays.x[:, :, first:]
    lagged = np.stack([weights.lag(own[:, :, k]) for k in range(own.shape[2])], axis=-1)
    names = (*arrays.names, *(f"W_{name}" for name in arrays.names[first:]))
    return replace(arrays, weights=weights, x=np.concatenate([arrays.x, lagged], axis=-1), names=names)


def _list_simplex(count: int) -> list[Floats]:
    steps = np.arange(0, 11) / 10
    if count == 2:  # noqa: PLR2004 - the other is the rest
        return [np.array([share, 1 - share]) for share in steps]
    return [np.array([a, b, max(1 - a - b, 0.0)]) for a in steps for b in steps if a + b < 1 + 1e-9]


def _find_fall(above: Callable[[float], float], start: float, end: float) -> float:
    """Return where a function falls through 0 between its top and an end; the end if it does not."""
    from scipy.optimize import brentq  # noqa: PLC0415 - a third of the import time, only where used

    if abs(end - start) < _CLOSE or above(end) >= 0:
        return end
    return float(brentq(above, start, end, xtol=1e-3))
