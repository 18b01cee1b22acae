"""Values below 0 where the unit says that there is nothing less: people, pieces, lengths, money that is no balance."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

import numpy as np
import pandas as pd

from regions.errors import Fault
from regions.layouts.unit_words import is_unit
from regions.layouts.word_lists import any_of
from regions.messages import say
from regions.tables.checked_table import CheckedTable
from regions.words import Words

_KEYS = frozenset({"code", "year"})
_SHOWN = 3
_SIZE = re.compile("^(?:[十百千]?[万亿]|[十百千])(?=.)")
_END = re.compile("[,，;；/]")


def warn_negative(tables: Mapping[str, CheckedTable]) -> Iterator[Fault]:
    """Warn of negative values whose unit bears none; they are used as they stand.

    Parameters
    ----------
    tables
        ``indicators`` with codes in place of names; ``regions`` names them, ``dictionary`` may say units.

    Yields
    ------
    Fault
        ``W-NEGATIVE``, one per column: how many, and the first with row, region, year and value. Percentages, degrees,
        and what may be a change, a balance or a loss by its name are not judged, nor is a column without a unit.
    """
    table = tables.get("indicators")
    if table is None or "code" not in table.frame:
        return
    told = tables["dictionary"].frame if "dictionary" in tables else pd.DataFrame()
    units = dict(zip(told["column"], told["unit"], strict=True)) if {"column", "unit"} <= set(told) else {}
    for column in table.frame.columns.difference(list(_KEYS), sort=False):
        cells = table.frame[column]
        unit = table.find_unit(str(column)) or str(units.get(column) or "")
        if not pd.api.types.is_numeric_dtype(cells) or not bears_no_negative(str(column), unit):
            continue
        places = np.flatnonzero((cells < 0).to_numpy(dtype=bool, na_value=False))
        if len(places):
            shown = list(_show(table.frame.iloc[places[:_SHOWN]], str(column), tables["regions"].frame))
            yield table.fault(say("W-NEGATIVE", unit=unit, count=len(places), shown=shown), None, str(column))


def bears_no_negative(name: str, unit: str) -> bool:
    """Tell whether an indicator cannot be below 0, by its unit and its name.

    Examples
    --------
    >>> bears_no_negative("研发经费", "亿元"), bears_no_negative("利润总额", "亿元"), bears_no_negative("增长率", "%")
    (True, False, False)
    """
    first = _END.split(unit)[0].strip()
    bare = _SIZE.sub("", first)
    signed = re.search(any_of("signed_names"), name, re.IGNORECASE)
    return is_unit(first) and not re.fullmatch(any_of("signed_units"), bare, re.IGNORECASE) and not signed


def _show(rows: pd.DataFrame, column: str, regions: pd.DataFrame) -> Iterator[Words]:
    """Name row, region, year and value of cells."""
    known = regions.drop_duplicates("code").set_index("code")
    for line, row in rows.iterrows():
        code = str(row["code"])
        names = [str(known[key].get(code, code)) if key in known else code for key in ("name", "name_zh")]
        en, zh = names[0] or names[1], names[1] or names[0]
        year = str(int(row["year"])) if "year" in row and pd.notna(row["year"]) else ""
        value = f"{float(cast('float', row[column])):,g}"
        dated = (f" {year}", f" {year} 年") if year else ("", "")
        yield Words(f"row {line}, {en}{dated[0]}: {value}", f"第 {line} 行{zh}{dated[1]}为 {value}")
