"""Order and comparison of computed numbers, the same on every processor.

Two numbers that are equal on paper differ in the last digits when their sums were taken in another order, and which is
the larger then depends on the processor. Numbers that differ by less than 1e-9 of their size are ties here: the next
key decides, or the place in the table.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from regions.arrays import Booleans, Floats

TIE = 1e-9
"""Two numbers that differ by less than this share of their size are equal."""
_FLOOR = 1e-12
"""So are two that differ by less than this share of the largest: what is left of a difference of large numbers."""


def merge_ties(values: Floats) -> Floats:
    """Return the numbers with ties made equal to the last bit, for sorting, ranking and the like.

    Parameters
    ----------
    values
        (n,) numbers; NaN stays NaN and infinity infinity.

    Returns
    -------
    ndarray
        (n,): each number, or the smallest of those it is tied with. Ties are chained: a and c are tied when b is tied
        with both.

    Examples
    --------
    >>> merge_ties(np.array([0.3, 1.0, 0.1 + 0.2])).tolist()
    [0.3, 1.0, 0.3]
    """
    merged = np.array(values, dtype=float)
    finite = np.flatnonzero(np.isfinite(merged))
    order = finite[np.argsort(merged[finite], kind="stable")]
    ordered = merged[order]
    size = np.abs(ordered)
    near = np.maximum(TIE * np.maximum(size[1:], size[:-1]), _FLOOR * size.max(initial=0.0))
    start = np.concatenate([[True], np.diff(ordered) > near]) if len(order) else np.zeros(0, dtype=bool)
    merged[order] = ordered[np.flatnonzero(start)][np.cumsum(start) - 1]
    return merged


def sort_down(table: pd.DataFrame, column: str, *then: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the rows with the largest first; where two are equal but for rounding, the columns ``then`` decide.

    Parameters
    ----------
    table
        Holds all the columns that are named.
    column
        Numbers; NaN comes last.
    then
        What decides among ties, rising.
    by
        Groups that stay together, rising, before anything else.

    Returns
    -------
    DataFrame
        All rows, numbered anew.

    Examples
    --------
    >>> sort_down(pd.DataFrame({"code": ["b", "a"], "weight": [0.1 + 0.2, 0.3]}), "weight", "code")["code"].tolist()
    ['a', 'b']
    """
    keys = table[[*by, *then]].assign(size=-merge_ties(table[column].to_numpy(dtype=float)))
    return table.loc[keys.sort_values([*by, "size", *then], kind="stable").index].reset_index(drop=True)


def exceed(values: Floats, limit: Floats | float) -> Booleans:
    """Return where ``values`` lie above ``limit`` by more than rounding; False where either is NaN."""
    return np.asarray(values - limit > TIE * np.maximum(np.abs(values), np.abs(limit)))


def subtract(first: Floats, second: Floats) -> Floats:
    """Return ``first - second``, (n,), and 0 where the two are equal but for rounding."""
    apart = exceed(first, second) | exceed(second, first)
    return np.where(apart, first - second, (first - second) * 0.0)
