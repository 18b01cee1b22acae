"""Which links explain which? Regression of tables of pairs, tested by relabelling the regions (MRQAP)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.matrices import Dyads, stack_matrices
from analysis.inference.permutation import choose_rounding, count_extreme, draw_permutations, measure_products
from analysis.inference.qap import standardise
from regions.arrays import Floats
from regions.errors import MethodError

_COLLINEAR = 1e-10
_OUTCOME = "the outcome"


@dataclass(frozen=True, slots=True, eq=False)
class MrqapFit:
    """A regression of one table of pairs on others.

    Attributes
    ----------
    table
        Index ``predictor``; ``estimate`` (least squares), ``t``, ``p`` (two-sided, by double semi-partialling),
        ``p_upper``, ``p_lower``.
    constant, constant_t
        The constant and its t; relabelling does not touch it, so it has no p.
    r_squared
        Share of variance explained.
    pairs, permutations, seed
        Number of pairs and of permutations; the seed.
    directed
        Whether ordered pairs were the observations.
    """

    table: pd.DataFrame
    constant: float
    constant_t: float
    r_squared: float
    pairs: int
    permutations: int
    seed: int
    directed: bool


def measure_mrqap(
    outcome: pd.DataFrame, predictors: Mapping[str, pd.DataFrame], *, permutations: int = 2000, seed: int = 0
) -> MrqapFit:
    r"""Regress one square table on others, with p-values by double semi-partialling [1]_.

    Each predictor :math:`X_k` is regressed on the other predictors; the regions of its residual matrix are
    rearranged, rows and columns together; the outcome is regressed on the rearranged residuals and the other
    predictors; the :math:`t` of the residuals is compared with the observed :math:`t`. By the theorem of Frisch and
    Waugh that :math:`t` needs only the inner products of the rearranged residuals with predictors and outcome: one
    matrix product for all predictors, which share the permutations.

    Parameters
    ----------
    outcome
        N x N, index and columns codes; the diagonal is ignored.
    predictors
        Name -> N x N, same regions, matched by label. If all tables are symmetric, unordered pairs are the
        observations.
    permutations
        Permutations; p = (1 + number as extreme) / (1 + permutations).
    seed
        Of the permutations.

    Raises
    ------
    MethodError
        For tables that do not match or have holes (see `analysis.inference.matrices.stack_matrices`), a table that is
        constant, predictors that are collinear, or no more pairs than coefficients.

    References
    ----------
    .. [1] Dekker, D., Krackhardt, D., & Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
       autocorrelation conditions. Psychometrika 72, 563-581. https://doi.org/10.1007/s11336-007-9016-1

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = pd.DataFrame(rng.random((8, 8)))
    >>> fit = measure_mrqap(2 * x + 1, {"x": x}, permutations=50)
    >>> round(float(fit.table.loc["x", "estimate"]), 6)
    2.0
    """
    if not predictors or _OUTCOME in predictors:
        raise MethodError(f"give at least one predictor; none may be called {_OUTCOME!r}")
    dyads = stack_matrices({_OUTCOME: outcome, **predictors})
    n = len(dyads.stack)
    share = 1 if dyads.directed else 2
    pairs, names = n * (n - 1) // share, tuple(predictors)
    tables = np.stack([standardise(dyads.stack[:, :, k], name) for k, name in enumerate(dyads.names)], axis=-1)
    freedom = pairs - len(names) - 1
    if freedom < 1:
        raise MethodError(f"{pairs} pairs cannot support {len(names) + 1} coefficients")
    residuals, partial = _partial_out(tables, names)
    estimate, t, r_squared = _fit(dyads)
    orders = draw_permutations(n, permutations=permutations, seed=seed)
    correlations = _draw_partial(measure_products(tables, residuals, orders), tables, partial)
    upper, lower, both = count_extreme(correlations, turn_t(t[1:], freedom), rounding=choose_rounding(n))
    columns = {"estimate": estimate[1:], "t": t[1:], "p": both, "p_upper": upper, "p_lower": lower}
    table = pd.DataFrame(columns, index=pd.Index(names, name="predictor"))
    return MrqapFit(table, estimate[0], t[0], r_squared, pairs, permutations, seed, dyads.directed)


def turn_t(t: Floats, freedom: int) -> Floats:
    """Turn t into the partial correlation it belongs to: the same order, and never infinite."""
    return np.asarray(t / np.sqrt(t**2 + freedom))


def _fit(dyads: Dyads) -> tuple[Floats, Floats, float]:
    """Fit the regression of the first table on the others: estimates, t (constant first) and R squared."""
    rows, columns = dyads.list_cells()
    cells = dyads.stack[rows, columns]
    return regress_pairs(cells[:, 0], np.column_stack([np.ones(len(cells)), cells[:, 1:]]))


def regress_pairs(y: Floats, x: Floats) -> tuple[Floats, Floats, float]:
    """Fit a column (n,) on others (n, m), the constant first, by least squares: estimates, t and R squared."""
    scale = np.linalg.norm(x, axis=0)
    q, r = np.linalg.qr(x / scale)
    inverse = np.linalg.inv(r)
    estimate = inverse @ (q.T @ y)
    rest = y - (x / scale) @ estimate
    noise = float(rest @ rest)
    error = np.sqrt(noise / (len(y) - x.shape[1]) * (inverse**2).sum(axis=1))
    t = np.divide(estimate, error, out=np.sign(estimate) * np.inf, where=error > 0)
    return estimate / scale, t, 1.0 - noise / float(((y - y.mean()) ** 2).sum())


def _partial_out(tables: Floats, names: tuple[str, ...]) -> tuple[Floats, list[Floats]]:
    """Regress each predictor (tables 1, 2, ...) on the others.

    Returns
    -------
    residuals
        (n, n, m) scaled to norm 1.
    partial
        For each predictor the inverse of the inner products of the others, (m - 1, m - 1).
    """
    flat = tables[:, :, 1:].reshape(-1, len(names))
    gram = flat.T @ flat
    residuals = np.zeros_like(flat)
    partial: list[Floats] = []
    for k, name in enumerate(names):
        others = [i for i in range(len(names)) if i != k]
        slope = np.linalg.lstsq(flat[:, others], flat[:, k], rcond=_COLLINEAR)[0]
        rest = flat[:, k] - flat[:, others] @ slope
        norm = float(np.linalg.norm(rest))
        if norm < _COLLINEAR**0.5:
            raise MethodError(f"the predictor {name!r} is a combination of the others: leave one of them out")
        residuals[:, k] = rest / norm
        partial.append(np.asarray(np.linalg.inv(gram[np.ix_(others, others)]), dtype=float))
    return residuals.reshape(*tables.shape[:2], len(names)), partial


def _draw_partial(products: Floats, tables: Floats, partial: list[Floats]) -> Floats:
    """Return the partial correlation of outcome and rearranged residuals, given the other predictors: (P, m)."""
    flat = tables.reshape(-1, tables.shape[2])
    y_x = flat[:, 1:].T @ flat[:, 0]
    draws = np.empty((len(products), len(partial)))
    for k, inverse in enumerate(partial):
        others = [i for i in range(len(partial)) if i != k]
        mine = products[:, 1:, k][:, others]
        projected = mine @ inverse
        top = products[:, 0, k] - projected @ y_x[others]
        left = 1.0 - (projected * mine).sum(axis=1)
        y_left = 1.0 - float(y_x[others] @ inverse @ y_x[others])
        bottom = np.maximum(left * y_left, 0.0) ** 0.5
        draws[:, k] = np.divide(top, bottom, out=np.zeros_like(top), where=bottom > _COLLINEAR)
    return draws
