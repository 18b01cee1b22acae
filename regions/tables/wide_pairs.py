"""A table of pairs as a square: one region per row, one per column, cells the measure."""

import numpy as np
import pandas as pd

from regions.files.text_table import TextTable
from regions.schema.cell_values import fold_header
from regions.schema.headers import match_headers
from regions.schema.tables import TABLES

MEASURE = "value"
"""Name of the measure of a square whose corner says none."""


def lengthen_pairs(table: TextTable) -> TextTable:
    """Turn a square table of pairs into a long one: ``source``, ``target``, [``year``], the measure.

    A square has neither a column of sources nor one of targets: its first column names a region per row, a column
    ``year`` may stand beside it, and every other header names a region. The corner names the measure. An empty cell is
    a pair that is not known, and makes no row.

    Parameters
    ----------
    table
        Of ``dyads``; a long one comes back as it is.

    Returns
    -------
    TextTable
        ``lines`` repeat: a row of the square makes many pairs.
    """
    headers = list(map(str, table.frame.columns))
    found = match_headers("dyads", headers)
    if {"source", "target"} <= set(found) or len(headers) < 3:  # noqa: PLR2004 - one region has no pairs
        return table
    first, year = headers[0], found.get("year")
    ends = [header for header in headers[1:] if header != year]
    words = ("code", *TABLES["indicators"]["code"].synonyms, *TABLES["dyads"]["source"].synonyms)
    named = fold_header(first) not in {"", *words}
    cells = table.frame[ends].to_numpy(dtype=object)
    row, column = np.nonzero(cells != "")
    long = {"source": table.frame[first].to_numpy(dtype=object)[row], "target": np.array(ends, dtype=object)[column]}
    if year is not None:
        long["year"] = table.frame[year].to_numpy(dtype=object)[row]
    long[first.strip() if named else MEASURE] = cells[row, column]
    frame = pd.DataFrame(long, dtype="str")
    return TextTable(table.file, frame, table.lines[row], table.warnings, table.header_line, table.suspect)
