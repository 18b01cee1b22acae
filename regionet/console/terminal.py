"""Print to a terminal that may know neither colours nor Chinese, and trust no text from data."""

import json
import math
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import typer

from regionet.console.language import Language
from regions.messages import say

_MISSING = "-"
_LONGEST = 60
"""Characters of a cell that a table on the terminal shows; the files hold all of them."""


class Written(Protocol):
    """What is told of a run: where its files are."""

    folder: Path
    outputs: list[Path]


def prepare_streams() -> None:
    """Let a terminal print a replacement for a character that it does not know, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def escape(text: str) -> str:
    r"""Make control and formatting characters visible (``\x1b``), so that data cannot steer the terminal."""
    return "".join(
        character
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def tell(text: str) -> None:
    """Tell the user how far the work is, on stderr."""
    typer.echo(escape(text), err=True)


def show(text: str) -> None:
    """Print a result on stdout."""
    typer.echo(escape(text))


def show_json(run: Written, /, **told: object) -> None:
    """Print as JSON where the files of a run are and what is told of them; a table as the list of its rows."""
    rows = {name: json.loads(each.to_json(orient="records")) for name, each in told.items() if hasattr(each, "to_json")}
    files = [path.name for path in run.outputs]
    show(json.dumps({"out": str(run.folder), "files": files, **told, **rows}, ensure_ascii=False))


def refuse_book(out: Path, lang: Language) -> None:
    """Refuse to write a workbook over a file that is there, or under a name that Excel does not know."""
    if out.suffix.lower() != ".xlsx" or out.exists():
        told = say("out/exists" if out.exists() else "out/suffix", path=out)
        raise typer.BadParameter(told.text(lang), param_hint="--out")


def format_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Lay out rows in columns; a Chinese character takes two places, numbers stand on the right."""
    columns = [format_numbers([row[position] for row in rows]) for position in range(len(headers))]
    cells = [list(row) for row in zip(*columns, strict=True)]
    widths = [max(map(_width, column)) for column in zip(headers, *cells, strict=True)]
    right = [all(not isinstance(row[i], str) for row in rows) and bool(rows) for i in range(len(headers))]
    return "\n".join(
        "  ".join(_pad(cell, width, right=side) for cell, width, side in zip(line, widths, right, strict=True)).rstrip()
        for line in [list(headers), *cells]
    )


def format_numbers(values: Sequence[object]) -> list[str]:
    """Write the numbers of a column with the same number of decimals, as few as tell its largest; never as 9e-05."""
    known = [abs(value) for value in values if isinstance(value, float) and value == value]  # noqa: PLR0124 - NaN
    largest = max(known, default=0.0)
    whole = all(value == round(value) for value in known)
    decimals = 0 if whole or largest >= 1000 else 1 if largest >= 10 else 2 if largest >= 1 else 3  # noqa: PLR2004
    if 0 < largest < 0.001:  # noqa: PLR2004 - three decimals would show nothing
        decimals = 1 - math.floor(math.log10(largest))
    return [_format_cell(value, decimals) for value in values]


def _format_cell(value: object, decimals: int) -> str:
    if isinstance(value, str):
        shown = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
        return escape(shown).replace("\n", " ")
    if value is None or value != value:  # noqa: PLR0124 - NaN is the one value that differs from itself
        return _MISSING
    return f"{value:,.{decimals}f}" if isinstance(value, float) else f"{value:,}"


def _pad(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if right else cell + blanks


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
