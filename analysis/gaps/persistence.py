"""What a back-test means, in a sentence: whether shortfalls persist, and whether the expectation foresees new links."""

import math

import pandas as pd

from analysis.gaps.gap_backtest import Backtest
from regions.words import Words

_HIGHEST = 0.9
"""A ratio of gaps from here on is hardly a shortfall any more."""


def describe_persistence(found: Backtest) -> Words:
    """Say what became of the pairs that were called gaps.

    Returns
    -------
    Words
        Their links before and after the split over what their sizes and distances let expect, beside those of all other
        pairs. It never says that the list foretells which gap closes: a back-test of shortfalls cannot show that.

    Examples
    --------
    >>> import pandas as pd
    >>> from dataclasses import replace
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> years = {year: analysis.simulate_network(study, km, analysis.Truth(), seed=year) for year in (2019, 2020)}
    >>> rows = [(a, b, w, year) for year, network in years.items() for a, b, w in network.edges(data="weight")]
    >>> links = pd.DataFrame(rows, columns=["source", "target", "weight", "year"]).astype({"year": "Int64"})
    >>> found = analysis.backtest_gaps(replace(study, links=links), km)
    >>> "list" in describe_persistence(found).en
    True
    """
    gaps = found.grades.drop(index="none", errors="ignore")
    if gaps.empty or not math.isfinite(found.grades["ratio"].sum()):
        return Words(
            "No pair was called a gap in the early years, so nothing can be said of how gaps fare; nor does the list "
            "foretell which gap closes.",
            "前期没有地区对被列为缺口，无从检验缺口的走向；缺口清单也不能预告哪些缺口会缩小。",
        )
    before, after = _pool(gaps, "before", "ratio_before"), _pool(gaps, "after", "ratio")
    rest = float(found.grades["ratio"].get("none", math.nan))
    pairs = int(gaps["pairs"].sum())
    verdict = _judge(before, after)
    return Words(
        f"The {pairs:,} pairs called gaps had {before:.0%} of what their size and distance let expect, and {after:.0%} "
        f"in the later years (other pairs {rest:.0%}): {verdict.en}. Nothing here shows that the list foretells which "
        "gap will close: it says where little happens, not where something will.",
        f"被列为缺口的 {pairs:,} 对地区，前期为按规模与距离所期望的 {before:.0%}，后期为 {after:.0%}"
        f"（其他地区对 {rest:.0%}）：{verdict.zh}。这并不表明清单能预告哪些缺口会缩小："
        "它指出哪里合作少，不预言哪里会增多。",
    )


def _pool(gaps: pd.DataFrame, links: str, ratio: str) -> float:
    """Pool the ratios of several grades: links of all over expectations of all; a grade without links tells neither."""
    rows = gaps[gaps[ratio] > 0]
    return float(rows[links].sum() / (rows[links] / rows[ratio]).sum()) if len(rows) else 0.0


def _judge(before: float, after: float) -> Words:
    if after >= _HIGHEST:
        return Words("the shortfalls are gone", "缺口已基本消失")
    if after > before:
        return Words(
            "shortfalls persist, milder (part of that is chance: what was lowest by chance rises again)",
            "缺口依然存在，但有所缓和（部分出于偶然：偶然偏低者会回升）",
        )
    return Words("shortfalls persist", "缺口依然存在")


def describe_foresight(found: Backtest) -> Words | None:
    """Say how well the expectation foresees which unlinked pairs form a link; None where too few did.

    Returns
    -------
    Words
        In how many of a hundred comparisons a pair that formed a link stood above one that did not, by the expectation
        and by the best of the other predictors.
    """
    known = found.measures[found.measures["group"] == "known"].dropna(subset=["auc"])
    known = known.drop_duplicates("predictor").set_index("predictor").drop(columns="group").astype(float)
    if "gravity" not in known.index:
        return None
    row, others = known.loc["gravity"].to_dict(), known.drop(index="gravity")["auc"]
    best = str(others.idxmax()) if len(others) else ""
    pairs, formed = int(row["pairs"]), int(row["formed"])
    span = f"{row['auc_low'] * 100:.0f}-{row['auc_high'] * 100:.0f}"
    aside = f"; {NAMES[best].en.lower()} {others.max() * 100:.0f}" if best else ""
    aside_zh = f"；{NAMES[best].zh} {others.max() * 100:.0f} 次" if best else ""
    return Words(
        f"Of {pairs:,} pairs that had no link, {formed:,} formed one. Of a pair that did and one that did not, the "
        f"expectation puts the right one first in {row['auc'] * 100:.0f} of 100 cases ({span}{aside}; 50 is a coin).",
        f"原无联系的 {pairs:,} 对地区中，{formed:,} 对后来有了联系。任取一对有、一对无，期望值判断正确 100 次中有 "
        f"{row['auc'] * 100:.0f} 次（{span}{aside_zh}；50 次即为随机）。",
    )


NAMES = {
    "gravity": Words("Expectation (gravity model)", "期望值（引力模型）"),
    "degree_product": Words("Product of partners", "合作伙伴数之积"),
    "common_neighbours": Words("Common partners", "共同伙伴数"),
    "adamic_adar": Words("Adamic-Adar", "Adamic-Adar 指数"),
    "distance": Words("Nearness", "距离远近"),
}
"""What the predictors are called."""
