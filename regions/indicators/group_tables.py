"""Lists of regions by batch, class or agglomeration: pilot cities, metropolitan areas -> groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from regions.errors import Fault
from regions.layouts.block import Block, Layout
from regions.layouts.cell_words import normalise_cell
from regions.layouts.title_lines import clean_stem
from regions.layouts.word_lists import whole
from regions.messages import say
from regions.study_frame import keep_main_level
from regions.tables.checked_table import CheckedTable


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """What lists of regions hold.

    Attributes
    ----------
    tables
        ``groups``: ``group`` and ``code`` (the word for the region); none when there is no such list.
    used
        Positions of their blocks.
    faults
        ``W-LEVEL``: provinces in a list of cities, or the reverse, are left out by name.
    """

    tables: dict[str, CheckedTable] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    faults: tuple[Fault, ...] = ()


def read_groups(layout: Layout, positions: Sequence[int]) -> Groups:
    """Read the blocks at ``positions`` that list regions, without any numbers, as groups.

    A column of batches or classes says the group; where there is none the title, the sheet or the file does.
    """
    parts = {position: part for position in positions if (part := _list_members(layout.blocks[position])) is not None}
    if not parts:
        return Groups()
    labels = dict.fromkeys(layout.blocks[position].label for position in parts)
    where = next(iter(labels)) if len(labels) == 1 else layout.path.name
    frame = pd.concat(list(parts.values()))
    kept = frame["code"].isin(list(keep_main_level(dict.fromkeys(frame["code"], 1.0))))
    other = list(dict.fromkeys(frame["code"][~kept]))
    faults = (Fault.of(where, say("W-LEVEL/list", rows=int((~kept).sum()), words=other)),) if other else ()
    table = CheckedTable(where, frame[kept], {"group": "group", "code": "code"})
    return Groups({"groups": table}, frozenset(parts), faults)


def _list_members(block: Block) -> pd.DataFrame | None:
    """Return group and region of every row; None where the block is no list of regions."""
    axes = block.axes
    if len(axes.regions) != 1 or axes.across or axes.numbers or axes.years_across or not block.header_lines:
        return None
    named = [
        place for place in (*axes.ignored, *axes.texts) if whole("group_headers").fullmatch(block.columns[place].name)
    ]
    if not named and axes.texts:
        return None
    words = [normalise_cell(text) for text in block.texts(axes.regions[0])]
    title = block.indicator or clean_stem(block.file.rpartition(".")[0])
    groups = [normalise_cell(text) or title for text in block.texts(named[0])] if named else [title] * len(words)
    frame = pd.DataFrame({"group": groups, "code": words}, index=list(block.lines), dtype="str")
    return frame[frame["code"] != ""]
