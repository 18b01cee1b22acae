"""How values are spread over regions: kernel densities by year."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.composite.indicator_normalisation import find_constant
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say

_FEWEST = 5
_WIDTHS = 3


def measure_densities(values: "pd.Series[float]", *, points: int = 101) -> pd.DataFrame:
    """Measure the kernel density of values in each year, on one grid for all.

    Gaussian kernels with Scott's bandwidth; the grid runs three bandwidths beyond the least and the largest value.
    One hump is one group of regions; that there are two is no test.

    Parameters
    ----------
    values
        Index (``code``, ``year``); NaN is left out.
    points
        Of the grid.

    Returns
    -------
    DataFrame
        ``year``, ``value``, ``density``; years with fewer than five values, or all alike, are left out.

    Raises
    ------
    MethodError
        When no year is left.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.MultiIndex.from_product([list("ABCDE"), [2020]], names=["code", "year"])
    >>> found = measure_densities(pd.Series([1.0, 2, 3, 4, 5], index=index))
    >>> round(float(found.loc[found["density"].idxmax(), "value"]), 9)
    3.0
    """
    known = values.dropna().astype(float)
    years: dict[object, Floats] = {
        year: np.asarray(rows, dtype=np.float64) for year, rows in known.groupby(level="year")
    }
    told = {year: rows for year, rows in years.items() if len(rows) >= _FEWEST and not find_constant(rows[:, None])[0]}
    kernels = {year: stats.gaussian_kde(rows) for year, rows in told.items()}
    if not kernels:
        raise MethodError(say("composite/no-density", fewest=_FEWEST))
    reach = _WIDTHS * max(float(np.sqrt(kernel.covariance.item())) for kernel in kernels.values())
    grid = np.linspace(float(known.min()) - reach, float(known.max()) + reach, points)
    parts = [pd.DataFrame({"year": year, "value": grid, "density": kernel(grid)}) for year, kernel in kernels.items()]
    return pd.concat(parts, ignore_index=True)
