"""Simplify polygons so that neighbours keep their common border and no region vanishes."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

_MOST_DECIMALS = 7


def simplify_coverage(shapes: "pd.Series[Any]", *, tolerance: float, decimals: int = 4) -> "pd.Series[Any]":
    """Simplify the polygons of a coverage, then round their coordinates.

    Parameters
    ----------
    shapes
        Polygons of a valid coverage (no overlaps, same vertices on common borders), any index.
    tolerance
        Degrees: corners are cut whose triangle has about the area ``tolerance``^2 (Visvalingam-Whyatt). 0 leaves the
        polygons as they are.
    decimals
        Digits kept after the point, more when that many would make polygons cross each other (4 digits are 11 m).

    Returns
    -------
    Series
        Same index; a valid coverage again. Small islands become triangles and stay.

    Notes
    -----
    Rounding comes last: rounded first, points fall on one another and borders on borders.
    """
    if tolerance <= 0 or shapes.empty:
        return shapes
    simple = np.asarray(shapely.coverage_simplify(shapes.to_numpy(), tolerance), dtype=object)
    for digits in range(decimals, _MOST_DECIMALS + 1):
        rounded = _round(simple, digits)
        if shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded):
            return pd.Series(shapely.remove_repeated_points(rounded), index=shapes.index, dtype=object)
    return pd.Series(simple, index=shapes.index, dtype=object)


def _round(shapes: npt.NDArray[Any], digits: int) -> npt.NDArray[Any]:
    return np.asarray(shapely.transform(shapes, lambda xy: np.round(xy, digits)), dtype=object)
