"""MRQAP where some pairs are not known: they are left out of the regression and of every rearrangement."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inference.mrqap import MrqapFit, measure_mrqap, regress_pairs, turn_t
from analysis.inference.permutation import choose_rounding, count_extreme, draw_permutations
from regions.errors import MethodError
from regions.messages import say

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_COLLINEAR = 1e-8


def measure_known_mrqap(
    outcome: pd.DataFrame, predictors: Mapping[str, pd.DataFrame], *, permutations: int = 2000, seed: int = 0
) -> MrqapFit:
    """Regress one square table on others as `measure_mrqap` does, over the pairs that all tables know.

    Where nothing is missing this is `measure_mrqap`. Where something is, double semi-partialling goes on with what is
    there: the residuals of a predictor are moved with the regions, and a pair counts in a rearrangement when it is
    known and the pair whose residual comes to it is known too. A rearrangement therefore has fewer pairs than the
    data; its t has its own degrees of freedom.

    Parameters
    ----------
    outcome
        N x N, index and columns codes; the diagonal is ignored, NaN is not known.
    predictors
        Name -> N x N, same regions in the same order.
    permutations, seed
        As of `measure_mrqap`.

    Returns
    -------
    MrqapFit
        ``pairs`` are those that are known.

    Raises
    ------
    MethodError
        As of `measure_mrqap`; too few known pairs for the coefficients, in the data or in a rearrangement.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = pd.DataFrame(rng.random((8, 8)))
    >>> y = (2 * x + 1).mask(np.eye(8, k=1, dtype=bool))
    >>> fit = measure_known_mrqap(y, {"x": x}, permutations=50)
    >>> round(float(fit.table.loc["x", "estimate"]), 6), fit.pairs
    (2.0, 49)
    """
    tables = [outcome, *predictors.values()]
    stack = np.stack([table.to_numpy(dtype=float) for table in tables], axis=-1)
    known = np.isfinite(stack).all(axis=-1) & ~np.eye(len(stack), dtype=bool)
    if int((~known).sum()) == len(stack):
        return measure_mrqap(outcome, predictors, permutations=permutations, seed=seed)
    stack = np.where(known[:, :, None], stack, 0.0)
    directed = not np.array_equal(stack, stack.transpose(1, 0, 2))
    cells = np.nonzero(known if directed else np.triu(known))
    names = tuple(predictors)
    _require_pairs(len(cells[0]), len(names))
    y, x = stack[cells][:, 0], stack[cells][:, 1:]
    _refuse_constant(np.column_stack([y, x]), ("the outcome", *names))
    estimate, t, r_squared = regress_pairs(y, np.column_stack([np.ones(len(y)), x]))
    orders = draw_permutations(len(stack), permutations=permutations, seed=seed)
    draws = np.column_stack(
        [_draw(stack, known, cells, orders=orders, place=place, directed=directed) for place in range(len(names))]
    )
    freedom = len(y) - len(names) - 1
    observed = turn_t(t[1:], freedom)
    upper, lower, both = count_extreme(turn_t(draws, freedom), observed, rounding=choose_rounding(len(stack)))
    columns = {"estimate": estimate[1:], "t": t[1:], "p": both, "p_upper": upper, "p_lower": lower}
    table = pd.DataFrame(columns, index=pd.Index(names, name="predictor"))
    return MrqapFit(table, float(estimate[0]), float(t[0]), r_squared, len(y), permutations, seed, directed)


def _require_pairs(pairs: int, predictors: int) -> None:
    if pairs < predictors + 2:
        raise MethodError(say("mrqap/few-pairs", pairs=pairs, coefficients=predictors + 1))


def _refuse_constant(values: Floats, names: tuple[str, ...]) -> None:
    for column, name in zip(values.T, names, strict=True):
        if column.max() == column.min():
            raise MethodError(say("mrqap/constant", name=name))


def _draw(
    stack: Floats,
    known: Bools,
    cells: tuple[npt.NDArray[np.int64], ...],
    *,
    orders: npt.NDArray[np.int64],
    place: int,
    directed: bool,
) -> Floats:
    """Return t of the moved residuals of one predictor, given the others, per permutation: (P,)."""
    y = stack[cells][:, 0]
    base = np.delete(stack[cells], [0, place + 1], axis=1)
    base = np.column_stack([np.ones(len(y)), base])
    x = stack[cells][:, place + 1]
    rest = x - base @ np.linalg.lstsq(base, x, rcond=None)[0]
    if np.linalg.norm(rest) < _COLLINEAR * np.linalg.norm(x - x.mean()):
        raise MethodError(say("mrqap/collinear", place=place + 1))
    residuals = np.zeros(known.shape)
    residuals[cells] = rest
    if not directed:
        residuals += residuals.T
    found = np.empty(len(orders))
    for row, order in enumerate(orders):
        there = order[cells[0]], order[cells[1]]
        use = known[there]
        found[row] = _measure_t(y[use], residuals[there][use], base[use])
    return found


def _measure_t(y: Floats, moved: Floats, base: Floats) -> float:
    """Return t of a moved column beside the base (Frisch and Waugh), 0 where the base tells it already."""
    _require_pairs(len(y), base.shape[1])
    both = np.column_stack([y, moved])
    left, right = (both - base @ np.linalg.lstsq(base.T @ base, base.T @ both, rcond=None)[0]).T
    norm = float(np.sqrt((left @ left) * (right @ right)))
    r = float(left @ right) / norm if norm > 0 else 0.0
    return r * float(np.sqrt((len(y) - base.shape[1] - 1) / max(1.0 - r * r, np.finfo(float).tiny)))
