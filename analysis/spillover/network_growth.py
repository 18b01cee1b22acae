"""Whether linked regions grow alike, distance apart being equal."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.mrqap import MrqapFit, measure_mrqap
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from geodata.weights.normalisation import normalise_weights
from geodata.weights.spatial_weights import read_weights
from regions.errors import MethodError


@dataclass(frozen=True, slots=True, eq=False)
class GrowthAlike:
    """Whether linked regions grow alike.

    Attributes
    ----------
    pairs
        MRQAP of the likeness of growth of two regions, minus their absolute difference, on ``link`` (logarithm of 1 +
        weight) and ``ln_distance``: a positive ``link`` says that linked regions grow alike at the same distance.
    lag
        Spatial lag model of growth on the level at the start, with the links as W; its rho is the pull of partners.
    """

    pairs: MrqapFit
    lag: SpatialFit


def measure_growth_alike(
    growth: "pd.Series[float]",
    start: "pd.Series[float]",
    links: pd.DataFrame,
    distances: pd.DataFrame,
    *,
    permutations: int = 2_000,
    seed: int = 0,
) -> GrowthAlike:
    """Ask whether linked regions grow alike net of distance, pair by pair and by a network lag.

    An association: what made two regions partners may make them grow alike.

    Parameters
    ----------
    growth
        Index ``code``: growth of each region, such as mean real growth a year after the year of the links.
    start
        Index ``code``: level at the start, such as the logarithm of product per head: growth falls with it where
        regions catch up.
    links
        (N, N) weights of collaboration, of earlier years.
    distances
        (N, N) kilometres.
    permutations, seed
        Of the MRQAP.

    Returns
    -------
    GrowthAlike

    Raises
    ------
    MethodError
        When regions differ or a value is missing, and as `analysis.measure_mrqap` and `analysis.fit_spatial`.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> from analysis.inference.matrices import build_matrix
    >>> study = regions.load_study("china")
    >>> table = study.indicators.pivot_table(index="code", columns="year", values="gdp_real")
    >>> growth, start = (table[2023] / table[2012]) ** (1 / 11) - 1, table[2012]
    >>> links = build_matrix(analysis.build_network(study))
    >>> km = geodata.measure_distances(study)
    >>> found = measure_growth_alike(growth, start, links, km, permutations=99)
    >>> found.pairs.table.index.tolist()
    ['link', 'ln_distance']
    """
    codes = growth.index
    level = start.reindex(codes)
    square = {name: table.reindex(index=codes, columns=codes) for name, table in (("l", links), ("d", distances))}
    holes = [str(code) for code in codes if pd.isna(growth[code]) or pd.isna(level[code])]
    if holes or square["l"].isna().any(axis=None) or square["d"].isna().any(axis=None):
        raise MethodError(
            f"growth, start, links and distances need the same regions; look at: {', '.join(holes) or 'tables'}"
        )
    values = growth.to_numpy(dtype=float)
    alike = pd.DataFrame(-np.abs(values[:, None] - values[None, :]), index=codes, columns=codes)
    apart = np.log(np.maximum(square["d"].to_numpy(dtype=float), 1.0))
    np.fill_diagonal(apart, 0.0)
    tables = {"link": np.log1p(square["l"].to_numpy(dtype=float)), "ln_distance": apart}
    predictors = {name: pd.DataFrame(table, index=codes, columns=codes) for name, table in tables.items()}
    pairs = measure_mrqap(alike, predictors, permutations=permutations, seed=seed)
    bare = square["l"].to_numpy(dtype=float, copy=True)
    np.fill_diagonal(bare, 0.0)
    weights = normalise_weights(pd.DataFrame(bare, index=codes, columns=codes))
    panel = pd.DataFrame({"code": codes, "growth": values, "start": level.to_numpy(dtype=float)})
    return GrowthAlike(pairs, fit_spatial(panel, read_weights(weights), y="growth", x=["start"]))
