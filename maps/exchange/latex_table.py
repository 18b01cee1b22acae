"""Tables for papers: LaTeX with booktabs, every text escaped."""

from collections.abc import Sequence
from math import isfinite

import pandas as pd

from maps.words.codebook import build_headers
from maps.words.number_words import choose_decimals, write_number

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "−": "$-$",
    "↔": r"$\leftrightarrow$",
    "≥": r"$\geq$",
}


def to_latex(
    table: pd.DataFrame, *, caption: str = "", label: str = "", language: str = "en", decimals: int | None = None
) -> str:
    r"""Return a table as LaTeX, for the packages ``booktabs`` and, with Chinese in it, ``ctex`` or ``xeCJK``.

    Parameters
    ----------
    table
        Any columns; the index is left out. Known columns get their header of the codebook.
    caption, label
        Of the float; without a caption the bare ``tabular`` is returned.
    language
        ``zh`` or ``en``, of the headers.
    decimals
        Of floating-point columns; None: none for whole numbers, three up to 1, else one. A missing value is empty.

    Returns
    -------
    str
        Numbers stand right, text left; nothing in a text is taken for a command.

    Examples
    --------
    >>> print(to_latex(pd.DataFrame({"name": ["R&D"], "gap": [8.44]})))
    \begin{tabular}{lr}
    \toprule
    Name & Gap \\
    \midrule
    R\&D & 8.4 \\
    \bottomrule
    \end{tabular}
    <BLANKLINE>
    """
    headers = list(build_headers(map(str, table.columns), language).values())
    columns = [spell_column(table.iloc[:, place], decimals=decimals) for place in range(table.shape[1])]
    numeric = [is_number(table.iloc[:, place]) for place in range(table.shape[1])]
    return lay_out_latex(headers, list(zip(*columns, strict=True)), numeric, caption=caption, label=label)


def lay_out_latex(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    *,
    caption: str = "",
    label: str = "",
) -> str:
    """Return cells that are text already as LaTeX, see `to_latex`."""
    spec = "".join("r" if number else "l" for number in numeric)
    body = [_write_row(headers), r"\midrule", *map(_write_row, rows)]
    lines = [rf"\begin{{tabular}}{{{spec}}}", r"\toprule", *body, r"\bottomrule", r"\end{tabular}"]
    if caption:
        named = [rf"\label{{{label}}}"] if label else []
        lines = [
            r"\begin{table}",
            r"\centering",
            rf"\caption{{{escape_latex(caption)}}}",
            *named,
            *lines,
            r"\end{table}",
        ]
    return "\n".join(lines) + "\n"


def escape_latex(text: str) -> str:
    """Return a text that LaTeX prints as it is; a line end becomes a blank."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return "".join(_ESCAPED.get(letter, letter) for letter in plain)


def _write_row(cells: Sequence[str]) -> str:
    return " & ".join(map(escape_latex, cells)) + r" \\"


def is_number(values: pd.Series) -> bool:
    """Tell whether a column holds numbers."""
    return bool(pd.api.types.is_numeric_dtype(values)) and not pd.api.types.is_bool_dtype(values)


def spell_column(values: pd.Series, *, decimals: int | None = None) -> list[str]:
    """Return a column as text: grouped numbers, a true minus, an empty cell where a value is missing.

    Examples
    --------
    >>> spell_column(pd.Series([12345.678, float("nan"), -1])), spell_column(pd.Series([0.5, 0.25]))
    (['12,345.7', '', '−1.0'], ['0.500', '0.250'])
    """
    if not is_number(values):
        return ["" if pd.isna(value) else str(value) for value in values]
    numbers = [float(value) if pd.notna(value) else float("nan") for value in values]
    known = [value for value in numbers if isfinite(value)]
    places = choose_decimals(known) if decimals is None else decimals
    return [write_number(value, places) if isfinite(value) else "" for value in numbers]
