"""Own growth against growth received from neighbours, under a spatial model."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.development.momentum import Momentum
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from geodata.weights.spatial_weights import AnyWeights, read_weights
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True, eq=False)
class ReceivedGrowth:
    """Growth taken apart under a spatial model.

    Attributes
    ----------
    table
        Index (``code``, ``year``); ``velocity``, ``own`` and ``received`` (sum: velocity), ``momentum_own`` and
        ``momentum_received`` (times mass).
    fit
        The model; its ``rho`` has an interval.
    """

    table: pd.DataFrame
    fit: SpatialFit


def measure_received_growth(momentum: Momentum, weights: AnyWeights) -> ReceivedGrowth:
    r"""Split the growth of each region into its own and what it received.

    The model is :math:`v=\rho Wv+\beta\ln m+\alpha_i+\gamma_t+u` (SAR with effects of regions and years, Lee and Yu's
    correction). With :math:`e=v-\rho Wv` and :math:`S=(I-\rho W)^{-1}`, growth is :math:`v_i=S_{ii}e_i+\sum_{j\ne
    i}S_{ij}e_j`: its own, and what came from the others.

    Parameters
    ----------
    momentum
        From `measure_momentum`; regions complete in all years.
    weights
        Of the same regions, rows that sum to 1.

    Raises
    ------
    MethodError
        When a region lacks a year, or for weights that `fit_spatial` refuses.

    Notes
    -----
    A model, not an observation: what all regions share in a year (a boom, a price) is in ``received`` as far as W
    carries it, and the split hangs on W.
    """
    rows = momentum.regions[["mass", "velocity"]]
    if rows["velocity"].isna().any():
        raise MethodError(say("momentum/gaps", count=int(rows["velocity"].isna().sum())))
    panel = rows.assign(size=np.log(rows["mass"]))[["velocity", "size"]].reset_index()
    fit = fit_spatial(panel, weights, y="velocity", x=["size"], model="sar", effects="both")
    w = read_weights(weights)
    wide = rows["velocity"].unstack("year").reindex(w.codes)  # noqa: PD010 - one row per region
    matrix = w.matrix.toarray()
    inverse = np.linalg.inv(np.eye(len(matrix)) - fit.rho * matrix)
    cleared = wide.to_numpy() - fit.rho * matrix @ wide.to_numpy()
    own = pd.DataFrame(np.diag(inverse)[:, None] * cleared, index=wide.index, columns=wide.columns)
    table = rows.copy()
    table["own"] = own.T.unstack().reindex(rows.index)  # noqa: PD010 - code, year
    table["received"] = table["velocity"] - table["own"]
    for part in ("own", "received"):
        table[f"momentum_{part}"] = table["mass"] * table[part]
    return ReceivedGrowth(table.drop(columns="mass"), fit)
