"""Build the regions of a boundary file from its features: which region each is, where, whether they fit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.crs import to_degrees
from geodata.overlaps import check_coverage, refuse_pile
from geodata.repair import Place, check_crossings, check_range, repair, split_at_antimeridian
from regions.errors import Fault, StudyError
from regions.messages import Message, say
from regions.network_files.region_attribute import ID, Find, choose_key
from regions.schema.cell_values import clean_code

CODE_NAMES = ("code", "region_code", "adcode", "代码", "地区代码", "区划代码", "行政区划代码", "编码", "gb", "id")
"""Properties that hold the code of a region where no region is known: the first that is there, else the ``id``."""

LINES = ("LineString", "MultiLineString")
_CHINA = "156"
_DASHES = "_JD"  # end of the code of the dashed line in the files of DataV
_SHOWN, _SAMPLE, _FEW = 5, 100, 3


@dataclass(frozen=True, slots=True)
class Known:
    """What a study knows, to find its regions in a file.

    Attributes
    ----------
    codes
        Codes of all its regions; none of them is left out of the file for that.
    units
        Codes of the regions that are studied: these must fit together. Empty: all regions of the file.
    find
        Finds the regions that a word means; None: the codes themselves.
    property
        The property that holds the code, where the study says so.
    """

    codes: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    find: Find | None = field(default=None, compare=False)
    property: str | None = None

    def look_up(self, word: str) -> tuple[str, ...]:
        """Return the codes that a word may mean."""
        if word in self.codes:
            return (word,)
        return self.find(word) if self.find else ()


@dataclass(frozen=True, slots=True, eq=False)
class Polygons:
    """The regions of a file.

    Attributes
    ----------
    shapes
        Index ``code`` (text, unique, sorted); values shapely polygons, EPSG:4326, valid; None where the file has none.
    warnings
        What was noticed and repaired.
    lines
        Lines that are no region, such as a dashed line at sea; EPSG:4326.
    """

    shapes: "pd.Series[Any]"
    warnings: tuple[Fault, ...] = ()
    lines: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """A feature as it stands in a file: properties, ``id`` where it has one, geometry, and what is wrong with it."""

    properties: Mapping[str, Any]
    id: Any = None
    shape: BaseGeometry | None = None
    faults: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RawLayer:
    """A layer as it stands in a file.

    Attributes
    ----------
    features
        In the order of the file.
    crs
        Anything that ``pyproj.CRS`` understands (WKT or ``EPSG:n``); "" when the file does not say.
    warnings
        What was noticed while reading.
    """

    features: Sequence[Feature]
    crs: str
    warnings: tuple[Fault, ...] = ()


def build_layer(layer: RawLayer, file: str, known: Known) -> Polygons:
    """Find the region of every feature and repair what can be repaired.

    Features that match no region of the study are left out: lines, and the dashed line in the files of DataV, become
    ``lines``; all others are named and counted (``W-UNMATCHED``).

    Raises
    ------
    StudyError
        With every fault found, by number and code of the feature.
    """
    if not layer.features:
        raise StudyError(Fault.of(file, say("E-EMPTY/no-feature")))
    codes, faults = _find_codes(layer.features, known, file)
    places = [Place(file, number, code) for number, code in enumerate(codes, 1)]
    shapes, turned = to_degrees([each.shape for each in layer.features], layer.crs, file)
    strange = [bool(known.codes and code) and code not in known.codes for code in codes]
    lines = [_is_line(shape, code, strange=odd) for shape, code, odd in zip(shapes, codes, strange, strict=True)]
    apart = [odd or line for odd, line in zip(strange, lines, strict=True)]
    faults += [*_judge_features(layer.features, places, apart), *_check_codes(codes, places, apart)]
    repaired, more = _repair_all(shapes, places)
    errors = [fault for fault in (*faults, *more) if fault.is_error]
    if errors:
        raise StudyError(errors)
    refuse_pile([shape for shape in repaired if shape is not None], file)
    kept = np.flatnonzero(~np.array(apart))
    index = pd.Index([codes[i] for i in kept], name="code", dtype="str")
    regions = pd.Series([repaired[i] for i in kept], index, dtype=object).sort_index()
    studied = regions[regions.index.isin(known.units)] if known.units else regions
    unmatched = [place for place, odd, line in zip(places, strange, lines, strict=True) if odd and not line]
    more += [*_warn_unmatched(unmatched, file), *check_coverage(studied.dropna(), file)]
    drawn = tuple(_as_line(shape) for shape, line in zip(repaired, lines, strict=True) if line and shape is not None)
    return Polygons(regions, (*layer.warnings, *turned, *faults, *more), drawn)


def refuse_kind(kind: Any) -> Message:  # noqa: ANN401 - whatever stands in the file
    """Return the fault of a geometry that makes no region."""
    return say("E-GEOM/kind", kind=ascii(kind)[:40])


def _is_line(shape: BaseGeometry | None, code: str, *, strange: bool) -> bool:
    """Tell whether a feature is no region but a line to be drawn."""
    is_line = shape is not None and shape.geom_type in LINES
    return (is_line and (strange or not code)) or (strange and code.endswith(_DASHES))


def _as_line(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.geom_type in LINES else shapely.boundary(shape)


def _judge_features(features: Sequence[Feature], places: Sequence[Place], apart: Sequence[bool]) -> list[Fault]:
    """Gather the faults of the features as they stand in the file; geometry matters only where a region is meant."""
    faults = []
    for each, place, aside in zip(features, places, apart, strict=True):
        found = list(each.faults)
        if each.shape is None and not any(message.code == "E-GEOM" for message in found):
            found.append(say("W-NOGEOM/feature"))
        elif each.shape is not None and each.shape.geom_type in LINES:
            found.append(refuse_kind(each.shape.geom_type))
        ignored = {"E-GEOM", "W-NOGEOM"} if aside else set()
        faults += [place.fault(message) for message in found if message.code not in ignored]
    return faults


def _find_codes(features: Sequence[Feature], known: Known, file: str) -> tuple[list[str], list[Fault]]:
    """Return the code of every feature, "" where it has none, and what was noticed."""
    key, faults = _choose_property(features, known, file)
    values = [_take_value(each, key) for each in features]
    texts = [_to_text(value, known) for value in values]
    found = [known.look_up(text) for text in texts]
    codes = [words[0] if len(words) == 1 else text for text, words in zip(texts, found, strict=True)]
    if len(codes) > _FEW and not any(codes) and not any(each.faults for each in features):
        raise StudyError(_name_properties(features, file))
    numbers = sum(not isinstance(value, str) and bool(text) for value, text in zip(values, texts, strict=True))
    if numbers:
        faults.append(Fault.of(file, say("W-CODEFLOAT/numbers", count=numbers), column="code"))
    return codes, faults


def _choose_property(features: Sequence[Feature], known: Known, file: str) -> tuple[str | None, list[Fault]]:
    """Choose the property that holds the codes: the one that the study names, else the one that fits it."""
    if known.property is not None:
        names = dict.fromkeys(name for each in features for name in each.properties)
        wanted = next((name for name in names if name.strip().lower() == known.property.lower()), None)
        if wanted is None:
            raise StudyError(_name_properties(features, file, known.property))
        return wanted, []
    if not known.codes:
        return None, []
    things = {}
    for number, each in enumerate(features, 1):
        values = {**each.properties, ID: each.id}
        things[str(number)] = {name: text for name, value in values.items() if (text := _to_text(value, known))}
    return choose_key(things, known.look_up, file=file, settle="boundaries_code")


def _name_properties(features: Sequence[Feature], file: str, wanted: str = "code") -> Fault:
    shown = ", ".join(dict.fromkeys(name for each in features[:_SAMPLE] for name in each.properties))[:200] or "none"
    return Fault.of(file, say("E-MISSING/property", wanted=wanted, shown=shown))


def _take_value(feature: Feature, key: str | None) -> Any:  # noqa: ANN401 - whatever stands in the file
    value = feature.id if key == ID else feature.properties.get(key or "")
    if value is not None:
        return value
    lowered = {name.strip().lower(): value for name, value in feature.properties.items()}
    values = (*(lowered.get(name) for name in CODE_NAMES), feature.id)
    return next((value for value in values if value is not None), None)


def _check_codes(codes: Sequence[str], places: Sequence[Place], apart: Sequence[bool]) -> list[Fault]:
    """Find features without a code, and codes that stand twice."""
    missing = say("E-MISSING/code", known=CODE_NAMES[:5])
    faults = [
        place.fault(missing) for code, place, aside in zip(codes, places, apart, strict=True) if not code and not aside
    ]
    first: dict[str, int] = {}
    for code, place, aside in zip(codes, places, apart, strict=True):
        if code and not aside and first.setdefault(code, place.feature) != place.feature:
            faults.append(place.fault(say("E-DUPCODE/feature", first=first[code])))
    return faults


def _warn_unmatched(places: Sequence[Place], file: str) -> list[Fault]:
    if not places:
        return []
    names = [place.code or f"feature {place.feature}" for place in places]
    shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return [Fault.of(file, say("W-UNMATCHED", count=len(names), shown=shown))]


def _to_text(code: Any, known: Known) -> str:  # noqa: ANN401 - whatever stands in the file
    if isinstance(code, str):
        text = clean_code(code)
        national = text.removeprefix(_CHINA)  # as the national map writes them: 156320100
        return national if text not in known.codes and national in known.codes else text
    if isinstance(code, bool) or not isinstance(code, int | float) or not math.isfinite(code) or code != int(code):
        return ""
    text = str(int(code))
    padded = () if text in known.codes else _index_digits(known.codes).get(text.lstrip("0"), ())
    return padded[0] if len(padded) == 1 else text


@lru_cache(maxsize=4)
def _index_digits(codes: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the codes of digits by what a spreadsheet leaves of them: 010000 -> 10000."""
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        if code.isascii() and code.isdigit():
            found[code.lstrip("0")] = (*found.get(code.lstrip("0"), ()), code)
    return found


def _repair_all(
    shapes: Sequence[BaseGeometry | None], places: Sequence[Place]
) -> tuple[list[BaseGeometry | None], list[Fault]]:
    whole: list[BaseGeometry | None] = []
    faults: list[Fault] = []
    for shape, place in zip(shapes, places, strict=True):
        line = shape is not None and shape.geom_type in LINES
        outside = (
            None if shape is None else check_range(shape, place) or (None if line else check_crossings(shape, place))
        )
        if shape is None or outside is not None or line:
            whole.append(None if outside is not None else shape)
            faults += [] if outside is None else [outside]
            continue
        parts, cut = split_at_antimeridian(shape, place)
        valid, noticed = repair(parts, place)
        whole.append(valid)
        faults += [*cut, *noticed]
    return whole, faults
