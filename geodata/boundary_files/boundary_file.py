"""Read the regions of a boundary file: GeoJSON, GeoPackage or Shapefile, as its suffix says and its content agrees."""

from collections.abc import Iterable
from pathlib import Path

from geodata.boundary_files.geojson import read_geojson
from geodata.boundary_files.layer import Known, Polygons, build_layer
from regions.errors import Fault, StudyError
from regions.files.writing import refuse_special
from regions.messages import say

LARGEST_FILE = 500_000_000
"""Bytes of a boundary file."""


def read_polygons(path: Path, *, codes: Iterable[str] = (), known: Known | None = None) -> Polygons:
    """Read the polygons of a boundary file, each with the code of its region.

    Parameters
    ----------
    path
        ``.geojson`` or ``.json``, ``.gpkg`` (its one layer of polygons), ``.shp`` (with .shx and .dbf beside it; .prj
        and .cpg are optional).
    codes, known
        See ``read_geojson``.

    Returns
    -------
    Polygons
        EPSG:4326, valid, with a warning for everything that was assumed, turned or repaired.

    Raises
    ------
    StudyError
        ``E-FORMAT``: of another format than the suffix says, cut off, or without its companions (which are named);
        ``E-CRS``; and whatever ``read_geojson`` raises.
    """
    suffix = path.suffix.lower()
    known = known or Known(frozenset(codes))
    if suffix not in {".gpkg", ".shp"}:
        return read_geojson(path, known=known)
    refuse_special([path])
    if not path.is_file():
        raise StudyError(Fault.of(path.name, say("E-FORMAT/no-file")))
    if path.stat().st_size > LARGEST_FILE:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/boundaries-size")))
    if suffix == ".gpkg":
        from geodata.boundary_files.geopackage import read_geopackage as read  # noqa: PLC0415 - only where used
    else:
        from geodata.boundary_files.shapefile import read_shapefile as read  # noqa: PLC0415 - as above
    return build_layer(read(path), path.name, known)
