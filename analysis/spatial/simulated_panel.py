"""Panels whose spillover is known, to see what a method finds of it."""

import numpy as np
import pandas as pd

from geodata.weights.spatial_weights import AnyWeights, read_weights


def simulate_spatial_panel(
    weights: AnyWeights, *, years: int = 10, rho: float = 0.4, theta: float = 0.0, noise: float = 1.0, seed: int = 0
) -> pd.DataFrame:
    r"""Simulate a panel with spillover: :math:`y_t=(I-\rho W)^{-1}(x_t+\theta Wx_t+\mu+\tau_t1+\varepsilon_t)`.

    The effects of regions, :math:`\mu`, and of years, :math:`\tau`, are standard normal and part of x too: a fit
    without them is wrong.

    Parameters
    ----------
    weights
        Any weights, see `geodata.read_weights`.
    years
        From 2010 on.
    rho, theta
        Of the lag of y and of x; the coefficient of x is 1.
    noise
        Standard deviation of the errors.
    seed
        Of all random numbers.

    Returns
    -------
    DataFrame
        ``code``, ``year``, ``x``, ``y``.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> w = geodata.build_contiguity_weights(regions.load_study("china"), join_islands=True)
    >>> panel = analysis.simulate_spatial_panel(w, years=2)
    >>> (panel.columns.tolist(), len(panel))
    (['year', 'code', 'x', 'y'], 62)
    """
    found = read_weights(weights)
    rng, n = np.random.default_rng(seed), len(found.codes)
    region, year = rng.standard_normal(n), rng.standard_normal((years, 1))
    x = rng.standard_normal((years, n)) + region + year
    mean = x + theta * found.lag(x) + region + year + noise * rng.standard_normal((years, n))
    y = np.linalg.solve(np.eye(n) - rho * found.matrix.toarray(), mean.T).T
    index = pd.MultiIndex.from_product([range(2010, 2010 + years), found.codes], names=["year", "code"])
    return pd.DataFrame({"x": x.ravel(), "y": y.ravel()}, index=index).reset_index()
