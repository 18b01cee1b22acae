"""Names of the cells of a worksheet, as Excel writes them."""

import re

Position = tuple[int, int]
"""Row and column, from 1."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


def name_cell(row: int, column: int) -> str:
    """Return the name of a cell as Excel writes it: 3, 2 -> B3."""
    return f"{name_column(column)}{row}"


def name_column(column: int) -> str:
    """Return the letters of a column: 2 -> B, 28 -> AB."""
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def parse_cell(reference: str) -> Position | None:
    """Return row and column of a cell name: B3 -> 3, 2; None when it is none."""
    match = _REFERENCE.match(reference.replace("$", "").upper())
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)), column
