"""How complex is what a region does? The economic complexity index, of regions and of fields."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.complexity.relatedness import find_specialisations
from regions.arrays import Booleans, Floats
from regions.messages import say
from regions.words import Words

EQUAL = 1e-9
"""Eigenvalues that differ by less than this are equal: their vectors have no direction of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Complexity:
    """The complexity of regions and of fields.

    Attributes
    ----------
    regions
        Index as the rows that were given: ``diversity`` (number of specialities), ``eci``; NaN where it is not defined.
    fields
        Index as the columns that were given: ``ubiquity`` (number of regions specialised in it), ``pci``.
    eigenvalue
        The second largest of the transition matrix, 0 to 1: near 1 the regions fall into two groups that share little;
        NaN where nothing could be ranked.
    notes
        What was left out, and why; empty when nothing was.
    """

    regions: pd.DataFrame
    fields: pd.DataFrame
    eigenvalue: float
    notes: tuple[Words, ...]


def select_large(counts: pd.DataFrame, *, region_floor: float = 0.0, field_floor: float = 0.0) -> pd.DataFrame:
    """Leave out regions and fields that are too small for a share to mean anything.

    One record makes a region of two records a specialist. The floors are applied to the totals of the table as it was
    given, both at once.

    Parameters
    ----------
    counts
        Regions x fields, >= 0.
    region_floor, field_floor
        Smallest total of a row and of a column that is kept; an empty row or column is never kept.

    Returns
    -------
    DataFrame
        The rows and columns that are kept, in their order.

    Examples
    --------
    >>> counts = pd.DataFrame({"rice": [9, 1], "tea": [5, 0]}, index=["A", "B"])
    >>> select_large(counts, region_floor=2).index.tolist()
    ['A']
    """
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    return counts.loc[(rows >= region_floor) & (rows > 0), (columns >= field_floor) & (columns > 0)]


def measure_complexity(counts: pd.DataFrame, *, threshold: float = 1.0) -> Complexity:
    r"""Measure the economic complexity index of regions and fields.

    With :math:`M_{rf} = 1` where region r is specialised in field f (RCA at or above ``threshold``) and the diagonal
    matrices of diversity :math:`D_r` and ubiquity :math:`D_f`, ECI is the eigenvector of the second largest eigenvalue
    of :math:`D_r^{-1} M D_f^{-1} M^T`, PCI that of :math:`D_f^{-1} M^T D_r^{-1} M` [1]_ [2]_: both standardised over
    the regions and the fields that have one (population standard deviation), with the sign that makes ECI grow with
    diversity.

    Parameters
    ----------
    counts
        Regions x fields, finite, >= 0: records, patents, employees, value.
    threshold
        Of the revealed comparative advantage.

    Returns
    -------
    Complexity
        Regions without a speciality, and fields that are nobody's, are NaN. Where specialities fall into parts that
        share no field, only the part with most regions is ranked: between parts there is no order. NaN everywhere when
        fewer than three regions or fields are left, or the second eigenvalue is not single.

    Raises
    ------
    MethodError
        When a value is missing, infinite or negative.

    References
    ----------
    .. [1] Hidalgo & Hausmann (2009), The building blocks of economic complexity, doi:10.1073/pnas.0900943106.
    .. [2] Mealy, Farmer & Teytelboym (2019), Interpreting economic complexity, doi:10.1126/sciadv.aau1705.

    Examples
    --------
    >>> ladder = pd.DataFrame(np.tri(4), index=list("ABCD"), columns=["rice", "tea", "steel", "chips"])
    >>> measure_complexity(ladder, threshold=0.1).regions["eci"].round(2).tolist()
    [-1.34, -0.45, 0.45, 1.34]
    """
    return rank_specialities(find_specialisations(counts, threshold=threshold))


def rank_specialities(special: pd.DataFrame) -> Complexity:
    """Measure ECI and PCI from the specialities themselves (regions x fields, bool), see `measure_complexity`.

    Examples
    --------
    >>> ladder = pd.DataFrame(np.tri(4) > 0, index=list("ABCD"), columns=["rice", "tea", "steel", "chips"])
    >>> round(rank_specialities(ladder).eigenvalue, 4)
    0.25
    """
    m = special.to_numpy(dtype=float)
    regions = pd.DataFrame({"diversity": m.sum(axis=1).astype(int), "eci": np.nan}, index=special.index)
    fields = pd.DataFrame({"ubiquity": m.sum(axis=0).astype(int), "pci": np.nan}, index=special.columns)
    rows, columns, notes = _find_largest_part(m)
    core = m[np.ix_(rows, columns)]
    if min(core.shape) < 3:  # noqa: PLR2004 - two points have no order that a third could contradict
        return Complexity(regions, fields, np.nan, (*notes, say("complexity/too-few").words))
    eci, pci, values = _find_second_vector(core)
    if values[0] - values[1] < EQUAL:
        return Complexity(regions, fields, float(values[0]), (*notes, say("complexity/not-single").words))
    sign, note = _find_sign(eci, core.sum(axis=1))
    regions.loc[rows, "eci"], fields.loc[columns, "pci"] = sign * eci, sign * pci
    return Complexity(regions, fields, float(values[0]), (*notes, *note))


def _find_largest_part(m: Floats) -> tuple[Booleans, Booleans, tuple[Words, ...]]:
    """Find the regions and fields of the largest part that shares fields; of parts of one size the first."""
    n = len(m)
    graph = sparse.block_array([[None, sparse.csr_array(m)], [sparse.csr_array(m.T), None]]) if m.any() else None
    if graph is None:
        return np.zeros(n, dtype=bool), np.zeros(m.shape[1], dtype=bool), ()
    _, label = connected_components(graph, directed=False)
    used = np.concatenate([m.any(axis=1), m.any(axis=0)])
    size = np.bincount(label[:n][used[:n]], minlength=label.max() + 1)
    largest = (label == int(np.argmax(size))) & used
    parts = int((size > 0).sum())
    notes = (
        ()
        if parts == 1
        else (say("complexity/parts", parts=parts, regions=int(size.max()), all=int(size.sum())).words,)
    )
    return largest[:n], largest[n:], notes


def _find_second_vector(m: Floats) -> tuple[Floats, Floats, Floats]:
    """Return ECI and PCI without their common sign, standardised, and the second and third eigenvalue."""
    diversity, ubiquity = m.sum(axis=1), m.sum(axis=0)
    # The symmetric form has the same eigenvalues, and its vectors are found stably.
    scaled = m / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)
    left, singular, right = np.linalg.svd(scaled, full_matrices=False)
    eci, pci = left[:, 1] / np.sqrt(diversity), right[1] / np.sqrt(ubiquity)
    return (eci - eci.mean()) / eci.std(), (pci - pci.mean()) / pci.std(), singular[1:3] ** 2


def _find_sign(eci: Floats, diversity: Floats) -> tuple[float, tuple[Words, ...]]:
    """Return the sign by which ECI grows with diversity; where it does neither, the first region is positive."""
    together = float(((eci - eci.mean()) * (diversity - diversity.mean())).sum())
    if abs(together) > EQUAL * len(eci) * max(float(diversity.std()), 1.0):
        return float(np.sign(together)), ()
    first = eci[np.flatnonzero(np.abs(eci) > EQUAL)[0]]
    return float(np.sign(first)), (say("complexity/no-sign").words,)
