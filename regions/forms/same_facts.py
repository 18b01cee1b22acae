"""Tables of the same facts are compared and never added: two sheets of one year, both directions, running sums."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from regions.errors import Fault
from regions.forms.totals import count_by_year
from regions.frames.name_index import shorten
from regions.messages import say
from regions.understood import Total

_KINDS = {
    "patent": "专利|patent|发明",
    "paper": "论文|文献|发文|合著|paper|publication|article",
    "project": "项目|课题|project|grant",
    "contract": "合同|技术交易|成交|contract|deal",
    "investment": "投资|融资|invest",
    "transfer": "转让|转移|许可|licen[cs]e|transfer",
}
_REASONS = {
    "equal": "facts/equal",
    "mirrored": "facts/mirrored",
    "running": "facts/running",
    "whole": "facts/whole",
}
_SAME = 1e-9
_MOSTLY, _HARDLY = 0.9, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class LinkTable:
    """Links between regions of one block.

    Attributes
    ----------
    label
        File and sheet.
    frame
        ``source``, ``target``, ``weight`` (NaN: missing), ``year`` (Int64) and, where given, ``kind``, ``field``;
        index: line.
    said
        What header, title and name of the sheet say, for the kind of fact.
    counted
        Header of the column that counts, "" for none.
    directed
        Whether the order of the ends means something.
    headers
        ``source`` and ``target`` -> the header of their column in the file, where each has one.
    """

    label: str
    frame: pd.DataFrame
    said: str
    counted: str = ""
    directed: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """What came of comparing.

    Attributes
    ----------
    kept
        Tables that are added up.
    totals
        What each table sums to, by year.
    faults
        ``W-SAMEFACTS`` for each table passed over, ``E-FACTS`` where it must be asked.
    """

    kept: tuple[LinkTable, ...]
    totals: tuple[Total, ...]
    faults: tuple[Fault, ...]


def find_kind(said: str) -> str:
    """Return what kind of fact a header, title or sheet name is about; "" when it says none or several.

    Examples
    --------
    >>> find_kind("2021年合作专利数"), find_kind("合同成交额"), find_kind("联系强度")
    ('patent', 'contract', '')
    """
    found = [kind for kind, words in _KINDS.items() if re.search(words, said, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def settle(tables: Sequence[LinkTable]) -> Settled:
    """Keep what is different facts, pass over what tells the same again, ask where two tables disagree.

    Tables of different kinds (patents, papers) stay apart by ``kind``. Of one kind, tables of different years or of
    different pairs are parts of one. Where years and pairs are the same, equal numbers, numbers seen from the other
    end, running sums, and sums over the years are the same facts.
    """
    tables = sorted(tables, key=lambda table: table.frame["year"].isna().all())  # sums over the years come last
    kinds = [find_kind(f"{table.counted} {table.said}") for table in tables]
    apart = len({kind for kind in kinds if kind}) > 1
    kept: list[LinkTable] = []
    faults: list[Fault] = []
    totals: list[Total] = []
    for table, kind in zip(tables, kinds, strict=True):
        same = [other for other in kept if not apart or find_kind(f"{other.counted} {other.said}") == kind]
        rivals = [_join(same), *same] if len(same) > 1 and table.frame["year"].isna().all() else same
        how = next(((other, said) for other in rivals if (said := _compare(other, table))), None)
        if how is None:
            kept.append(table)
            totals += count_by_year(table.label, table.frame, say("role/links").words)
            continue
        other, said = how
        if said == "differ":
            faults.append(Fault.of(table.label, say("E-FACTS", other=other.label, **_sums(other, table))))
            continue
        reason = say(_REASONS[said]).words
        faults.append(
            Fault.of(table.label, say("W-SAMEFACTS/links", other=other.label, reason=reason, **_sums(other, table)))
        )
        totals += count_by_year(table.label, table.frame, say("role/compared", reason=reason).words)
    if apart:
        kept = [_name_kind(table) for table in kept]
        faults.append(Fault.of(", ".join(table.label for table in kept), say("W-KINDS")))
    return Settled(tuple(kept), tuple(totals), tuple(faults))


def _join(tables: Sequence[LinkTable]) -> LinkTable:
    """Return the tables as one."""
    frame = pd.concat([table.frame for table in tables])
    return replace(tables[0], label=", ".join(table.label for table in tables), frame=frame)


def _sums(one: LinkTable, other: LinkTable) -> dict[str, float]:
    return {"here": float(other.frame["weight"].sum()), "there": float(one.frame["weight"].sum())}


def _name_kind(table: LinkTable) -> LinkTable:
    kind = find_kind(f"{table.counted} {table.said}")
    if not kind or "kind" in table.frame:
        return table
    return replace(table, frame=table.frame.assign(kind=pd.array([kind] * len(table.frame), dtype="str")))


def _compare(one: LinkTable, other: LinkTable) -> str:
    """Return how two tables tell the same facts: ``equal``, ``mirrored``, ``running``, ``whole``; ``differ``, or ""."""
    first, second = _sum_pairs(one), _sum_pairs(other)
    years, others = set(first.index.get_level_values("year")), set(second.index.get_level_values("year"))
    if (years == {0}) != (others == {0}):
        several, single = (first, second) if others == {0} else (second, first)
        summed = several.groupby(level=["source", "target"]).sum()
        single = single.groupby(level=["source", "target"]).sum()
        return (
            "whole"
            if _share_equal(summed, single) >= _MOSTLY
            else "differ"
            if _overlap(summed, single) > _HARDLY
            else ""
        )
    if not years & others:
        return ""
    first, second = (each[each.index.get_level_values("year").isin(years & others)] for each in (first, second))
    if _is_running(one.frame, other.frame) or _is_running(other.frame, one.frame):
        return "running"
    turned = second.swaplevel("source", "target").set_axis(
        second.swaplevel("source", "target").index.set_names(first.index.names)
    )
    for said, table in (("equal", second), ("mirrored", turned)):
        if _overlap(first, table) > _HARDLY and _share_equal(first, table) >= _MOSTLY:
            return said
    return "differ" if _overlap(first, second) > _HARDLY else ""


def _sum_pairs(table: LinkTable) -> "pd.Series[float]":
    """Return the weight by year (0: none), source and target, names without suffix, ends in order if undirected."""
    frame = table.frame
    ends = [
        frame[end].map({word: shorten(word) for word in frame[end].unique()}).to_numpy(dtype=object)
        for end in ("source", "target")
    ]
    if not table.directed:
        swap = ends[0] > ends[1]
        ends = [np.where(swap, ends[1], ends[0]), np.where(swap, ends[0], ends[1])]
    year = frame["year"].fillna(0).astype(int).to_numpy() if "year" in frame else 0
    keyed = pd.DataFrame({"year": year, "source": ends[0], "target": ends[1], "weight": frame["weight"].to_numpy()})
    sums: pd.Series[float] = keyed.groupby(["year", "source", "target"])["weight"].sum()
    return sums[sums != 0]


def _overlap(one: "pd.Series[float]", other: "pd.Series[float]") -> float:
    """Return the share of the pairs of the smaller table that the other has too."""
    smaller = min(len(one), len(other))
    return len(one.index.intersection(other.index)) / smaller if smaller else 0.0


def _share_equal(one: "pd.Series[float]", other: "pd.Series[float]") -> float:
    """Return the share of the common pairs that have the same weight in both."""
    common = one.index.intersection(other.index)
    if not len(common):
        return 0.0
    a, b = one.loc[common].to_numpy(), other.loc[common].to_numpy()
    return float((np.abs(a - b) <= _SAME * np.maximum(np.abs(a), np.abs(b))).mean())


def _is_running(plain: pd.DataFrame, running: pd.DataFrame) -> bool:
    """Tell whether the second table, row by row, is the running sum of the first by pair."""
    if len(plain) != len(running) or len(plain) < 3:  # noqa: PLR2004 - two rows prove nothing
        return False
    ends = ["source", "target"]
    if not (plain[ends].to_numpy() == running[ends].to_numpy()).all():
        return False
    sums = plain.groupby(ends)["weight"].cumsum().to_numpy()
    found = running["weight"].to_numpy()
    repeated = plain.duplicated(ends).any()
    return bool(repeated and np.allclose(sums, found, rtol=1e-6, atol=1e-3, equal_nan=True))


def compare_detail(detail: Iterable[Total], summary: Iterable[Total]) -> list[tuple[int | None, float, float]]:
    """Return year, sum of the detail of units and sum of the table of regions, for years that both have.

    Examples
    --------
    >>> role = say("role/detail").words
    >>> compare_detail([Total("a", role, 2021, 3, 9.0, 1)], [Total("b", role, 2021, 2, 10.0, 0)])
    [(2021, 9.0, 10.0)]
    """
    sums: list[dict[int | None, float]] = []
    for totals in (detail, summary):
        found: dict[int | None, float] = {}
        for total in totals:
            found[total.year] = found.get(total.year, 0.0) + total.weight
        sums.append(found)
    common = [year for year in sums[0] if year in sums[1]]
    return [(year, sums[0][year], sums[1][year]) for year in sorted(common, key=lambda year: year or 0)]
