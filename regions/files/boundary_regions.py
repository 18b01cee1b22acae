"""Make the table of regions of the properties of a boundary file, where a study has no other."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regions.errors import Fault, StudyError
from regions.files.encodings import decode
from regions.files.text_table import TextTable
from regions.messages import say
from regions.schema.cell_values import clean_code

SUFFIXES = (".geojson", ".json")
_LARGEST = 500_000_000
_NAMES = ("name", "name_latn", "nuts_name", "shapename", "name_en", "nam", "admin", "名称", "地名")
_NAMES_ZH = ("name_zh", "名称", "地名", "省", "市")
_MOST_COLUMNS = 30
_ID = "id"


def read_boundary_regions(path: Path, words: Collection[str], code: str | None = None) -> TextTable:
    """Return a table of regions with a row for each feature of a GeoJSON file; points inside the polygons come later.

    Parameters
    ----------
    path
        The file.
    words
        What the tables call their regions: the property that holds most of them is the code.
    code
        The property that holds the codes, where the study says so (``boundaries_code``).

    Returns
    -------
    TextTable
        ``code``, ``name``, ``name_zh`` where there is one, and the other properties; rows are features, from 1.

    Raises
    ------
    StudyError
        ``E-JSON`` when it is no collection of features; ``E-FRAME`` when no property holds the words.
    """
    features = _read_features(path)
    properties = [_list_texts(feature) for feature in features]
    known = list(dict.fromkeys(key for row in properties for key in row))
    chosen = code or _choose_code(properties, known, words)
    if chosen is None or chosen not in known:
        shown = [key for key in known if key != _ID][:12]
        raise StudyError(Fault.of(path.name, say("E-FRAME/no-property", known=shown, wanted=code or "-")))
    names = {"name": _find_key(known, _NAMES) or chosen, "name_zh": _find_key(known, _NAMES_ZH)}
    columns = {"code": [clean_code(row.get(chosen, "")) for row in properties]}
    columns |= {name: [row.get(key, "") for row in properties] for name, key in names.items() if key}
    taken = {*columns, chosen, _ID, *filter(None, names.values())}
    for key in [key for key in known if key not in taken and key.casefold() not in columns][:_MOST_COLUMNS]:
        columns[key] = [row.get(key, "") for row in properties]
    return TextTable(path.name, pd.DataFrame(columns, dtype="str"), np.arange(1, len(features) + 1, dtype=np.int64))


def _read_features(path: Path) -> list[Mapping[str, Any]]:
    if path.stat().st_size > _LARGEST:
        raise StudyError(Fault.of(path.name, say("E-FRAME/large")))
    text, _ = decode(path.read_bytes(), path.name)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StudyError(Fault.of(path.name, say("E-FRAME/no-features"))) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise StudyError(Fault.of(path.name, say("E-FRAME/no-features")))
    return [feature for feature in features if isinstance(feature, dict)]


def _list_texts(feature: Mapping[str, Any]) -> dict[str, str]:
    """Return the properties that are texts or numbers, as text, and the id."""
    properties = feature.get("properties")
    known = dict(properties) if isinstance(properties, dict) else {}
    if _ID in feature:
        known.setdefault(_ID, feature[_ID])
    return {str(key): _to_text(value) for key, value in known.items() if isinstance(value, str | int | float)}


def _to_text(value: Any) -> str:  # noqa: ANN401 - a scalar of JSON
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _choose_code(properties: list[dict[str, str]], known: list[str], words: Collection[str]) -> str | None:
    """Return the property whose values are most of the words, each value once; None where none holds any."""
    wanted = {clean_code(word) for word in words}
    best, most = None, 0
    for key in known:
        values = [clean_code(row[key]) for row in properties if row.get(key)]
        held = len(wanted & set(values)) if len(set(values)) == len(values) else 0
        if held > most:
            best, most = key, held
    return best


def _find_key(known: list[str], wanted: tuple[str, ...]) -> str | None:
    folded = {key.casefold(): key for key in reversed(known)}
    return next((folded[name] for name in wanted if name in folded), None)
