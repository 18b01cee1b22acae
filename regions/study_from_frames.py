"""Make a study of DataFrames and GeoDataFrames, by the same checks as one of files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.files.text_table import TextTable
from regions.messages import say
from regions.schema.suggest import suggest
from regions.schema.tables import SETTINGS, TABLES
from regions.study import Study
from regions.study_card import parse_card
from regions.study_folder import open_tables
from regions.study_reader import OnUnknown, read_folder

_GEOMETRY = "geometry"
_DEGREES = 4326
_EXACT = 2.0**53


def study_from_frames(
    *,
    frame: str | None = None,
    unknown: OnUnknown | None = None,
    settings: Mapping[str, str | bool | Sequence[str]] | None = None,
    **tables: "pd.DataFrame | None",
) -> Study:
    """Make a study of DataFrames; the same checks run as on files, and regions may be named in any spelling.

    Parameters
    ----------
    frame
        Whose regions the tables name, as in ``regions.read_study``; not needed with ``regions``.
    unknown
        ``error`` or ``drop``, see ``regions.read_study``.
    settings
        What study.yaml may say: ``extends``, ``level``, ``focus``, ``borders``, ``indicator``, ``directed`` ...
    **tables
        ``regions``, ``links``, ``indicators``, ``actors``, ``records``, ``groups``, ``neighbours`` and ``dictionary``,
        with columns under any header that a file may have. A named index counts as a column. Of a GeoDataFrame of
        regions (or actors) ``lon`` and ``lat`` are points inside the geometries (``representative_point``), brought to
        EPSG:4326, where it has no such columns; the polygons themselves are not kept: to draw them, write them to a
        file and name it in study.yaml. None leaves a table out.

    Returns
    -------
    Study
        As ``regions.read_study`` gives it; ``files`` are those of the frame.

    Raises
    ------
    StudyError
        With every fault; rows are counted from 1 (the first row of the DataFrame).
    MethodError
        A table or a setting has an unknown name, or is no DataFrame.

    Examples
    --------
    >>> import pandas as pd
    >>> from regionet import regions
    >>> links = pd.DataFrame({"source": ["常州", "南京"], "target": ["合肥", "苏州"], "weight": [12, 8]})
    >>> study = regions.Study.from_frames(links=links, frame="长三角")
    >>> len(study.regions), study.links["source"].tolist()
    (41, ['320400', '320100'])
    """
    given = {name: table for name, table in tables.items() if table is not None}
    _check_names(given)
    card = parse_card(_write_settings(settings or {}), "settings")
    loaded = {name: _write_text(name, table) for name, table in given.items()}
    folder = open_tables(Path(card.name or "frames"), card, loaded, frame=frame)
    study = read_folder(folder, unknown=unknown)
    return replace(study, files=tuple(file for file in study.files if file.is_absolute()))


def _check_names(tables: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        if name not in TABLES:
            meant = suggest(name, dict.fromkeys(TABLES, ""))
            raise MethodError(say("frames/no-table", name=name, known=list(TABLES)).with_hint(meant))
        if not isinstance(table, pd.DataFrame):
            raise MethodError(say("frames/no-frame", name=name, got=type(table).__name__))


def _write_settings(settings: Mapping[str, Any]) -> str:
    for key in settings:
        if key not in SETTINGS:
            meant = suggest(key, dict.fromkeys(SETTINGS, ""))
            raise MethodError(say("frames/no-setting", key=key, known=list(SETTINGS)).with_hint(meant))
    shown = {key: list(value) if isinstance(value, tuple) else value for key, value in settings.items()}
    return json.dumps(shown, ensure_ascii=False)


def _write_text(name: str, table: pd.DataFrame) -> TextTable:
    """Return the table as a file would have it: every cell as text, an empty one for what is missing."""
    plain = table if table.index.names == [None] else table.reset_index()
    if _GEOMETRY in plain:
        plain = _place_inside(plain)
    cells = {str(column): _show_cells(plain[column]) for column in plain.columns}
    frame = pd.DataFrame(cells, dtype="str").reset_index(drop=True)
    return TextTable(name, frame, np.arange(1, len(frame) + 1, dtype=np.int64))


def _place_inside(table: Any) -> pd.DataFrame:  # noqa: ANN401 - a GeoDataFrame, which this package does not import
    """Put a point inside each geometry where the table has no lon and lat, and leave the geometry out."""
    plain = pd.DataFrame(table.drop(columns=_GEOMETRY))
    if {"lon", "lat"} & set(plain.columns) or not hasattr(table, "to_crs"):
        return plain
    inside = table.set_geometry(table[_GEOMETRY].representative_point())
    points = (inside if inside.crs is None else inside.to_crs(_DEGREES))[_GEOMETRY]
    return plain.assign(lon=points.x.to_numpy(), lat=points.y.to_numpy())


def _show_cells(cells: "pd.Series[Any]") -> "pd.Series[str]":
    missing = cells.isna().to_numpy()
    texts = [_show(cell) for cell in cells]
    return pd.Series(np.where(missing, "", texts), index=cells.index, dtype="str")


def _show(cell: Any) -> str:  # noqa: ANN401 - whatever stands in a DataFrame
    """Return a cell as Excel shows it: whole floats without a point, others in full precision."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return repr(float(cell)) if isinstance(cell, float) else str(cell)
