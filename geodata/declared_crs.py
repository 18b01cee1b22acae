"""The coordinate system that an old GeoJSON file declares (the ``crs`` member, withdrawn from the format in 2016)."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from regions.errors import Fault, StudyError

_PLAIN = re.compile(r"CRS:?84$|EPSG:+4326$", re.IGNORECASE)
_EPSG = re.compile(r"EPSG:{1,2}(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)


def find_epsg(document: dict[str, Any], file: str) -> int | None:
    """Return the EPSG code that a GeoJSON document declares; None for longitude and latitude on WGS84.

    Only a plain EPSG number is understood: a link would have to be fetched, and is not.

    Raises
    ------
    StudyError
        ``E-CRS``: the member names something else.
    """
    member = document.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str):
        if _PLAIN.search(name.strip()):
            return None
        match = _EPSG.search(name.strip())
        if match:
            return int(match.group(1))
    message = f"the member 'crs' is not understood: {ascii(name if name is not None else member)[:60]}."
    hint = "Save the layer as EPSG:4326 (longitude, latitude)."
    raise StudyError(
        Fault("E-CRS", file, message, "无法识别 crs 成员。", hint=hint, hint_zh="请将图层存为 EPSG:4326（经纬度）。")
    )


def reproject(shapes: list[BaseGeometry | None], epsg: int, file: str) -> tuple[list[BaseGeometry | None], Fault]:
    """Turn polygons into longitude and latitude.

    Returns
    -------
    shapes, warning
        EPSG:4326, and ``W-CRS``. Coordinates outside the reach of the projection become infinite.

    Raises
    ------
    StudyError
        ``E-CRS``: there is no such EPSG code.
    """
    from pyproj import Transformer  # noqa: PLC0415 - slow to import, only where used
    from pyproj.exceptions import ProjError  # noqa: PLC0415 - as above

    try:
        transformer = Transformer.from_crs(epsg, 4326, always_xy=True)
    except ProjError as error:
        message = f"there is no coordinate system EPSG:{epsg}."
        raise StudyError(Fault("E-CRS", file, message, f"没有坐标系 EPSG:{epsg}。")) from error

    def turn(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    message = f"the coordinates are declared as EPSG:{epsg}; turned into EPSG:4326."
    warning = Fault("W-CRS", file, message, f"坐标系声明为 EPSG:{epsg}，已转换为 EPSG:4326。")
    return [None if shape is None else shapely.transform(shape, turn) for shape in shapes], warning
