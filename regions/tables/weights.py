"""The weights of links: which column counts, what a row without a number means, what must not count 1 in silence."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from regions.errors import Fault
from regions.messages import say
from regions.schema.cell_values import fold_header, parse_numbers
from regions.schema.headers import match_headers
from regions.tables.checked_table import MOST_LISTED, CheckedTable
from regions.tables.references import name_lines
from regions.tables.typed_columns import find_absent

_NO_COUNT = re.compile(
    "序号|编号|代码|编码|排名|位次|名次|占比|比重|比例|年份|年度|经度|纬度|电话|邮编|增减|增长|增幅|增速|增量|同比|环比|[比较](?:上年|去年)|%"
    r"|^(no|id|rank|share|percent\w*|year|lon|lat|longitude|latitude)\b|_id$|_code$|\bcode$"
)
"""Headers of numbers that count nothing: running numbers, codes, ranks, shares, years, coordinates, changes."""
_COUNTED = re.compile("数$|数量$|频次$|count$|copatents$")
_MOSTLY = 0.9


def drop_unavailable(table: CheckedTable, cells: "pd.Series[str]") -> CheckedTable:
    """Leave out links whose weight is said not to be there (—, 无, N/A, …), and count them.

    Parameters
    ----------
    table
        The links.
    cells
        Its weights as they stand; index: line.
    """
    absent = (find_absent(cells) != "").to_numpy()
    if not absent.any():
        return table
    left_out = say("W-MISSING/links", count=int(absent.sum()), lines=name_lines(table.frame.index[absent]))
    table.faults.append(table.fault(left_out, None, "weight"))
    return table.with_frame(table.frame[~absent])


def check_weights(table: CheckedTable) -> CheckedTable:
    """Give links without a weight the weight 1, refuse negative ones, leave out zero ones and say so.

    ``E-WEIGHT`` where every weight would be 1 although a column of numbers stands beside.
    """
    frame = table.frame
    table.faults.extend(find_unused_counts(table))
    if "weight" not in frame:
        return table.with_frame(frame.assign(weight=1.0))
    unwritten = {fault.row for fault in table.faults if fault.column == table.headers.get("weight")}
    empty = frame["weight"][frame["weight"].isna() & ~frame.index.isin(list(filter(None, unwritten)))]
    empty = empty if len(unwritten) < MOST_LISTED else empty[:0]  # bad numbers beyond those listed are NaN too
    table.faults.extend(table.fault_cells("weight", empty, say("E-MISSING/weight")))
    negative = frame["weight"][frame["weight"] < 0]
    table.faults.extend(table.fault_cells("weight", negative, lambda weight: say("E-NEG", weight=weight)))
    zero = frame["weight"] == 0
    if zero.any():
        left_out = say("W-ZERO", count=int(zero.sum()), lines=name_lines(frame.index[zero]))
        table.faults.append(table.fault(left_out, None, "weight"))
    return table.with_frame(frame[~zero])


def find_unused_counts(table: CheckedTable, *, records: bool = False) -> Iterable[Fault]:
    """Find columns of numbers that nothing uses while every row counts 1: which of them counts must be said.

    Parameters
    ----------
    table
        Links, or with ``records`` participations, among whose own columns only those named like a count matter.
    """
    weight = table.frame.get("weight")
    needed = {"record", "actor"} if records else {"source", "target"}
    if not needed <= set(table.frame.columns) or (weight is not None and not (weight == 1).all()):
        return
    names = [str(name) for name in table.frame.columns if name not in table.headers and name != "weight"]
    if records or weight is not None:
        names = [name for name in names if _is_count(name)]
    unused = [name for name in names if holds_counts(name, table.frame[name])]
    if unused:
        yield table.fault(say("E-WEIGHT/unused", columns=unused), None, unused[0])


def counts_nothing(header: str) -> bool:
    """Tell whether a header is that of numbers that count nothing: running numbers, codes, ranks, shares, years."""
    return bool(_NO_COUNT.search(fold_header(header)))


def _is_count(header: str) -> bool:
    return "weight" in match_headers("links", [header]) or bool(_COUNTED.search(fold_header(header)))


def holds_counts(header: str, cells: "pd.Series[str]") -> bool:
    """Tell whether a column of text may be a count: numbers, not all the same, and no running number, code or share."""
    if counts_nothing(header):
        return False
    filled = cells[cells.str.strip() != ""]
    numbers = parse_numbers(filled)
    known = numbers.dropna()
    told = known.size + int((find_absent(filled) != "").sum())
    if known.empty or told < _MOSTLY * len(filled) or (known == 1).all():
        return False
    running = len(known) > 1 and bool((np.diff(known.to_numpy()) == 1).all())
    return not running
