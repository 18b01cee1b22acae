"""Read the regions of a GeoJSON file, with json and shapely only.

No GDAL driver ever sees the file: GDAL guesses the format from the content and follows what it finds there, to other
files and to the network.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from geodata.coverage import check_coverage
from geodata.declared_crs import find_epsg, reproject
from geodata.mend import Place, check_range, check_tangle, repair, split_at_antimeridian
from geodata.rings import BadGeometryError, build_polygon
from geodata.strict_json import JsonObject, read_json
from regions.clean import clean_code
from regions.errors import Fault, StudyError

_CHINA = "156"
CODE_NAMES = ("code", "region_code", "adcode", "代码", "地区代码", "区划代码", "行政区划代码", "编码", "gb", "id")
"""Properties that may hold the code of a region, the first that is there wins; then the ``id`` of the feature."""


@dataclass(frozen=True, slots=True, eq=False)
class Polygons:
    """The regions of a file.

    Attributes
    ----------
    shapes
        Index ``code`` (text, unique, sorted); values shapely polygons, EPSG:4326, valid; None where the file has none.
    warnings
        What was noticed and mended.
    """

    shapes: "pd.Series[Any]"
    warnings: tuple[Fault, ...] = ()


def read_geojson(path: Path, *, codes: Iterable[str] = ()) -> Polygons:
    """Read a GeoJSON FeatureCollection of polygons with a code each.

    Parameters
    ----------
    path
        The file: RFC 7946, or older with a ``crs`` member that names an EPSG code.
    codes
        Known codes. A number in the file that lost its leading zeros is matched to them; nothing is filtered.

    Returns
    -------
    Polygons
        Invalid polygons are repaired, those across the 180th meridian cut there; each with a warning.

    Raises
    ------
    StudyError
        With every fault found, by number and code of the feature.
    """
    document, warnings = read_json(path)
    features = _check_document(document, path.name)
    return build_layer(features, path.name, codes=codes, epsg=find_epsg(document, path.name), warnings=warnings)


def build_layer(
    features: list[Any], file: str, *, codes: Iterable[str], epsg: int | None = None, warnings: Iterable[Fault] = ()
) -> Polygons:
    """Build the regions of a list of GeoJSON features; see ``read_geojson``, whose errors it raises.

    Parameters
    ----------
    features
        ``JsonObject`` each.
    file
        File name for messages.
    epsg
        Coordinate system of the features when they are not longitude and latitude.
    warnings
        What was noticed before.
    """
    read = [_read_feature(feature, number, file) for number, feature in enumerate(features, 1)]
    faults = [fault for one in read for fault in one.faults]
    named, code_faults = _settle_codes(read, frozenset(codes), file)
    faults += code_faults
    shapes: list[BaseGeometry | None] = [one.shape for one in read]
    if epsg is not None:
        shapes, warning = reproject(shapes, epsg, file)
        warnings = [*warnings, warning]
    places = [Place(file, number, code) for number, code in enumerate(named, 1)]
    mended, more = _mend_all(shapes, places)
    faults += more
    errors = [fault for fault in faults if fault.is_error]
    if errors:
        raise StudyError(errors)
    layer = pd.Series(mended, index=pd.Index(named, name="code", dtype="str"), dtype=object).sort_index()
    return Polygons(layer, (*warnings, *faults, *check_coverage(layer.dropna(), file)))


def _check_document(document: Any, file: str) -> list[Any]:  # noqa: ANN401 - whatever stands in the file
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if isinstance(document, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        shown = ascii(kind)[:40]
        message = f"the document is of type {shown}; it must be a FeatureCollection with a list of features."
        raise StudyError(Fault("E-FORMAT", file, message, f"文档类型为 {shown}，须为 FeatureCollection。"))
    repeated = document.repeated if isinstance(document, JsonObject) else ()
    if repeated:
        message = f"the key {repeated[0]!a} stands twice at the top of the file."
        raise StudyError(Fault("E-JSON", file, message, f"文件顶层的键“{repeated[0]}”重复。"))
    if not features:
        raise StudyError(Fault("E-EMPTY", file, "the file has no feature.", "文件中没有要素。"))
    return features


@dataclass(frozen=True, slots=True, eq=False)
class _Feature:
    number: int
    code: Any  # text or number as in the file; None when absent
    shape: BaseGeometry | None = None
    faults: tuple[Fault, ...] = ()


def _read_feature(feature: Any, number: int, file: str) -> _Feature:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(feature, JsonObject) or feature.get("type") != "Feature":
        fault = Place(file, number, "?").fault("E-FORMAT", ("no GeoJSON feature", "不是 GeoJSON 要素"))
        return _Feature(number, None, faults=(fault,))
    code = _find_code(feature)
    place = Place(file, number, str(code))
    faults = [_repeated_key(place, name) for name in _find_repeated(feature)]
    geometry = feature.get("geometry")
    try:
        shape = build_polygon(geometry) if isinstance(geometry, dict) else None
    except BadGeometryError as error:
        faults.append(place.fault("E-GEOM", (error.message, error.message_zh)))
        return _Feature(number, code, None, tuple(faults))
    if geometry is not None and not isinstance(geometry, dict):
        faults.append(place.fault("E-GEOM", ("the geometry is no object", "几何不是对象")))
    elif shape is None:
        texts = ("no geometry; the region stays in the tables and is not drawn", "没有几何，保留于表中但不绘出")
        faults.append(place.fault("W-NOGEOM", texts))
    return _Feature(number, code, shape, tuple(faults))


def _repeated_key(place: Place, name: str) -> Fault:
    return place.fault("E-JSON", (f"the key {name!a} stands twice in one object", f"同一对象中键“{name}”重复"))


def _find_repeated(feature: JsonObject) -> list[str]:
    """Return keys that stand twice in the feature, its properties or its geometry."""
    inside = [part for part in feature.values() if isinstance(part, JsonObject)]
    return [name for part in (feature, *inside) for name in part.repeated]


def _find_code(feature: JsonObject) -> Any:  # noqa: ANN401 - whatever stands in the file
    properties = feature.get("properties")
    lowered = (
        {name.strip().lower(): value for name, value in properties.items()} if isinstance(properties, dict) else {}
    )
    values = [lowered.get(name) for name in CODE_NAMES]
    return next((value for value in (*values, feature.get("id")) if value is not None), None)


def _settle_codes(read: list[_Feature], known: frozenset[str], file: str) -> tuple[list[str], list[Fault]]:
    """Turn codes into text; find codes that are missing or stand twice."""
    texts = [_to_text(one.code, known) for one in read]
    faults = [
        Place(file, one.number, str(one.code)).fault(
            "E-MISSING",
            ("no code", "缺少代码"),
            f"A property must hold it: {', '.join(CODE_NAMES[:3])}.",
            f"应有属性保存代码：{'、'.join(CODE_NAMES[:5])}。",
        )
        for one, text in zip(read, texts, strict=True)
        if not text
    ]
    first: dict[str, int] = {}
    for one, text in zip(read, texts, strict=True):
        if text and first.setdefault(text, one.number) != one.number:
            what = (f"the code stands already in feature {first[text]}", f"代码已见于第 {first[text]} 个要素")
            hint = "Join the parts of a region into one MultiPolygon."
            faults.append(Place(file, one.number, text).fault("E-DUPCODE", what, hint, "请将同一区域合并为多部件面。"))
    numbers = sum(not isinstance(one.code, str) and bool(text) for one, text in zip(read, texts, strict=True))
    if numbers:
        message = f"{numbers} code(s) are numbers; read as text."
        faults.append(Fault("W-CODEFLOAT", file, message, f"{numbers} 个代码为数字，已按文本读取。", column="code"))
    return texts, faults


def _to_text(code: Any, known: frozenset[str]) -> str:  # noqa: ANN401 - whatever stands in the file
    if isinstance(code, str):
        text = clean_code(code)
        national = text.removeprefix(_CHINA)  # as the national map writes them: 156320100
        return national if text not in known and national in known else text
    if isinstance(code, bool) or not isinstance(code, int | float) or not math.isfinite(code) or code != int(code):
        return ""
    text = str(int(code))
    if text in known:
        return text
    padded = [name for name in known if name.isascii() and name.isdigit() and name.lstrip("0") == text.lstrip("0")]
    return padded[0] if len(padded) == 1 else text


def _mend_all(shapes: list[BaseGeometry | None], places: list[Place]) -> tuple[list[BaseGeometry | None], list[Fault]]:
    mended: list[BaseGeometry | None] = []
    faults: list[Fault] = []
    for shape, place in zip(shapes, places, strict=True):
        outside = None if shape is None else check_range(shape, place) or check_tangle(shape, place)
        if shape is None or outside is not None:
            mended.append(None)
            faults += [] if outside is None else [outside]
            continue
        whole, cut = split_at_antimeridian(shape, place)
        valid, repaired = repair(whole, place)
        mended.append(valid)
        faults += [*cut, *repaired]
    return mended, faults
