"""Lines of CSV from a table, a part at a time: a table of millions of rows takes no second one beside it."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from maps.exchange.significant_digits import round_digits
from regions.files.formulas import guard_formula

_ROWS = 20_000
_QUOTED = re.compile('[,"\r\n]')


def list_lines(table: pd.DataFrame, *, digits: int | None = None) -> Iterator[str]:
    r"""Yield the header and the rows, each with a line feed; the index is left out.

    Numbers are written so that they read back as they are, a missing value as an empty cell, text quoted where it holds
    a comma, a quotation mark or a line end, and guarded by `regions.files.formulas.guard_formula`.

    Parameters
    ----------
    table
        Any columns.
    digits
        Round floating-point columns to so many significant digits; None keeps every bit.

    Examples
    --------
    >>> list(list_lines(pd.DataFrame({"name": ["a,b", None], "x": [0.5, float("nan")]})))
    ['name,x\n', '"a,b",0.5\n', ',\n']
    """
    yield ",".join(_quote(str(name)) for name in table.columns) + "\n"
    blank = '""' if table.shape[1] == 1 else ""  # an empty line would be no row
    for start in range(0, len(table), _ROWS):
        part = table.iloc[start : start + _ROWS]
        columns = [_spell(part.iloc[:, place], digits) for place in range(table.shape[1])]
        yield from (f"{','.join(cells) or blank}\n" for cells in zip(*columns, strict=True))


def _spell(values: "pd.Series[Any]", digits: int | None) -> list[str]:
    """Return the cells of a column; each different number or text is spelled once."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "f":
        numbers = values.to_numpy(dtype=np.float64)
        rounded = numbers if digits is None else round_digits(numbers, digits=digits)
        codes, bits = pd.factorize(rounded.view(np.int64))  # by its bits: -0.0 is not 0.0
        words = ["" if number != number else repr(number) for number in bits.view(np.float64).tolist()]  # noqa: PLR0124
        return list(np.array(words, dtype=object)[codes])
    if isinstance(values.dtype, pd.StringDtype):
        codes, texts = pd.factorize(values)
        return list(np.array([*(_quote(guard_formula(text)) for text in texts), ""], dtype=object)[codes])
    cells = values.astype(object).to_numpy()
    return ["" if lacking else _spell_cell(cell) for cell, lacking in zip(cells, values.isna(), strict=True)]


def _spell_cell(cell: object) -> str:
    return _quote(str(guard_formula(cell)))


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
