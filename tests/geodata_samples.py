"""Small studies and layers that can be checked by hand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from regions.study import MapSettings, Study
from regions.words import Words

Point = tuple[float, float]


def build_table(points: Mapping[str, Point], *, parent: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Build a table of regions with a point each and no capital."""
    codes = pd.Index(list(points), name="code", dtype="str")
    lon, lat = zip(*points.values(), strict=True) if points else ((), ())
    return pd.DataFrame(
        {
            "name": list(points),
            "name_zh": list(points),
            "level": "city",
            "parent": [(parent or {}).get(code, "") for code in points],
            "lon": np.array(lon, dtype=float),
            "lat": np.array(lat, dtype=float),
            "capital_lon": np.nan,
            "capital_lat": np.nan,
        },
        index=codes,
    )


def build_study(
    points: Mapping[str, Point],
    *,
    around: Mapping[str, Point] | None = None,
    parent: Mapping[str, str] | None = None,
    unit_of: Mapping[str, str] | None = None,
    boundaries: str | Path | None = None,
) -> Study:
    """Build a study of units with a point each, and of surroundings."""
    return Study(
        name="tiny",
        title=Words("Tiny", "小"),
        regions=build_table(points, parent=parent),
        surroundings=build_table(around or {}, parent=parent),
        unit_of=pd.Series(
            dict.fromkeys(points, "") | {code: code for code in points} | dict(unit_of or {}), dtype="str"
        ),
        maps=MapSettings(boundaries=None if boundaries is None else str(boundaries)),
    )


def square(west: float, south: float, size: float = 1.0) -> shapely.Polygon:
    """Return a square by its south-west corner."""
    return shapely.box(west, south, west + size, south + size)


def write_layer(path: Path, shapes: Mapping[Any, Any], *, key: str = "code", **members: object) -> Path:
    """Write shapes (or raw GeoJSON geometries, or None) to a GeoJSON file, with extra members at the top."""
    features = [
        {
            "type": "Feature",
            "properties": {key: code},
            "geometry": json.loads(shapely.to_geojson(shape)) if isinstance(shape, shapely.Geometry) else shape,
        }
        for code, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}), encoding="utf-8")
    return path
