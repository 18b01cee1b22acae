"""The grid of degrees on which a layer of a folium map lies."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from maps.page.shapes import Plane, pack_rings, place_rings

STEPS = 131_072
"""Steps of the longer side: 50 metres where a map shows all of China."""


@dataclass(frozen=True, slots=True)
class DegreeGrid:
    """Longitudes and latitudes in whole steps.

    Attributes
    ----------
    west, south
        Degrees of the origin.
    step
        Degrees a step.
    bounds
        ``[[south, west], [north, east]]``, as ``folium.Map.fit_bounds`` takes them.
    """

    west: float
    south: float
    step: float
    bounds: list[list[float]]

    def pack(self, shape: BaseGeometry) -> str:
        """Return the rings of a polygon as the page packs them."""
        return pack_rings(place_rings(shape, Plane(self.west, self.south, self.step)))

    def place(self, degrees: Any) -> list[list[int]]:  # noqa: ANN401 - an N x 2 array or frame
        """Return the steps of longitudes and latitudes; all must be known."""
        placed: list[list[int]] = Plane(self.west, self.south, self.step).place(degrees).tolist()
        return placed


def lay_grid(degrees: Any) -> DegreeGrid:  # noqa: ANN401 - an N x 2 array or frame
    """Lay the grid over points (longitude, latitude)."""
    array = np.asarray(degrees, dtype=float).reshape(-1, 2)
    (west, south), (east, north) = array.min(axis=0), array.max(axis=0)
    step = float(max(east - west, north - south) / STEPS) or 1e-6
    bounds = [[float(south), float(west)], [float(north), float(east)]]
    return DegreeGrid(float(west), float(south), step, bounds)
