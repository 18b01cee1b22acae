"""Cells with several names: parted by semicolons, bars and line breaks, by 、 where every part is a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regions.arrays import Integers
from regions.layouts.cell_words import normalise_cell
from regions.schema.kind_of_name import guess_kind

_SURE = re.compile(r"[;；|｜\r\n]+")
_LIKELY = re.compile("[、，]+")
_ANY = re.compile(r"[;；|｜\r\n、，]")
_CODE_BEHIND = re.compile(r"[;；|｜]\s*\d{1,6}\s*$")
_ADDRESS = re.compile(
    r"^(?:中国|[\d\s]+)*((?:[\u3400-\u9fff]{2,8}?(?:省|自治区|特别行政区))?(?:[\u3400-\u9fff]{2,10}?(?:市|自治州|地区|盟))?)"
)


@dataclass(frozen=True, slots=True, eq=False)
class NameList:
    """The names of a column, one after the other.

    Attributes
    ----------
    row
        (n,) row of the block in which each name stands.
    place
        (n,) its position in the cell.
    names
        n names, cleaned.
    several
        (rows,) how many names each cell holds.
    """

    row: Integers
    place: Integers
    names: list[str]
    several: Integers


def split_names(cell: str) -> list[str]:
    """Split a cell with several names; a mark that may stand in a name parts only what are names on both sides.

    Examples
    --------
    >>> split_names("江东大学;甲机械有限公司"), split_names("江东大学、甲机械有限公司"), split_names("第一、第二医院")
    (['江东大学', '甲机械有限公司'], ['江东大学', '甲机械有限公司'], ['第一、第二医院'])
    """
    if not _ANY.search(cell):  # nearly all
        name = normalise_cell(cell)
        return [name] if name else []
    names = [name for name in map(normalise_cell, _SURE.split(cell)) if name]
    if len(names) == 1:
        likely = [name for name in map(normalise_cell, _LIKELY.split(cell)) if name]
        if len(likely) > 1 and all(guess_kind(name) != "other" for name in likely):
            return likely
    return names


def list_names(cells: Sequence[str]) -> NameList:
    """Split every cell of a column; each different cell is split once."""
    split = {cell: split_names(cell) for cell in set(cells)}
    lists = [split[cell] for cell in cells]
    several = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    row = np.repeat(np.arange(len(lists)), several)
    starts = np.cumsum(several) - several
    place = np.arange(len(row)) - np.repeat(starts, several)
    return NameList(row, place, [name for names in lists for name in names], several)


def share_cells(cells: Sequence[str], names: NameList) -> list[str]:
    """Give every name its part of another column: one each where a cell has as many parts, else all to the first.

    Returns
    -------
    list
        As long as ``names.names``; "" for names that have no part.
    """
    if names.several.max(initial=0) <= 1:  # as a rule
        cleaned = {cell: normalise_cell(cell) for cell in set(cells)}
        return [cleaned[cells[row]] for row in names.row.tolist()]
    parts: dict[tuple[str, int], list[str]] = {}
    shared = []
    for row, place in zip(names.row.tolist(), names.place.tolist(), strict=True):
        key = cells[row], int(names.several[row])
        if key not in parts:
            parts[key] = _share(*key)
        shared.append(parts[key][place])
    return shared


def _share(cell: str, count: int) -> list[str]:
    if count == 1:
        return [normalise_cell(cell)]
    parts = [normalise_cell(part) for part in _SURE.split(cell)]
    if len(parts) != count:
        parts = [normalise_cell(part) for part in _LIKELY.split(cell)] if len(parts) == 1 else parts
    return parts if len(parts) == count else [normalise_cell(cell), *[""] * (count - 1)]


def clean_place(cell: str) -> str:
    """Return a cell about a place without a code behind it (江苏;32), and of an address only where it begins.

    Examples
    --------
    >>> clean_place("江苏;32"), clean_place("浙江省杭州市西湖区某路1号"), clean_place("南京;合肥")
    ('江苏', '浙江省杭州市', '南京;合肥')
    """
    bare = _CODE_BEHIND.sub("", cell)
    found = _ADDRESS.match(bare.strip())
    if found and found.group(1) and _looks_like_address(bare[found.end(1) :]):
        return found.group(1)
    return bare


def _looks_like_address(rest: str) -> bool:
    """Tell whether what follows a region is the rest of an address: it has a number, or names a road or a district."""
    return (bool(re.search(r"\d|[路街道号镇乡村楼座室]|[区县]$", rest)) and not _SURE.search(rest)) or rest == ""
