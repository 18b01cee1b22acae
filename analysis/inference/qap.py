"""Do two kinds of links go together? Correlation of two tables of pairs, tested by relabelling the regions (QAP)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.inference.matrices import stack_matrices
from analysis.inference.permutation import choose_rounding, count_extreme, draw_permutations, measure_products
from regions.arrays import Floats
from regions.errors import MethodError

_FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class QapCorrelation:
    """The correlation of two tables of pairs, and how often chance gives as much.

    Attributes
    ----------
    r
        Pearson correlation over the pairs.
    p
        Two-sided, (1 + number of permutations with |r| as large) / (1 + permutations).
    p_upper, p_lower
        One-sided: as large or larger, as small or smaller.
    mean, sd
        Of r over the permutations.
    pairs, permutations, seed
        Number of pairs and permutations; the seed.
    directed
        Whether ordered pairs were compared.
    """

    r: float
    p: float
    p_upper: float
    p_lower: float
    mean: float
    sd: float
    pairs: int
    permutations: int
    seed: int
    directed: bool


def measure_qap(
    first: pd.DataFrame, second: pd.DataFrame, *, permutations: int = 2000, seed: int = 0
) -> QapCorrelation:
    """Correlate two square tables of the same regions (quadratic assignment procedure).

    Parameters
    ----------
    first, second
        N x N, index and columns codes, matched by label; the diagonal is ignored. Two symmetric tables are compared
        over unordered pairs. `analysis.inference.matrices.build_matrix` makes one of a network.
    permutations
        Random permutations of the regions of ``second``.
    seed
        Of the permutations.

    Raises
    ------
    MethodError
        For tables that do not match or have holes (see `analysis.inference.matrices.stack_matrices`), or are constant.

    References
    ----------
    Hubert (1987), Assignment methods in combinatorial data analysis; Krackhardt (1988),
    https://doi.org/10.1016/0378-8733(88)90004-4.

    Examples
    --------
    >>> x = pd.DataFrame(np.random.default_rng(0).random((8, 8)))
    >>> round(measure_qap(x, 3 * x, permutations=50).r, 6)
    1.0
    """
    dyads = stack_matrices({"first": first, "second": second})
    n = len(dyads.stack)
    x, y = (standardise(dyads.stack[:, :, k], name) for k, name in enumerate(dyads.names))
    r = float((x * y).sum())
    orders = draw_permutations(n, permutations=permutations, seed=seed)
    draws = measure_products(x[:, :, None], y[:, :, None], orders)[:, :, 0]
    upper, lower, both = count_extreme(draws, np.array([r]), rounding=choose_rounding(n))
    return QapCorrelation(
        r=r,
        p=float(both[0]),
        p_upper=float(upper[0]),
        p_lower=float(lower[0]),
        mean=float(draws.mean()),
        sd=float(draws.std()),
        pairs=n * (n - 1) // (1 if dyads.directed else 2),
        permutations=permutations,
        seed=seed,
        directed=dyads.directed,
    )


def standardise(table: Floats, name: str) -> Floats:
    """Return an n x n table with mean 0 and norm 1 off the diagonal, and 0 on it.

    Raises
    ------
    MethodError
        When the table is constant off the diagonal.
    """
    off = ~np.eye(len(table), dtype=bool)
    centred = np.zeros_like(table)
    centred[off] = table[off] - table[off].mean()
    norm = float(np.linalg.norm(centred))
    if norm <= _FLAT * np.linalg.norm(table):
        raise MethodError(f"the table {name!r} is the same for all pairs: it goes together with nothing")
    return centred / norm
