"""See whether a layer is shifted against a reference: the sign of map coordinates that are labelled WGS84."""

from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import shapely

from regions.arrays import Floats
from regions.errors import Fault
from regions.messages import say
from regions.words import Words

System = Literal["constant", "GCJ-02", "BD-09"]

_METRES_PER_DEGREE = 111_195.0
_FEWEST = 3
_STEADY = 0.05  # of the shift: how much it may vary from region to region
_LEAST_METRES, _MOST_METRES = 100.0, 20_000.0
_ALIKE = 0.25  # of the shift: how far the middle region may be from what the map system predicts
_SURE = 5.0  # standard errors
_TO_DEVIATION, _OF_MEDIAN = 1.4826, 1.2533  # of a normal law: standard deviation / MAD, error of median / of mean
_AXIS, _ECCENTRICITY = 6_378_245.0, 0.006_693_421_622_965_943  # Krassovsky 1940, squared eccentricity
_SWAPPED = 0.8


class Shift(NamedTuple):
    """A shift of a layer: its size in metres and the system of map coordinates that it looks like."""

    metres: float
    system: System


def find_shift(shapes: "pd.Series[Any]", reference: "pd.Series[Any]") -> Shift | None:
    """Find whether a layer is shifted as a whole.

    Parameters
    ----------
    shapes, reference
        Index ``code``, polygons or points, EPSG:4326. Regions in both are compared by centroid.

    Returns
    -------
    Shift or None
        ``constant``: everywhere by the same amount (``measure_shift``). ``GCJ-02`` or ``BD-09``: in the middle as the
        coordinates of Chinese map services differ from WGS84 at these places, give or take 25 %, and by more than five
        standard errors of the median. None for fewer than three common regions, and for less than 100 metres or more
        than 20 kilometres.

    Notes
    -----
    GCJ-02 is WGS84 plus a sum of sines of place, which shifts by 100 to 700 metres; BD-09 adds some 900 metres more.
    Both are published by no authority; the sums are those that open converters agree on.
    """
    metres = measure_shift(shapes, reference)
    if metres is not None:
        return Shift(metres, "constant") if _LEAST_METRES <= metres <= _MOST_METRES else None
    common = shapes.dropna().index.intersection(reference.dropna().index)
    if len(common) < _FEWEST:
        return None
    here, there = (_find_centres(layer[common]) for layer in (shapes, reference))
    found = _to_metres(here - there, there)
    middle = np.median(found, axis=0)
    spread = np.median(np.abs(found - middle), axis=0) * _TO_DEVIATION
    error = float(np.hypot(*spread)) * _OF_MEDIAN / np.sqrt(len(common))
    size = float(np.hypot(*middle))
    if size < max(_LEAST_METRES, _SURE * error):
        return None
    systems: tuple[System, ...] = ("GCJ-02", "BD-09")
    for system in systems:
        predicted = np.median(_to_metres(predict_shift(there, system), there), axis=0)
        if np.hypot(*(middle - predicted)) <= _ALIKE * size:
            return Shift(size, system)
    return None


def measure_shift(shapes: "pd.Series[Any]", reference: "pd.Series[Any]") -> float | None:
    """Measure by how much one layer is shifted against another, when it is by the same amount everywhere.

    A constant shift of some hundred metres is the only sign that Chinese map coordinates (GCJ-02) are labelled WGS84.

    Parameters
    ----------
    shapes, reference
        Index ``code``, polygons, EPSG:4326. Regions in both are compared by centroid.

    Returns
    -------
    float or None
        Metres. None when fewer than three regions can be compared, or their shifts differ by more than 5 %.
    """
    common = shapes.dropna().index.intersection(reference.dropna().index)
    if len(common) < _FEWEST:
        return None
    here, there = (shapely.get_coordinates(shapely.centroid(layer[common].to_numpy())) for layer in (shapes, reference))
    degrees = here - there
    degrees[:, 0] *= np.cos(np.radians(there[:, 1].mean()))  # one factor, so that a constant shift stays constant
    mean = degrees.mean(axis=0)
    size = float(np.hypot(*mean))
    spread = float(np.hypot(*(degrees - mean).T).max())
    return size * _METRES_PER_DEGREE if size > 0 and spread <= _STEADY * size else None


def predict_shift(points: Floats, system: System) -> Floats:
    """Return by how many degrees GCJ-02 or BD-09 coordinates differ from WGS84.

    Parameters
    ----------
    points
        Shape (points, 2): longitude, latitude, EPSG:4326, in China.

    Returns
    -------
    ndarray
        Shape (points, 2), degrees to add.
    """
    east, north = points[:, 0] - 105.0, points[:, 1] - 35.0
    both = 20 * np.sin(6 * np.pi * east) + 20 * np.sin(2 * np.pi * east)
    up = -100 + 2 * east + 3 * north + 0.2 * north**2 + 0.1 * east * north + 0.2 * np.sqrt(np.abs(east))
    up += 2 / 3 * (both + 20 * np.sin(np.pi * north) + 40 * np.sin(np.pi / 3 * north))
    up += 2 / 3 * (160 * np.sin(np.pi / 12 * north) + 320 * np.sin(np.pi / 30 * north))
    right = 300 + east + 2 * north + 0.1 * east**2 + 0.1 * east * north + 0.1 * np.sqrt(np.abs(east))
    right += 2 / 3 * (both + 20 * np.sin(np.pi * east) + 40 * np.sin(np.pi / 3 * east))
    right += 2 / 3 * (150 * np.sin(np.pi / 12 * east) + 300 * np.sin(np.pi / 30 * east))
    latitude = np.radians(points[:, 1])
    root = np.sqrt(1 - _ECCENTRICITY * np.sin(latitude) ** 2)
    degrees_up = np.degrees(up / (_AXIS * (1 - _ECCENTRICITY) / root**3))
    degrees_right = np.degrees(right / (_AXIS / root * np.cos(latitude)))
    shift = np.column_stack([degrees_right, degrees_up])
    return shift + _predict_baidu(points + shift) if system == "BD-09" else shift


def _predict_baidu(points: Floats) -> Floats:
    """Return by how many degrees BD-09 differs from GCJ-02 at GCJ-02 coordinates."""
    turn = np.pi * 3000 / 180
    x, y = points.T
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return np.column_stack([radius * np.cos(angle) + 0.0065 - x, radius * np.sin(angle) + 0.006 - y])


def warn_shift(shift: Shift, file: str, against: Words) -> Fault:
    """Return ``W-OFFSET`` with the shift in metres; ``against`` names the reference."""
    like = "" if shift.system == "constant" else say("W-OFFSET/like", system=shift.system)
    return Fault.of(file, say("W-OFFSET/all", metres=shift.metres, against=against, like=like))


def find_swapped(shapes: "pd.Series[Any]", points: pd.DataFrame) -> int:
    """Count the points that lie in their region only once longitude and latitude are exchanged.

    Parameters
    ----------
    shapes
        Index ``code``, polygons, EPSG:4326; None where there is none.
    points
        Index ``code``; ``lon``, ``lat``, degrees.

    Returns
    -------
    int
        0 unless there are at least three and four fifths of all points with a polygon are such points.
    """
    known = points.dropna().index.intersection(shapes.dropna().index)
    polygons = shapes[known].to_numpy()
    lon, lat = points.loc[known, "lon"].to_numpy(float), points.loc[known, "lat"].to_numpy(float)
    swapped = ~shapely.intersects_xy(polygons, lon, lat) & shapely.intersects_xy(polygons, lat, lon)
    count = int(swapped.sum())
    return count if count >= _FEWEST and count >= _SWAPPED * len(known) else 0


def _find_centres(layer: "pd.Series[Any]") -> Floats:
    return np.asarray(shapely.get_coordinates(shapely.centroid(layer.to_numpy())), dtype=np.float64)


def _to_metres(degrees: Floats, at: Floats) -> Floats:
    shrink = np.cos(np.radians(at[:, 1]))
    return np.column_stack([degrees[:, 0] * shrink, degrees[:, 1]]) * _METRES_PER_DEGREE
