"""Long tables of links: two regions and a number in a row, or one region and the other in the name of the file."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.errors import Fault
from regions.forms.cell_numbers import find_row_years, locate, read_counts
from regions.forms.column_roles import Roles, find_column_unit, find_side, find_year_counts, fold_name, name_kind
from regions.forms.name_lists import clean_place
from regions.layouts.block import Block
from regions.layouts.cell_words import normalise_cell
from regions.layouts.place_words import is_place
from regions.messages import say
from regions.tables.checked_table import CheckedTable

_INTO = re.compile("迁入|流入|转入|输入|调入|引入|来自|inflow|inbound|into", re.IGNORECASE)
_FILLED = 0.5
_CODE = 6
_OUT_OF = re.compile("迁出|流出|转出|输出|调出|去往|outflow|outbound|out of", re.IGNORECASE)
_END = re.compile("(?:所在)?(?:地区|城市|省份|地|方|市|省)$")
_TOWARDS = r"\s*(?:流向|流入|流至|转移[到至向]|转让[给至]|输[往至到]|输出[到至]|迁[往至]|去往|→|->|=>|⇒)\s*"


@dataclass(frozen=True, slots=True, eq=False)
class LongLinks:
    """The links of a long table.

    Attributes
    ----------
    table
        ``source``, ``target``, ``weight`` (NaN where missing), ``year`` (Int64), ``kind`` and ``field`` where given;
        index: line.
    counted
        Header of the column that counts; "" where every row is one.
    directed
        Whether the words say which way a link goes (迁入, 流出).
    other
        The region that the file, sheet or title names, for tables of one region column; "".
    faults
        Cells that could not be read.
    """

    table: pd.DataFrame
    counted: str
    directed: bool
    other: str
    faults: tuple[Fault, ...]


def find_ends(block: Block, roles: Roles) -> tuple[int, int] | None:
    """Return the columns of the two ends of links, in the order of their sides; None where there are not two."""
    finest = [place for place in block.axes.regions if place in roles.places or not roles.parties]
    if len(finest) < 2:  # noqa: PLR2004 - a link has two ends
        finest = [place for place in roles.places if place not in block.axes.coarser]
    coded = all(_are_codes(block, place) for place in finest)  # codes are regions where no names stand beside them
    if len(finest) < 2 and not roles.parties and coded:  # noqa: PLR2004
        finest = [*finest, *(place for place in block.axes.ignored if _are_codes(block, place))]
    finest = [place for place in finest if sum(cell != "" for cell in block.cells[place]) > _FILLED * len(block.lines)]
    if len(finest) < 2 or roles.parties:  # noqa: PLR2004
        return None
    names = [fold_name(column.name or column.shown) for column in block.columns]
    sides = sorted(finest, key=lambda place: (find_side(names[place]), place))
    first = sides[0]
    second = next((place for place in sides[1:] if find_side(names[place]) != find_side(names[first])), sides[1])
    return first, second


def _are_codes(block: Block, place: int) -> bool:
    """Tell whether a column that was taken for codes holds those of regions."""
    cells = [cell for cell in dict.fromkeys(block.texts(place)) if cell.strip()]
    return len(cells) > 0 and all(len(cell) == _CODE and is_place(cell) for cell in cells[:200])


def find_other_end(block: Block, roles: Roles) -> str:
    """Return the region that title, sheet or file name as the other end of a list of one region's links; "" for none.

    A word for a direction (迁入, 流出) or for collaboration must stand there or in a header: 武汉迁入.xlsx.
    """
    axes = block.axes
    if roles.parties or len(axes.regions) != 1 or not block.places or not (axes.numbers or axes.years_across):
        return ""
    said = " ".join([block.file, block.sheet, *block.titles, *(column.name for column in block.columns)])
    directed = _INTO.search(said) or _OUT_OF.search(said) or re.search("合作|联系|协作|联合", said)
    return re.sub(r"[\d\s_-]+$", "", block.places[0]) if directed else ""


def read_links(block: Block, roles: Roles, ends: tuple[int, int] | str) -> LongLinks:
    """Read the rows of a long table.

    Parameters
    ----------
    ends
        The columns of the two ends, or the region at the other end of all rows.
    """
    where = locate(block)
    faults: list[Fault] = []
    frame, directed = _name_ends(block, ends)
    other = ends if isinstance(ends, str) else ""
    for name, position in (("kind", roles.kind), ("field", roles.field)):
        if position is not None:
            frame[name] = pd.array([cell.strip() for cell in block.texts(position)], dtype="str")
    frame = frame.set_axis(where.frame.index)
    by_year = find_year_counts(block, roles)
    if by_year:
        parts = [_read_year_column(block, place, frame, where, faults) for place in by_year]
        if len({block.columns[place].year for place in by_year}) < len(by_year) and "kind" not in frame:
            parts = [part.assign(kind=name_kind(block, place)) for part, place in zip(parts, by_year, strict=True)]
        return LongLinks(
            pd.concat(parts),
            " ".join(block.columns[p].shown for p in by_year),
            directed,
            other,
            tuple(faults),
        )
    frame["year"], found = find_row_years(block, roles.year, where)
    faults += found
    counted = block.columns[roles.counts[0]].shown if roles.counts else ""
    frame["weight"] = 1.0
    if counted:
        counts = read_counts(
            block.cells[roles.counts[0]], where, counted, unit=find_column_unit(block, roles.counts[0])
        )
        faults += counts.faults
        frame["weight"] = counts.numbers
    for end in ("source", "target"):
        empty = frame[end][(frame[end] == "").to_numpy()]
        faults += where.fault_cells(end, empty, say("E-MISSING/cell"))
    faults += where.fault_cells(
        counted, frame["weight"][frame["weight"] < 0], lambda weight: say("E-NEG", weight=weight)
    )
    return LongLinks(frame, counted, directed, other, tuple(faults))


def _name_ends(block: Block, ends: tuple[int, int] | str) -> tuple[pd.DataFrame, bool]:
    headers = [fold_name(column.name) for column in block.columns]
    if not isinstance(ends, str):
        cells = [_places(block, place) for place in ends]
        said = headers[ends[0]] + headers[ends[1]]
        way = _find_way(block, headers[ends[0]], headers[ends[1]])
        source, target = cells[::-1] if way < 0 else cells
        directed = bool(way) or bool(_INTO.search(said) and _OUT_OF.search(said))
        return pd.DataFrame({"source": source, "target": target}), directed
    listed = _places(block, block.axes.regions[0])
    here = pd.array([ends] * len(listed), dtype="str")
    header = headers[block.axes.regions[0]]
    said = " ".join([block.sheet, *block.titles, block.file])
    # the list says where links come from (迁出城市), or the file that they come in (武汉迁入)
    comes = bool(_OUT_OF.search(header) or _INTO.search(said)) and not _INTO.search(header)
    goes = bool(_INTO.search(header) or _OUT_OF.search(said)) and not comes
    source, target = (listed, here) if comes else (here, listed)
    return pd.DataFrame({"source": source, "target": target}), comes or goes


def _find_way(block: Block, one: str, other: str) -> int:
    """Return 1 where a title says that links go from one column to the other (甲地流向乙地), -1 for back, else 0."""
    said = " ".join([*block.titles, block.sheet, block.file]).casefold()
    ends = [re.escape(_END.sub("", name) or name) + f"(?:{_END.pattern[:-1]})?" for name in (one, other)]
    there, back = (re.search(_TOWARDS.join(pair), said) is not None for pair in (ends, ends[::-1]))
    return int(there) - int(back)


def _places(block: Block, position: int) -> "pd.api.extensions.ExtensionArray":
    texts = block.texts(position)
    cleaned = {cell: normalise_cell(clean_place(cell)) for cell in set(texts)}
    return pd.array([cleaned[cell] for cell in texts], dtype="str")


def _read_year_column(
    block: Block, place: int, frame: pd.DataFrame, where: CheckedTable, faults: list[Fault]
) -> pd.DataFrame:
    counts = read_counts(block.cells[place], where, block.columns[place].shown, unit=find_column_unit(block, place))
    faults += counts.faults
    year = pd.array([block.columns[place].year] * len(frame), dtype="Int64")
    weight = np.where(counts.blank, 0.0, counts.numbers)  # nothing in that year
    return frame.assign(year=year, weight=weight)
