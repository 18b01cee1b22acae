"""Which fields go together, and what one region could add to another: relatedness and complementarity."""

import numpy as np
import pandas as pd

from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say


def measure_rca(counts: pd.DataFrame) -> pd.DataFrame:
    r"""Measure revealed comparative advantage (Balassa index).

    .. math:: RCA_{rf} = \frac{x_{rf} / x_r}{x_f / x}

    Parameters
    ----------
    counts
        Regions x fields, finite and >= 0.

    Returns
    -------
    DataFrame
        Same shape; 1 is the average share. NaN in the rows of regions, and the columns of fields, without records.

    Raises
    ------
    MethodError
        When a value is missing, infinite or negative.

    References
    ----------
    Balassa (1965), Trade liberalisation and "revealed" comparative advantage,
    doi:10.1111/j.1467-9957.1965.tb00050.x.
    """
    x = counts.to_numpy(dtype=float)
    if not (np.isfinite(x) & (x >= 0)).all():
        raise MethodError(say("complexity/counts"))
    expected = x.sum(axis=1, keepdims=True) * x.sum(axis=0, keepdims=True)
    rca = np.divide(x * x.sum(), expected, out=np.full_like(x, np.nan), where=expected > 0)
    return pd.DataFrame(rca, index=counts.index, columns=counts.columns)


def find_specialisations(counts: pd.DataFrame, *, threshold: float = 1.0) -> pd.DataFrame:
    """Find the fields in which a region is specialised: RCA at or above ``threshold``.

    Returns
    -------
    DataFrame
        Regions x fields, bool; False where RCA is not defined.
    """
    return measure_rca(counts) >= threshold


def measure_proximity(special: pd.DataFrame) -> pd.DataFrame:
    r"""Measure how often two fields (columns) are specialities of the same regions.

    .. math:: \phi_{ij} = \frac{\sum_r M_{ri} M_{rj}}{\max(k_i, k_j)}

    the smaller of the two conditional probabilities.

    Parameters
    ----------
    special
        Regions x fields, bool or 0/1. Transpose it for the proximity of regions.

    Returns
    -------
    DataFrame
        Fields x fields, 0 to 1, symmetric; the diagonal is 1, and 0 for a field that no region is specialised in.

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann (2007), The product space conditions the development of nations,
    doi:10.1126/science.1144581.
    """
    m = special.to_numpy(dtype=float)
    size = m.sum(axis=0)
    larger = np.maximum(size[:, None], size)
    both = m.T @ m
    phi = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    return pd.DataFrame(phi, index=special.columns, columns=special.columns)


def measure_density(special: pd.DataFrame, proximity: pd.DataFrame) -> pd.DataFrame:
    r"""Measure how near a field is to what a region already does.

    .. math:: \omega_{ri} = \frac{\sum_{j \ne i} M_{rj} \phi_{ij}}{\sum_{j \ne i} \phi_{ij}}

    The field itself is left out of both sums, so a field that a region has does not count for itself.

    Returns
    -------
    DataFrame
        Regions x fields, 0 to 1; NaN for a field that is related to no other.
    """
    return pd.DataFrame(
        special.to_numpy(dtype=float) @ _share_rows(special, proximity).T, index=special.index, columns=special.columns
    )


def measure_complementarity(special: pd.DataFrame, proximity: pd.DataFrame) -> pd.DataFrame:
    r"""Measure what one region could add to another: how near its own specialities are to what the other lacks.

    .. math:: C_{rs} = \frac{1}{n_r} \sum_{i: M_{ri} = 0}
        \frac{\sum_{j \ne i} \phi_{ij} M_{sj} (1 - M_{rj})}{\sum_{j \ne i} \phi_{ij}}

    with :math:`n_r` the number of fields that r lacks: the density that s alone adds to them, on average.

    Parameters
    ----------
    special, proximity
        As above. Fields related to no other add nothing.

    Returns
    -------
    DataFrame
        Regions x regions, 0 to 1: row r gains from column s; zero diagonal. NaN in the row of a region that lacks
        nothing.

    References
    ----------
    Balland & Boschma (2021), Complementary interregional linkages and Smart Specialisation,
    doi:10.1080/00343404.2020.1861240.
    """
    m = special.to_numpy(dtype=float)
    lacking = 1 - m
    gain = (lacking @ np.nan_to_num(_share_rows(special, proximity))) * lacking
    count = lacking.sum(axis=1, keepdims=True)
    values = gain @ m.T
    mean = np.divide(values, count, out=np.full_like(values, np.nan), where=count > 0)
    return pd.DataFrame(mean, index=special.index, columns=special.index)


def measure_reflections(special: pd.DataFrame, steps: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    r"""Iterate the method of reflections: the mean of the neighbours' values, back and forth.

    .. math:: k_{r,n} = \frac{1}{k_{r,0}} \sum_f M_{rf} k_{f,n-1}, \qquad
        k_{f,n} = \frac{1}{k_{f,0}} \sum_r M_{rf} k_{r,n-1}

    Returns
    -------
    tuple
        Regions x (0 .. steps) and fields x (0 .. steps); column 0 is diversity and ubiquity. NaN for a region
        without speciality and a field that is nobody's, which others do not count.

    References
    ----------
    Hidalgo & Hausmann (2009), The building blocks of economic complexity, doi:10.1073/pnas.0900943106.
    """
    m = special.to_numpy(dtype=float)
    size = m.sum(axis=1), m.sum(axis=0)
    rows, columns = [size[0]], [size[1]]
    for _ in range(steps):
        up = m @ np.nan_to_num(columns[-1])
        down = m.T @ np.nan_to_num(rows[-1])
        rows.append(np.divide(up, size[0], out=np.full_like(up, np.nan), where=size[0] > 0))
        columns.append(np.divide(down, size[1], out=np.full_like(down, np.nan), where=size[1] > 0))
    return pd.DataFrame(np.array(rows).T, index=special.index), pd.DataFrame(np.array(columns).T, index=special.columns)


def _share_rows(special: pd.DataFrame, proximity: pd.DataFrame) -> Floats:
    """Return phi without its diagonal, each row divided by its sum; NaN where the sum is 0."""
    phi = proximity.reindex(index=special.columns, columns=special.columns).to_numpy(dtype=float).copy()
    np.fill_diagonal(phi, 0.0)
    total = phi.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(phi, total, out=np.full_like(phi, np.nan), where=total > 0)
    return shares
