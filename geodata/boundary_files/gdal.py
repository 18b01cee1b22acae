"""Read one layer with GDAL, through pyogrio, from bytes in memory.

GDAL guesses a format from the content and follows what stands in it, to other files and to the network. So it never
sees a path: the caller has looked at the bytes, and a zip archive in memory holds them and nothing else.
"""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError

from geodata.boundary_files.layer import LINES, Feature, refuse_kind
from regions.errors import Fault, StudyError
from regions.messages import say

_KINDS = frozenset({"Polygon", "MultiPolygon", *LINES})
_SHOWN = 5


@dataclass(frozen=True, slots=True, eq=False)
class OgrLayer:
    """What GDAL read: one entry per feature, and the coordinate system as WKT or ``EPSG:n`` ("" for none)."""

    numbers: Sequence[int]
    shapes: Sequence[bytes | None]
    columns: Mapping[str, Sequence[Any]]
    crs: str


def read_ogr(parts: Mapping[str, bytes], file: str, **options: Any) -> OgrLayer:  # noqa: ANN401 - of pyogrio
    """Read the layer that these parts make.

    Parameters
    ----------
    parts
        Suffix -> bytes of the file of that suffix.
    file
        For messages.
    **options
        Of ``pyogrio.raw.read``.

    Raises
    ------
    StudyError
        ``E-FORMAT``: GDAL cannot read them.
    """
    import pyogrio.raw  # noqa: PLC0415 - slow to import, only where used
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415 - as above

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for suffix, data in parts.items():
            archive.writestr(f"layer{suffix}", data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of columns that are not used
            meta, numbers, shapes, values = pyogrio.raw.read(
                buffer.getvalue(), force_2d=True, return_fids=True, **options
            )
    except (DataSourceError, DataLayerError, UnicodeDecodeError) as error:
        raise StudyError(Fault.of(file, say("E-FORMAT/damaged", reason=str(error)[:80]))) from error
    if shapes is None:
        raise StudyError(Fault.of(file, say("E-FORMAT/no-geometry")))
    columns = dict(zip(map(str, meta["fields"]), (column.tolist() for column in values), strict=True))
    return OgrLayer(numbers.tolist(), shapes.tolist(), columns, str(meta["crs"] or ""))


def build_features(
    shapes: Sequence[bytes | None], rows: Sequence[Mapping[str, Any]], filled: Sequence[bool], file: str
) -> list[Feature]:
    """Build a feature of every row; ``filled`` tells which have a geometry in the file, be it one GDAL cannot read.

    Raises
    ------
    StudyError
        ``E-GEOM``: geometries are damaged.
    """
    features = [_build_feature(blob, row) for blob, row in zip(shapes, rows, strict=True)]
    lost = [i for i, (blob, full) in enumerate(zip(shapes, filled, strict=True), 1) if blob is None and full]
    lost += [i for i, feature in enumerate(features, 1) if feature is None]
    if lost:
        shown = ", ".join(map(str, lost[:_SHOWN])) + (", ..." if len(lost) > _SHOWN else "")
        raise StudyError(Fault.of(file, say("E-GEOM/damaged", feature=shown)))
    return [feature for feature in features if feature is not None]


def _build_feature(blob: bytes | None, row: Mapping[str, Any]) -> Feature | None:
    """Return None where the well-known binary is wrong."""
    try:
        shape = None if blob is None else shapely.from_wkb(blob)
    except ShapelyError:
        return None
    if shape is None or shape.is_empty:
        return Feature(row)
    return (
        Feature(row, shape=shape) if shape.geom_type in _KINDS else Feature(row, faults=(refuse_kind(shape.geom_type),))
    )
