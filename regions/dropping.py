"""Leave out rows that name an unknown region or actor, when the user asks for it, and count what is lost."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from regions.checked import CheckedTable
from regions.errors import Fault

_DROPPED = ("links", "actors", "records", "indicators")


def drop_unknown(
    tables: Mapping[str, CheckedTable], unknown: Iterable[Fault]
) -> tuple[dict[str, CheckedTable], list[Fault]]:
    """Leave out the rows of ``E-UNKNOWN`` faults in links, actors, records and indicators.

    Returns
    -------
    tables, faults
        The tables without those rows; ``W-DROPPED`` per table with the number of rows and, for links, the weight that
        are lost, in place of the faults about them. Other faults, ambiguous names among them, stay.
    """
    faults = list(unknown)
    kept = dict(tables)
    for name in _DROPPED:
        table = kept.get(name)
        if table is None:
            continue
        mine = [fault for fault in faults if fault.code == "E-UNKNOWN" and fault.file == table.file]
        lines = table.frame.index.isin([fault.row for fault in mine])
        if mine:
            kept[name] = CheckedTable(table.file, table.frame[~lines], table.headers, table.faults)
            faults = [fault for fault in faults if fault not in mine]
            faults.append(_describe(table, lines, mine))
    return kept, faults


def _describe(table: CheckedTable, lines: npt.NDArray[np.bool_], mine: list[Fault]) -> Fault:
    dropped = table.frame[lines]
    words = ", ".join(dict.fromkeys(fault.message.split("'")[1] for fault in mine if "'" in fault.message))[:200]
    lost, lost_zh = "", ""
    if "weight" in table.frame:
        share = dropped["weight"].sum() / table.frame["weight"].sum() if table.frame["weight"].sum() else 0.0
        lost = f", weight {dropped['weight'].sum():g} ({share:.1%} of all)"
        lost_zh = f"，权重合计 {dropped['weight'].sum():g}（占 {share:.1%}）"
    texts = (
        f"{len(dropped)} of {len(table.frame)} rows left out{lost}; unknown: {words}.",
        f"已略去 {len(table.frame)} 行中的 {len(dropped)} 行{lost_zh}；未知：{words}。",
    )
    return Fault("W-DROPPED", table.file, *texts)
