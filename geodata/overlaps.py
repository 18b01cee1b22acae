"""See whether polygons fit together: piles, overlaps, hair-thin gaps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from regions.arrays import Positions
from regions.errors import Fault, StudyError
from regions.messages import Message, say

TOLERANCE = 1e-6
"""Degrees (about 0.1 m) by which borders may miss each other and still touch."""

Pair = tuple[Positions, Positions]

_SPECK = 1e-6  # of the smaller region: rounding, no overlap
_SHOWN = 5
_SAMPLE, _MOST_MET, _MOST_PAIRS = 200, 100, 200_000


def check_coverage(shapes: "pd.Series[Any]", file: str) -> list[Fault]:
    """Warn of what keeps polygons from being a coverage.

    Parameters
    ----------
    shapes
        Index ``code``, valid polygons, EPSG:4326.
    file
        File name for messages.

    Returns
    -------
    list of Fault
        ``W-TRIVIAL`` for a single region; ``W-OVERLAP`` with the share of the smaller region that overlaps;
        ``W-ISLAND`` for borders that miss each other by less than the tolerance of contiguity (1e-6 degree), which
        counts them as touching.
    """
    if len(shapes) == 1:
        return [Fault.of(file, say("W-TRIVIAL/one-region"))]
    polygons = shapes.to_numpy()
    codes = shapes.index.astype(str).to_numpy()
    tree = shapely.STRtree(polygons)
    touching = _once(tree.query(polygons, predicate="intersects"))
    close = _once(tree.query(polygons, predicate="dwithin", distance=TOLERANCE))
    return [*_find_overlaps(polygons, codes, touching, file), *_find_gaps(codes, touching, close, file)]


def refuse_pile(shapes: Sequence[BaseGeometry], file: str) -> None:
    """Refuse polygons that lie on one another by the hundred: to compare them all would take forever.

    Raises
    ------
    StudyError
        ``E-GEOM``.
    """
    polygons = np.asarray(shapes, dtype=object)
    sample = polygons[:: max(1, len(polygons) // _SAMPLE)]
    met = len(shapely.STRtree(polygons).query(sample)[0]) / len(sample) if len(sample) else 0.0
    if met > _MOST_MET and met * len(polygons) > _MOST_PAIRS:
        raise StudyError(Fault.of(file, say("E-GEOM/overlaps", count=met)))


def _once(pair: Positions) -> Pair:
    first, second = pair
    return first[first < second], second[first < second]


def _find_overlaps(polygons: npt.NDArray[Any], codes: npt.NDArray[Any], pair: Pair, file: str) -> list[Fault]:
    if shapely.coverage_is_valid(polygons):
        return []
    one, other = (polygons[side] for side in pair)
    share = shapely.area(shapely.intersection(one, other)) / np.minimum(shapely.area(one), shapely.area(other))
    found = np.flatnonzero(share > _SPECK)
    worst = found[np.argsort(-share[found], kind="stable")][:_SHOWN]
    shown = [f"{codes[pair[0][i]]}-{codes[pair[1][i]]} ({share[i]:.2%})" for i in worst]
    message = say("W-OVERLAP", count=len(found), pairs=shown, more=_count_rest(len(found)))
    return [Fault.of(file, message)] if len(found) else []


def _find_gaps(codes: npt.NDArray[Any], touching: Pair, close: Pair, file: str) -> list[Fault]:
    apart = sorted(set(zip(*close, strict=True)) - set(zip(*touching, strict=True)))
    shown = [f"{codes[i]}-{codes[j]}" for i, j in apart]
    message = say("W-ISLAND", count=len(shown), tolerance=TOLERANCE, pairs=shown[:_SHOWN], more=_count_rest(len(shown)))
    return [Fault.of(file, message)] if shown else []


def _count_rest(count: int) -> Message | str:
    return say("pairs/more", rest=count - _SHOWN) if count > _SHOWN else ""
