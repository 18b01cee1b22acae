"""Distances between regions, in kilometres."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from geodata.points import find_points
from regions.arrays import Floats
from regions.errors import MethodError
from regions.study import Study

Method = Literal["ellipsoid", "great-circle"]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG, WGS84 semi-axes): (2a + b) / 3."""

_BLOCK = 2**17
"""Pairs that are measured at once: an interrupt waits for a tenth of a second."""


def measure_distances(study: Study, *, surroundings: bool = False, method: Method = "ellipsoid") -> pd.DataFrame:
    r"""Measure how far the regions of a study lie apart, between their representative points.

    Parameters
    ----------
    study
        Points come from ``find_points``: the capital where it is known, else the region's own point, else a point
        inside its polygon.
    surroundings
        Include the regions around the units.
    method
        ``ellipsoid`` (geodesic on WGS84, Karney's algorithm) or ``great-circle`` (haversine on a sphere of radius
        6371.0088 km; several times faster, off by at most 0.6 %).

    Returns
    -------
    DataFrame
        Shape (N, N), kilometres, index and columns are the codes; symmetric, zero diagonal. Row and column of a
        region without a point are NaN, its diagonal cell too. Two regions at one point have distance 0: a caller that
        takes logarithms or inverses must set a floor.

    Raises
    ------
    MethodError
        The method is unknown.
    StudyError
        A point is missing, and the boundary file is wrong.

    References
    ----------
    Karney (2013), Journal of Geodesy 87:43-55, doi:10.1007/s00190-012-0578-z.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> km = geodata.measure_distances(regions.load_study("china"))
    >>> round(km.loc["110000", "310000"])  # Beijing and Shanghai
    1102
    """
    if method not in _METHODS:
        raise MethodError(f"there is no distance method '{method}'; there are: {', '.join(_METHODS)}")
    points = find_points(study, surroundings=surroundings)
    lon, lat = points["lon"].to_numpy(float), points["lat"].to_numpy(float)
    matrix = measure_point_distances(lon, lat, method=method)
    return pd.DataFrame(matrix, index=points.index, columns=points.index)


def measure_point_distances(lon: Floats, lat: Floats, *, method: Method = "ellipsoid") -> Floats:
    """Measure the distances between all pairs of points.

    Parameters
    ----------
    lon, lat
        Shape (N,), degrees, EPSG:4326; NaN where unknown.
    method
        See ``measure_distances``.

    Returns
    -------
    ndarray
        Shape (N, N), kilometres; symmetric, zero diagonal, NaN where a point is unknown.
    """
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    matrix = np.full((len(lon), len(lon)), np.nan)
    matrix[known, known] = 0.0
    first, second = (known[side] for side in np.triu_indices(len(known), 1))
    apart = _METHODS[method](lon[first], lat[first], lon[second], lat[second])
    matrix[first, second] = apart
    matrix[second, first] = apart
    return matrix


def _measure_on_ellipsoid(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    from pyproj import Geod  # noqa: PLC0415 - slow to import, only where used

    globe, kilometres = Geod(ellps="WGS84"), np.empty(len(lon1))
    for start in range(0, len(lon1), _BLOCK):
        block = slice(start, start + _BLOCK)
        kilometres[block] = globe.inv(lon1[block], lat1[block], lon2[block], lat2[block])[2]
    return kilometres / 1000.0


def _measure_on_sphere(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    east1, north1, east2, north2 = (np.radians(degrees) for degrees in (lon1, lat1, lon2, lat2))
    h = np.sin((north2 - north1) / 2) ** 2
    h += np.cos(north1) * np.cos(north2) * np.sin((east2 - east1) / 2) ** 2
    arc: Floats = 2 * np.arcsin(np.sqrt(np.minimum(h, 1.0)))  # rounding can lift h of antipodes above 1
    return EARTH_RADIUS_KM * arc


_METHODS = MappingProxyType[str, Callable[[Floats, Floats, Floats, Floats], Floats]](
    {"ellipsoid": _measure_on_ellipsoid, "great-circle": _measure_on_sphere}
)
