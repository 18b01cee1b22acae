"""What makes the expectation of a pair high or low: the gravity model taken apart into factors."""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.linalg import lsqr

from analysis.expectation.model import GravityModel
from regions.arrays import Floats
from regions.errors import MethodError


def decompose_expected(gaps: pd.DataFrame, *, model: GravityModel | None = None) -> pd.DataFrame:
    r"""Split the expectation of every pair into factors against the typical pair.

    .. math:: \mu_{ij} = \bar\mu \cdot e^{a_i - \bar a} e^{a_j - \bar a} \prod_k e^{b_k (x_{ijk} - \bar x_k)}

    with means over the pairs of the register and :math:`\bar\mu` the geometric mean of the expectations.

    Parameters
    ----------
    gaps
        The whole register of `analysis.find_gaps` (not a part of it: the means are over its rows).
    model
        Its model; None takes that of a table of `analysis.find_gaps`.

    Returns
    -------
    DataFrame
        On the index of ``gaps``: ``typical`` (the geometric mean, the same in every row), ``mass`` (both regions
        together), ``source_mass``, ``target_mass`` (each; their product is ``mass`` as far as the expectations follow
        the model), and one factor per covariate of the model under its name. ``typical * mass *`` the factors of the
        covariates = ``expected``.

    Raises
    ------
    MethodError
        When no model is given, or the register lacks a covariate of it.
    """
    model = find_model(gaps, model)
    names = [str(name) for name in model.coefficients.index]
    missing = [name for name in ("source", "target", "expected", *names) if name not in gaps]
    if missing:
        raise MethodError(f"the register of gaps has no column {', '.join(missing)}")
    x = gaps[names].to_numpy(dtype=float)
    b = model.coefficients["estimate"].to_numpy(dtype=float)
    log = np.log(gaps["expected"].to_numpy(dtype=float))
    parts = (x - x.mean(axis=0)) * b if len(gaps) else x
    mean = float(log.mean()) if len(gaps) else 0.0
    mass = log - mean - parts.sum(axis=1)
    source, target = _split_mass(gaps, mass, directed=model.directed)
    factors = {name: np.exp(parts[:, i]) for i, name in enumerate(names)}
    columns = {"typical": np.exp(mean), "mass": np.exp(mass), "source_mass": source, "target_mass": target, **factors}
    return pd.DataFrame(columns, index=gaps.index)


def find_model(gaps: pd.DataFrame, model: GravityModel | None = None) -> GravityModel:
    """Return ``model``, or the one that the register carries in ``attrs["model"]``.

    Raises
    ------
    MethodError
        When there is neither: pandas drops ``attrs`` in some operations.
    """
    found: GravityModel | None = model or gaps.attrs.get("model")
    if found is None:
        raise MethodError("these gaps come without their model; give it as model=")
    return found


def _split_mass(gaps: pd.DataFrame, mass: Floats, *, directed: bool) -> tuple[Floats, Floats]:
    """Find the region effects behind the masses of pairs, by least squares (exact when the masses are sums)."""
    ends, codes = pd.factorize(gaps[["source", "target"]].to_numpy(dtype=object).T.ravel(), sort=True)
    first, second = ends.reshape(2, -1)
    if directed:
        second = second + len(codes)
    rows = np.arange(len(gaps))
    shape = (len(gaps), len(codes) * (2 if directed else 1))
    design = coo_array((np.ones(2 * len(gaps)), (np.r_[rows, rows], np.r_[first, second])), shape=shape).tocsr()
    effects = lsqr(design, mass, atol=1e-12, btol=1e-12)[0] if len(gaps) else np.zeros(0)
    return np.exp(effects[first]), np.exp(effects[second])
