"""How far an impact goes along the links: by order of W."""

import numpy as np
import pandas as pd

from analysis.spatial.spatial_fit import SpatialFit
from regions.errors import MethodError


def measure_impacts_by_order(fit: SpatialFit, *, orders: int = 5) -> pd.DataFrame:
    r"""Split average impacts by the number of links they run along.

    Order 0 is :math:`\beta_k`, order m :math:`\rho^mW^m\beta_k+\rho^{m-1}W^m\theta_k`: neighbours, their neighbours,
    and so on, with what comes back to a region itself in its direct part.

    Parameters
    ----------
    fit
        A fitted model.
    orders
        The last order told one by one.

    Returns
    -------
    DataFrame
        ``variable``, ``order`` (0 .. orders), ``direct``, ``indirect``, ``total``, ``share`` (of the total, up to and
        with this order; missing where the total is 0).

    Raises
    ------
    MethodError
        When ``orders`` is below 0, or rho is not stable.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("china")
    >>> w = geodata.build_contiguity_weights(study, join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, rho=0.4)
    >>> fit = analysis.fit_spatial(panel, w, y="y", x=["x"], effects="both")
    >>> measure_impacts_by_order(fit, orders=2)["order"].tolist()
    [0, 1, 2]
    """
    if orders < 0:
        raise MethodError(f"orders are counted from 0; got {orders}")
    weights, drawn = fit.arrays.weights, fit.draw(draws=1)
    rho, n = float(drawn.rho[0]), len(weights.codes)
    whole = fit.impacts(draws=1)
    total = whole[whole["effect"] == "total"]["estimate"].to_numpy()
    vector, power, rows = np.ones(n), None, []
    reached = np.zeros(len(fit.x))
    for order in range(orders + 1):
        if order:
            vector = np.asarray(weights.matrix @ vector)
            power = weights.matrix if power is None else power @ weights.matrix
        trace = 1.0 if power is None else float(power.trace()) / n
        size = drawn.beta[0] * rho**order + (drawn.theta[0] * rho ** (order - 1) if order else 0.0)
        reached = reached + size * float(vector.mean())
        for k, name in enumerate(fit.x):
            direct, all_ = size[k] * trace, size[k] * float(vector.mean())
            share = reached[k] / total[k] if total[k] else np.nan
            rows.append((name, order, direct, all_ - direct, all_, share))
    table = pd.DataFrame(rows, columns=["variable", "order", "direct", "indirect", "total", "share"])
    place = table["variable"].map({name: k for k, name in enumerate(fit.x)})
    return table.iloc[np.lexsort([table["order"], place])].reset_index(drop=True)
