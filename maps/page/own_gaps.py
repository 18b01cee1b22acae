"""What the page answers on one region: its largest shortfalls, or the sentence why there is none."""

from collections import Counter
from collections.abc import Sequence

import networkx as nx
import pandas as pd

from analysis.gaps.filters import pick_largest
from regions.study import Study
from regions.words import Words

DROPPED = "W-DROPPED"
"""Code of warnings that rows were left out because what they name is not known."""

OWN = 5
"""So many of the largest shortfalls of every region are carried."""

VERDICTS = ("supported", "unsupported", "surplus", "unfitted", "unlinked", "unknown", "none")
"""What can be said of the gaps of a region.

``supported``: the data support at least one; ``unsupported``: pairs are below expectation, none beyond chance;
``surplus``: no pair is below expectation; ``unfitted``: it has links, but the model does not judge it; ``unlinked``: no
link to another region is recorded; ``unknown``: none is recorded, but rows were dropped that may have held one;
``none``: no gaps were computed.
"""


def has_dropped(study: Study) -> bool:
    """Tell whether rows of links, records or actors were dropped: then no link of a region is not none."""
    return any(fault.code == DROPPED for fault in study.warnings)


def judge_regions(
    network: "nx.Graph[str]", gaps: pd.DataFrame | None, units: Sequence[str], *, dropped: bool = False
) -> list[str]:
    """Find the verdict on each unit, one of `VERDICTS`.

    Parameters
    ----------
    network
        Its links tell which units have any.
    gaps
        The whole register, or None. Without the column ``grade`` every shortfall is supported.
    dropped
        Whether rows were dropped when the study was read, see `has_dropped`: dropped is never zero.
    """
    if gaps is None:
        return ["none"] * len(units)
    below = (gaps["gap"] > 0).to_numpy()
    backed = below & (gaps["grade"] != "none").to_numpy() if "grade" in gaps else below
    ends = gaps[["source", "target"]]
    fitted, short, supported = (_name_ends(rows) for rows in (ends, ends[below], ends[backed]))
    known = [_judge(network, code, (supported, short, fitted)) for code in units]
    return ["unknown" if dropped and verdict == "unlinked" else verdict for verdict in known]


def _name_ends(ends: pd.DataFrame) -> set[str]:
    return {code for end in ends for code in ends[end].unique()}  # a million texts are slow one by one


def _judge(network: "nx.Graph[str]", code: str, known: tuple[set[str], set[str], set[str]]) -> str:
    for verdict, members in zip(VERDICTS, known, strict=False):
        if code in members:
            return verdict
    linked = code in network and any(other != code for other in nx.all_neighbors(network, code))
    return "unfitted" if linked else "unlinked"


def count_verdicts(verdicts: Sequence[str], partnered: int) -> Words:
    """Say of how many regions the page shows a gap, names somebody, and says each sentence."""
    counts = Counter(verdicts)
    shown = counts["supported"] + counts["unsupported"]
    if counts["none"]:
        return Words("No region shows a gap: none were computed.", "没有地区显示缺口：未计算缺口。")
    rest = [_WORDS[name] for name in VERDICTS[:-1] if counts[name]]
    numbers = [counts[name] for name in VERDICTS[:-1] if counts[name]]
    english = "; ".join(f"{number} {words.en}" for number, words in zip(numbers, rest, strict=True))
    chinese = "；".join(f"{words.zh} {number} 个" for number, words in zip(numbers, rest, strict=True))
    return Words(
        f"Of {len(verdicts)} regions, {shown} show their largest shortfalls and {partnered} of these name partners. "
        f"By sentence: {english}.",
        f"共 {len(verdicts)} 个地区，{shown} 个列出最大的缺口，其中 {partnered} 个列出可联系的单位。结论：{chinese}。",
    )


def find_partnered(gaps: pd.DataFrame | None, partners: pd.DataFrame | None) -> int:
    """Count the regions that have a shortfall, among those the page carries for them, for which somebody is named."""
    if gaps is None or partners is None or partners.empty:
        return 0
    own = gaps.loc[pick_largest(gaps, each=OWN), ["source", "target"]].reset_index(drop=True)
    named = own.merge(partners[["source", "target"]].drop_duplicates(), on=["source", "target"])
    return len(set(named["source"]) | set(named["target"]))


_WORDS: dict[str, Words] = {
    "supported": Words("have a gap with evidence", "有证据支持的缺口"),
    "unsupported": Words("have no well-supported gap, their largest is named", "没有证据充分的缺口（列出最大的一项）"),
    "surplus": Words("have no pair below expectation", "没有低于期望的地区对"),
    "unfitted": Words("have links but too few to be judged", "有联系但不足以估计"),
    "unlinked": Words("have no recorded link to another region", "没有跨地区合作记录"),
    "unknown": Words("have no recorded link, and rows were dropped: not known", "没有记录，但有数据行被舍弃：不能确定"),
}
