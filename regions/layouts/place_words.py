"""Whether a word names a region of any embedded study."""

import csv
from functools import lru_cache
from pathlib import Path
from typing import Any

from regions.frames.name_index import shorten
from regions.layouts.cell_words import drop_marks, plain

_DATA = Path(__file__).parents[1] / "data"


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    found = set()
    for file in ("china",):
        with (_DATA / file / "regions.csv").open(encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                found |= {row["code"], *(shorten(row[key]) for key in ("name", "name_zh"))}
    return frozenset(found)


@lru_cache(maxsize=100_000)
def is_place(word: str) -> bool:
    """Tell whether a word names a region."""
    text = drop_marks(plain(word))
    if shorten(text) in _names():
        return True
    return any(text[:cut] and shorten(text[:cut]) in _names() and shorten(text[cut:]) in _names() for cut in (2, 3, 4))


def names_place(cell: Any) -> bool:  # noqa: ANN401 - whatever stands in a cell
    """Tell whether a cell names a region; whole numbers may be codes."""
    if isinstance(cell, str):
        return is_place(cell) if cell else False
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return cell == cell // 1 and 100_000 <= cell < 1_000_000 and is_place(str(int(cell)))  # noqa: PLR2004 - GB codes
    return False
