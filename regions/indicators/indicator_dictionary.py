"""The dictionary of indicators: unit, description and source out of titles, notes and sheets of remarks."""

import numpy as np
import pandas as pd

from regions.indicators.joined_facts import Joined
from regions.layouts.block import Layout
from regions.layouts.cell_words import normalise_cell
from regions.layouts.unit_words import find_unit_line, is_unit

_FIRST_ROWS = 40
_LONGEST = 300
_CLOSE = 1e-6


def describe_indicators(layout: Layout, joined: Joined) -> pd.DataFrame:
    """Return the dictionary: unit, what the titles say, the source that the notes name."""
    rows = []
    for name, positions in joined.origins.items():
        blocks = [layout.blocks[position] for position in positions]
        titles = dict.fromkeys(
            title for block in blocks for title in block.titles if not find_unit_line(title) and not is_unit(title)
        )
        notes = dict.fromkeys(row.text for block in blocks for row in block.left_out if row.kind == "note")
        sources = [note for note in notes if "来源" in note or "source" in note.casefold()]
        files = {block.file for block in blocks}
        unit = joined.units[name] or _unit_of_sum(joined, name) or _unit_of_remarks(layout, files)
        shown = " ".join(titles)[:_LONGEST] or name
        rows.append((name, unit, unit, shown, shown, " ".join(sources)[:_LONGEST] or blocks[0].file))
    columns = ["column", "unit", "unit_zh", "description", "description_zh", "source"]
    return pd.DataFrame(rows, columns=columns, dtype="str", index=range(1, len(rows) + 1))


def _unit_of_sum(joined: Joined, name: str) -> str:
    """Return the unit of the columns before an indicator where it is the sum of two or more of them."""
    before = list(joined.units)[: list(joined.units).index(name)]
    total = joined.frame[name].to_numpy(dtype=float)
    known = ~np.isnan(total)
    unit = joined.units[before[-1]] if before else ""
    summed = np.zeros(len(total))
    for count, other in enumerate(reversed(before), 1):
        if not unit or joined.units[other] != unit or not known.any():
            return ""
        summed = summed + joined.frame[other].to_numpy(dtype=float)
        if count > 1 and np.allclose(summed[known], total[known], rtol=_CLOSE, atol=0):
            return unit
    return ""


def _unit_of_remarks(layout: Layout, files: set[str]) -> str:
    """Return the unit that a sheet of remarks in the same file names, if it names exactly one."""
    texts = [row for sheet in layout.passed_over if sheet.label.partition("[")[0] in files for row in sheet.texts]
    texts += [
        tuple(normalise_cell(column[row]) for column in block.cells)
        for block in layout.blocks
        if block.file in files and not block.header_lines
        for row in range(min(len(block.lines), _FIRST_ROWS))
    ]
    found = {_read_unit(row[1]) for row in texts if len(row) > 1 and ("单位" in row[0] or "unit" in row[0].casefold())}
    found |= {find_unit_line(cell) for row in texts for cell in row}
    found -= {""}
    return found.pop() if len(found) == 1 else ""


def _read_unit(text: str) -> str:
    """Return the Chinese one of a unit in two languages."""
    words = [word for word in text.split() if is_unit(word)]
    return next((word for word in words if not word.isascii()), words[0] if words else text if is_unit(text) else "")
