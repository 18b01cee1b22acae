"""What could a region do next, and what would it gain? Complexity outlook, and the gain from one field more."""

import numpy as np
import pandas as pd

from analysis.complexity.relatedness import measure_density


def measure_outlook(special: pd.DataFrame, proximity: pd.DataFrame, pci: "pd.Series[float]") -> "pd.Series[float]":
    r"""Measure how many complex fields lie near what a region already does: the complexity outlook index.

    .. math:: COI_r = \sum_i \omega_{ri} (1 - M_{ri}) PCI_i

    with the density :math:`\omega` of `analysis.complexity.relatedness.measure_density` [1]_.

    Parameters
    ----------
    special
        Regions x fields, bool: who is specialised in what.
    proximity
        Fields x fields.
    pci
        Complexity of each field; a field without one, or related to no other, adds nothing.

    Returns
    -------
    Series
        ``outlook`` by region; 0 for a region that lacks nothing.

    References
    ----------
    .. [1] Hausmann, Hidalgo et al. (2014), The Atlas of Economic Complexity, MIT Press, ISBN 978-0-262-52542-8.

    Examples
    --------
    >>> special = pd.DataFrame({"x": [1, 0], "y": [1, 1]}, index=["A", "B"])
    >>> proximity = pd.DataFrame(1.0, index=["x", "y"], columns=["x", "y"])
    >>> measure_outlook(special, proximity, pd.Series({"x": 2.0, "y": -2.0})).tolist()
    [0.0, 2.0]
    """
    density = measure_density(special, proximity).fillna(0.0).to_numpy()
    lacking = 1.0 - special.to_numpy(dtype=float)
    worth = pci.reindex(special.columns).fillna(0.0).to_numpy(dtype=float)
    return pd.Series((density * lacking) @ worth, index=special.index, name="outlook")


def measure_outlook_gain(special: pd.DataFrame, proximity: pd.DataFrame, pci: "pd.Series[float]") -> pd.DataFrame:
    r"""Measure by how much the outlook of a region would change if it took up one field more.

    .. math:: G_{ri} = \sum_{j \ne i} \frac{\phi_{ij}}{\sum_{k \ne j} \phi_{jk}} (1 - M_{rj}) PCI_j - \omega_{ri} PCI_i

    the new paths that the field opens, less the field itself, which is then no longer ahead.

    Parameters
    ----------
    special, proximity, pci
        As for `measure_outlook`. Proximities and complexities are held as they are.

    Returns
    -------
    DataFrame
        Regions x fields; NaN where the region has the field already.

    Examples
    --------
    >>> special = pd.DataFrame({"x": [1, 0], "y": [1, 1]}, index=["A", "B"])
    >>> proximity = pd.DataFrame(1.0, index=["x", "y"], columns=["x", "y"])
    >>> gain = measure_outlook_gain(special, proximity, pd.Series({"x": 2.0, "y": -2.0}))
    >>> float(gain.loc["B", "x"])
    -2.0
    """
    lacking = 1.0 - special.to_numpy(dtype=float)
    worth = pci.reindex(special.columns).fillna(0.0).to_numpy(dtype=float)
    phi = proximity.reindex(index=special.columns, columns=special.columns).to_numpy(dtype=float).copy()
    np.fill_diagonal(phi, 0.0)
    total = phi.sum(axis=1, keepdims=True)
    share = np.divide(phi, total, out=np.zeros_like(phi), where=total > 0)
    density = measure_density(special, proximity).fillna(0.0).to_numpy()
    gain = (lacking * worth) @ share - density * worth
    return pd.DataFrame(np.where(lacking > 0, gain, np.nan), index=special.index, columns=special.columns)
