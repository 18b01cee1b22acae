"""The place of every region: its point as the study gives it, else a point inside its polygon."""

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.boundaries import read_boundaries
from regions.errors import MissingExtraError
from regions.study import Study

if TYPE_CHECKING:
    import geopandas as gpd


def find_points(study: Study, *, surroundings: bool = False) -> pd.DataFrame:
    """Find the representative point of each region, for distances, links on the map and whatever else needs a place.

    Parameters
    ----------
    study
        Its points (``study.points()``: the capital where it is known, else the region's own point) come first; where
        it has none, a point inside the polygon of the region stands in (``place_inside``).
    surroundings
        Include the regions around the units.

    Returns
    -------
    DataFrame
        Index ``code``; ``lon``, ``lat`` in degrees (EPSG:4326); ``stands_in``: whether the point is of the polygon. NaN
        where there is neither point nor polygon, and where the polygons come from a package that is not installed.

    Raises
    ------
    StudyError
        A point is missing, and the boundary file is wrong.

    Examples
    --------
    >>> from regions import load_study
    >>> find_points(load_study("china")).loc["110000", ["lon", "lat"]].round(1).tolist()
    [116.6, 40.3]
    """
    points = study.points(surroundings=surroundings)
    lost = points.index[points.isna().any(axis=1)]
    stands_in = pd.Series(data=False, index=points.index)
    if len(lost) and study.maps.boundaries is not None:
        with suppress(MissingExtraError):
            inside = place_inside(read_boundaries(study, tolerance=0)).reindex(lost).dropna()
            points.loc[inside.index] = inside
            stands_in[inside.index] = True
    return points.assign(stands_in=stands_in)


def place_inside(boundaries: "gpd.GeoDataFrame | None") -> pd.DataFrame:
    """Place a point inside each polygon: the centroid of its largest part, or another point where that lies outside.

    Parameters
    ----------
    boundaries
        Index ``code``, ``geometry`` polygons, EPSG:4326.

    Returns
    -------
    DataFrame
        Index ``code``; ``lon``, ``lat``; without regions that have no polygon.
    """
    known = {} if boundaries is None else boundaries.geometry.dropna().to_dict()
    found = [_find_inside(shape) for shape in known.values()]
    rows = np.array(found, dtype=np.float64).reshape(-1, 2)
    return pd.DataFrame(rows, columns=["lon", "lat"], index=pd.Index(list(known), name="code", dtype="str"))


def _find_inside(shape: BaseGeometry) -> tuple[float, float]:
    parts = shapely.get_parts(shape)
    largest = parts[int(shapely.area(parts).argmax())]
    centre = shapely.centroid(largest)
    point = centre if shapely.contains(largest, centre) else shapely.point_on_surface(largest)
    return float(shapely.get_x(point)), float(shapely.get_y(point))
