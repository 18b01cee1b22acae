"""How far units are from a frontier: data envelopment analysis, all programmes of a frontier in one."""

from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy import sparse

from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say

Orientation: TypeAlias = Literal["input", "output"]
Returns: TypeAlias = Literal["crs", "vrs"]

_SHORT = 1e-7


def measure_efficiency(
    inputs: Floats,
    outputs: Floats,
    *,
    reference: tuple[Floats, Floats] | None = None,
    orientation: Orientation = "input",
    returns: Returns = "crs",
) -> Floats:
    r"""Measure the efficiency of units against a frontier.

    Input: :math:`\min\theta` with :math:`\sum\lambda_jx_j\le\theta x_0`, :math:`\sum\lambda_jy_j\ge y_0`; output:
    :math:`1/\max\phi` with :math:`\sum\lambda_jx_j\le x_0`, :math:`\sum\lambda_jy_j\ge\phi y_0`; :math:`\lambda\ge0`,
    and :math:`\sum\lambda_j=1` under ``vrs`` [1]_ [2]_. All units are solved in one sparse programme (HiGHS), columns
    scaled by their means first, and under ``crs`` each unit by its own size, which changes nothing but rounding.

    Parameters
    ----------
    inputs, outputs
        (N, m) positive; (N, s) not negative with something in every row.
    reference
        Inputs and outputs of the units that span the frontier; None: the same units.
    orientation, returns
        See above.

    Returns
    -------
    Floats
        (N,) at most 1 against its own frontier; above 1 where a unit lies beyond that of another year; NaN where it
        cannot be compared (an output that no unit of the reference has; under ``vrs`` more output, or less input, than
        any mixture of it has).

    Raises
    ------
    MethodError
        For shapes that do not fit or values out of range.

    References
    ----------
    .. [1] Charnes, A., Cooper, W. W., & Rhodes, E. (1978). Measuring the efficiency of decision making units. European
       Journal of Operational Research 2, 429-444. https://doi.org/10.1016/0377-2217(78)90138-8
    .. [2] Banker, R. D., Charnes, A., & Cooper, W. W. (1984). Some models for estimating technical and scale
       inefficiencies. Management Science 30, 1078-1092. https://doi.org/10.1287/mnsc.30.9.1078

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.array([[2.0], [4.0], [5.0]]), np.array([[2.0], [3.0], [2.0]])
    >>> measure_efficiency(x, y).round(3).tolist()
    [1.0, 0.75, 0.4]
    >>> measure_efficiency(x, y, returns="vrs").round(3).tolist()
    [1.0, 1.0, 0.4]
    """
    if orientation not in get_args(Orientation) or returns not in get_args(Returns):
        known = {"orientations": get_args(Orientation), "scales": get_args(Returns)}
        raise MethodError(say("dea/options", **known, orientation=orientation, returns=returns))
    base = (inputs, outputs) if reference is None else reference
    _check_units(inputs, outputs)
    _check_units(*base)
    if base[0].shape[1] != inputs.shape[1] or base[1].shape[1] != outputs.shape[1]:
        raise MethodError(say("dea/shapes"))
    own, frontier = _scale((inputs, outputs), base)
    found = np.full(len(inputs), np.nan)
    if returns == "vrs":
        open_to = _find_comparable(own, frontier, orientation)
    else:
        own, frontier = _scale(_divide_by_size(own), _divide_by_size(frontier))
        open_to = np.asarray(~((own[1] > 0) & (frontier[1] <= 0).all(axis=0)).any(axis=1))
    if open_to.any():
        units = (own[0][open_to], own[1][open_to])
        found[open_to] = _solve(units, frontier, orientation, convex=returns == "vrs")
    return found


def _check_units(inputs: Floats, outputs: Floats) -> None:
    sound = (
        inputs.ndim == outputs.ndim == 2  # noqa: PLR2004 - tables
        and len(inputs) == len(outputs) > 0
        and np.isfinite(inputs).all()
        and np.isfinite(outputs).all()
        and (inputs > 0).all()
        and (outputs >= 0).all()
        and (outputs.sum(axis=1) > 0).all()
    )
    if not sound:
        raise MethodError(say("dea/values"))


def _scale(own: tuple[Floats, Floats], frontier: tuple[Floats, Floats]) -> tuple[tuple[Floats, Floats], ...]:
    """Return both with columns divided by the means of the frontier."""
    means = [each.mean(axis=0) for each in frontier]
    wide, tall = (np.where(mean > 0, mean, 1.0) for mean in means)
    return (own[0] / wide, own[1] / tall), (frontier[0] / wide, frontier[1] / tall)


def _divide_by_size(units: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Return units of one size: the tolerances of the solver are absolute, and a small unit would drown in them."""
    size = units[0].mean(axis=1, keepdims=True)
    return units[0] / size, units[1] / size


def _solve(
    own: tuple[Floats, Floats], frontier: tuple[Floats, Floats], orientation: Orientation, *, convex: bool
) -> Floats:
    """Return theta, or 1 / phi, of each unit: variables theta_i and lambda_ij, one block of rows per unit."""
    from scipy.optimize import linprog  # noqa: PLC0415 - a third of the import time, only where used

    x, y = own
    n, m, s, r = len(x), x.shape[1], y.shape[1], len(frontier[0])
    mix = sparse.kron(sparse.eye_array(n), sparse.csr_array(np.vstack([frontier[0].T, -frontier[1].T])), format="csr")
    by_input = orientation == "input"
    factor = np.hstack([-x, np.zeros((n, s))]) if by_input else np.hstack([np.zeros((n, m)), y])
    limits = np.hstack([np.zeros((n, m)), -y]) if by_input else np.hstack([x, np.zeros((n, s))])
    columns = np.repeat(np.arange(n), m + s)
    scale = sparse.csr_array((factor.ravel(), (np.arange(n * (m + s)), columns)), shape=(n * (m + s), n))
    cost = np.concatenate([np.full(n, 1.0 if by_input else -1.0), np.zeros(n * r)])
    equal, one = None, None
    if convex:
        sums = sparse.kron(sparse.eye_array(n), np.ones((1, r)), format="csr")
        equal, one = sparse.hstack([sparse.csr_array((n, n)), sums], format="csr"), np.ones(n)
    rows = sparse.hstack([scale, mix], format="csr")
    found = linprog(cost, A_ub=rows, b_ub=limits.ravel(), A_eq=equal, b_eq=one, method="highs-ds")
    if found.x is None:
        raise MethodError(say("dea/solver", message=str(found.message)))
    theta = np.asarray(found.x[:n], dtype=float)
    return theta if by_input else np.asarray(np.divide(1.0, theta, out=np.full(n, np.inf), where=theta > 0))


def _find_comparable(own: tuple[Floats, Floats], frontier: tuple[Floats, Floats], orientation: Orientation) -> Booleans:
    """Return which units some mixture of the reference matches: enough output, or little enough input."""
    from scipy.optimize import linprog  # noqa: PLC0415 - a third of the import time, only where used

    goods, wanted = (frontier[1], own[1]) if orientation == "input" else (-frontier[0], -own[0])
    n, k, r = len(wanted), wanted.shape[1], len(goods)
    mix = sparse.kron(sparse.eye_array(n), sparse.csr_array(-goods.T), format="csr")
    short = -sparse.eye_array(n * k, format="csr")
    sums = sparse.kron(sparse.eye_array(n), np.ones((1, r)), format="csr")
    equal = sparse.hstack([sums, sparse.csr_array((n, n * k))], format="csr")
    cost = np.concatenate([np.zeros(n * r), np.ones(n * k)])
    rows = sparse.hstack([mix, short], format="csr")
    found = linprog(cost, A_ub=rows, b_ub=-wanted.ravel(), A_eq=equal, b_eq=np.ones(n), method="highs-ds")
    lacking = np.asarray(found.x[n * r :]).reshape(n, k).sum(axis=1)
    return np.asarray(lacking <= _SHORT * np.abs(wanted).sum(axis=1))
