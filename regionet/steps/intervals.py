"""Intervals of scores and ranks, beside the scores that a command found.

Packages are imported inside the functions, so that ``regionet --help`` answers at once.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.scores.batch import Context
    from analysis.scores.registry import Measure
    from regionet.steps.pipeline import Findings
    from regions.records.count_links import Counting
    from regions.words import Words

_SHOWN = 3


def add_intervals(findings: "Findings", counting: "Counting", *, draws: int, seed: int) -> "Findings":
    """Add ``<score>_low``, ``_high``, ``_rank``, ``_rank_low`` and ``_rank_high`` to the scores, and a note.

    Every column of a registered measure that is ``drawn`` gets them; communities stay those of the whole.

    Raises
    ------
    MethodError
        When the network was not counted from records: what chance did can no longer be seen in links.
    """
    from analysis.inference.bootstrap import measure_score_intervals, widen_intervals
    from regions.errors import MethodError

    if findings.study.links is not None:
        raise MethodError(say("intervals/no-records"))
    measures, context = _choose_measures(findings.scores)
    options: dict[str, Any] = {"counting": counting, "draws": draws, "seed": seed}
    table = measure_score_intervals(findings.study, measures=measures, context=context, **options)
    scores = findings.scores.join(widen_intervals(table))
    return replace(findings, scores=scores, notes=(*findings.notes, _describe(findings, table, draws)))


def _choose_measures(scores: "pd.DataFrame") -> "tuple[tuple[Measure, ...], Context]":
    from analysis.roles.positions import choose_measures
    from analysis.scores.batch import Context
    from analysis.scores.centrality import SURROUNDINGS
    from analysis.scores.spillover import SPILLOVER
    from regionet.steps.spillover.strength import RHO

    own = scores["own"].to_numpy(dtype=float) if "own" in scores else None
    rho = float(scores["rho"].iloc[0]) if "rho" in scores else RHO
    context = Context(rho=rho, own=own, labels={"community": scores["community"].to_numpy(dtype="int64")})
    return (*choose_measures(), SPILLOVER, SURROUNDINGS), context


def _describe(findings: "Findings", table: "pd.DataFrame", draws: int) -> "Words":
    from analysis.inference.bootstrap import describe_rank
    from regions.words import Words

    first = table[table["measure"] == "strength"].sort_values(["rank", "code"]).head(_SHOWN)
    ranks = first[["rank", "rank_low", "rank_high"]].to_numpy().tolist()
    texts = {}
    for language, gap in (("en", "; "), ("zh", "；")):
        names = findings.study.names(language)
        between = ": " if language == "en" else "："
        pairs = zip(first["code"], ranks, strict=True)
        texts[language] = gap.join(
            names[code] + between + describe_rank(*rank, language=language) for code, rank in pairs
        )
    records = findings.network.graph["n_records"]
    return Words(
        f"Intervals: 95 % of {draws} draws of the {records} records, with replacement. Strength: {texts['en']}. "
        "Draws hold fewer distinct records, so degrees come out lower in them; ranks suffer less. No intervals: core, "
        "community and role are labels; how sure a community is stands beside it; the region's own indicator does not "
        "come from records.",
        f"区间：对 {records} 条记录有放回抽样 {draws} 次所得的 95% 区间。强度排名——{texts['zh']}。"
        "抽样中不同记录较少，度数偏低；排名所受影响较小。以下各列没有区间：核心、社群和角色是类别，"
        "社群的把握程度另有一列；地区自身的指标并非来自记录。",
    )
