"""Recognise the columns and the tables that people mean, in English and in Chinese."""

import re
from collections.abc import Iterable, Sequence

from regions.schema.cell_values import fold_header
from regions.schema.tables import TABLE_NAMES, TABLES

_UNIT = re.compile(r"[\s_]*[(\[][^()\[\]]*[)\]]$")
_DEEPEST_TITLE = 10


def match_headers(name: str, headers: Iterable[str]) -> dict[str, str]:
    """Map canonical columns of the table ``name`` to headers of a file.

    The exact name wins over a synonym, and a header without its unit or star (``权重（件）``, ``年份*``) counts when
    nothing fits exactly.
    """
    exact = {header: fold_header(header) for header in headers}
    plain = {header: _UNIT.sub("", key.strip("* ")).strip("* ") for header, key in exact.items()}
    found: dict[str, str] = {}
    for keys in (exact, plain):
        for canonical, column in TABLES[name].items():
            if canonical not in found:
                wanted = (canonical, *column.synonyms)
                matches = (header for word in wanted for header, key in keys.items() if key == word)
                match = next((header for header in matches if header not in found.values()), None)
                if match is not None:
                    found[canonical] = match
    return found


def has_required(name: str, headers: Iterable[str]) -> bool:
    """Tell whether a row holds every required column of the table ``name``."""
    found = match_headers(name, headers)
    named = name not in {"regions", "actors"} or {"name", "name_zh"} & set(found)
    return bool(named) and all(canonical in found for canonical, column in TABLES[name].items() if column.required)


def find_header(name: str, rows: Iterable[Sequence[str]]) -> int | None:
    """Return the position of the first of the leading rows that holds every required column, None if none does."""
    for position, row in zip(range(_DEEPEST_TITLE), rows, strict=False):
        if has_required(name, [cell for cell in row if cell.strip()]):
            return position
    return None


def recognise_table(word: str) -> str | None:
    """Return the table that a sheet or file of this name holds, None when it is no table's name."""
    key = fold_header(word)
    return next((name for name, words in TABLE_NAMES.items() if key == name or key in words), None)
