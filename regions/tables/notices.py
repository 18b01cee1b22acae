"""What a planner should know about sound data before believing results: gaps in time, isolated parts, huge records."""

from collections.abc import Iterable, Mapping

import pandas as pd

from regions.errors import Fault
from regions.tables.validate import CheckedTable

HYPER_RECORD = 100
"""A record with more actors than this is named: its pairs may outweigh all others under full counting."""

_LONG_NAME = 100
_NEAR_DEGREES = 10.0
_RESERVED = frozenset({"geometry", "index", "level_0", "fid"})
_PLAIN_COLUMN = r"^[^\W\d][\w .()（）·/%-]*$"


def notice_cells(name: str, table: CheckedTable) -> list[Fault]:
    """Notice names that are very long or hold control characters, and column names that other programs reserve."""
    faults: list[Fault] = []
    for column in ("name", "name_zh"):
        if column not in table.frame or column not in table.headers:
            continue
        cells = table.frame[column]
        for line in cells.index[cells.str.len() > _LONG_NAME]:
            texts = (
                f"a name of {len(cells[line])} characters; it is cut where shown.",
                f"名称长 {len(cells[line])} 字，显示时截断。",
            )
            faults.append(table.fault("W-LONG", int(line), column, texts))
        control = cells.str.contains("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", regex=True)
        if control.any():
            texts = (
                f"{int(control.sum())} name(s) hold control characters; they are replaced where shown.",
                f"{int(control.sum())} 个名称含控制字符，显示时替换。",
            )
            faults.append(table.fault("W-CTRL", int(cells.index[control][0]), column, texts))
    own = pd.Series([column for column in table.frame.columns if column not in table.headers], dtype="str")
    odd = own[own.str.lower().isin(_RESERVED) | own.str.startswith("_") | ~own.str.match(_PLAIN_COLUMN)]
    if len(odd) and name == "regions":
        shown = ", ".join(repr(column) for column in odd)
        texts = (f"columns whose names other programs reserve: {shown}.", f"列名为其他软件的保留名：{shown}。")
        faults.append(Fault("W-COLS", table.file, *texts, row=1))
    return faults


def notice_tables(tables: Mapping[str, CheckedTable]) -> list[Fault]:
    """Notice calendar years without any link or record, and records with very many actors."""
    faults: list[Fault] = []
    for name in ("links", "records"):
        if name in tables and "year" in tables[name].frame:
            faults += _notice_years(tables[name])
    if "records" in tables and {"record", "actor"} <= set(tables["records"].frame.columns):
        faults += _notice_sizes(tables["records"])
    return faults


def _notice_years(table: CheckedTable) -> Iterable[Fault]:
    years = sorted({int(year) for year in table.frame["year"].dropna()})
    missing = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    if missing:
        spans = f"{missing[0]}" if len(missing) == 1 else f"{missing[0]} ... {missing[-1]}"
        texts = (
            f"nothing in {len(missing)} year(s) between {years[0]} and {years[-1]}: {spans}.",
            f"{years[0]} 年至 {years[-1]} 年间有 {len(missing)} 年没有数据：{spans}。",
        )
        yield table.fault("W-GAP", None, "year", texts)


def _notice_sizes(table: CheckedTable) -> Iterable[Fault]:
    sizes = table.frame.groupby("record", sort=False)["actor"].nunique()
    for record, size in sizes[sizes > HYPER_RECORD].head(5).items():
        pairs = size * (size - 1) // 2
        texts = (
            f"record {record} has {size:,} actors, {pairs:,} pairs; it may outweigh the others (see counting).",
            f"记录 {record} 有 {size:,} 个主体、{pairs:,} 对，可能压过其他记录（见计数方法）。",
        )
        yield table.fault("W-HYPER", None, "record", texts)


def notice_points(regions: pd.DataFrame, points: pd.DataFrame) -> list[Fault]:
    """Notice units at the same place (distance zero; methods that take its logarithm use a floor) or at 0, 0."""
    known = points.dropna()
    return [*_notice_null_island(regions, known), *_notice_doubled(regions, known)]


def _notice_null_island(regions: pd.DataFrame, known: pd.DataFrame) -> list[Fault]:
    """Notice a unit at 0, 0, where programs put what they know no place of, when no other unit is near there."""
    zero = (known == 0).all(axis=1)
    near = known[~zero].abs().max(axis=1) < _NEAR_DEGREES
    if not zero.any() or near.any():
        return []
    shown = ", ".join(f"{regions['name'][code]} ({code})" for code in known.index[zero][:6])
    texts = (
        f"at 0, 0, in the sea off Africa: {shown}.",
        f"坐标为 0, 0（位于非洲以西海上）：{shown}。",
    )
    hint = "Leave the point empty where it is unknown."
    return [Fault("W-ZEROPOINT", "regions", *texts, hint=hint, hint_zh="坐标未知时请留空。")]


def _notice_doubled(regions: pd.DataFrame, known: pd.DataFrame) -> list[Fault]:
    doubled = known[known.duplicated(keep=False)]
    if doubled.empty:
        return []
    shown = ", ".join(f"{regions['name'][code]} ({code})" for code in doubled.index[:6])
    shown_zh = "、".join(f"{regions['name_zh'][code]}（{code}）" for code in doubled.index[:6])
    texts = (
        f"regions at the same place: {shown}; their distance is zero.",
        f"坐标相同的地区：{shown_zh}；其间距离为零。",
    )
    return [Fault("W-ZERODIST", "regions", *texts)]


def notice_network(pairs: pd.DataFrame, units: list[str]) -> list[Fault]:
    """Notice a network of one region or none, and one that falls into several parts.

    Parameters
    ----------
    pairs
        ``source``, ``target``: links between units.
    units
        Codes of the units that are studied.
    """
    between = pairs[pairs["source"] != pairs["target"]]
    if between.empty:
        texts = (
            "no link between two regions; scores of position mean nothing.",
            "没有地区间联系，位置类得分没有意义。",
        )
        return [Fault("W-TRIVIAL", "links", *texts)]
    parts = _count_parts(between)
    if parts > 1:
        isolated = len(set(units) - set(between["source"]) - set(between["target"]))
        texts = (
            f"the network falls into {parts} parts that no link joins, and {isolated} region(s) without any link.",
            f"网络分为互不相连的 {parts} 个部分，另有 {isolated} 个地区没有任何联系。",
        )
        return [Fault("W-COMPONENTS", "links", *texts)]
    return []


def _count_parts(pairs: pd.DataFrame) -> int:
    leader: dict[str, str] = {}

    def find(code: str) -> str:
        while leader.setdefault(code, code) != code:
            leader[code] = leader[leader[code]]
            code = leader[code]
        return code

    for source, target in pairs[["source", "target"]].drop_duplicates().itertuples(index=False):
        leader[find(source)] = find(target)
    return len({find(code) for code in leader})
