"""The back-test of fill as a table and in words: whether the ranking of who could fill a stage was worth anything."""

import math
from collections.abc import Sequence

import pandas as pd

import geodata
from analysis.chains.chain import Chain
from analysis.chains.fill_backtest import FillBacktest, backtest_fill
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words


def check_fill(study: Study, chains: Sequence[Chain], *, seed: int = 0) -> tuple[pd.DataFrame | None, list[Words]]:
    """Test the ranking of candidates on later years.

    Returns
    -------
    tuple
        One row per predictor, with ``cases`` and ``came`` beside `FillBacktest.measures`, and sentences; None, and why,
        where the years of the study do not allow it.
    """
    try:
        found = backtest_fill(study, chains, geodata.measure_distances(study), seed=seed)
    except MethodError as error:
        reason = Words(str(error), error.describe("zh"))
        return None, [say("chains/left-out", table="fill_backtest.csv", reason=reason).words]
    table = found.measures.copy()
    table.insert(1, "cases", len(found.cases))
    table.insert(2, "came", int(found.cases["came"].sum()))
    return table, _tell(found)


def _tell(found: FillBacktest) -> list[Words]:
    """Say how often candidates came true, and whether the score says more than size."""
    came = int(found.cases["came"].sum())
    later = "-".join(map(str, dict.fromkeys(found.later)))
    told = [say("chains/fill-tested", early=found.early, later=later, cases=len(found.cases), came=came)]
    rows = found.measures.set_index("predictor").astype(float)
    score = {name: float(rows[name]["score"]) for name in ("auc", "low", "high", "beyond_size_low", "beyond_size_high")}
    if not math.isfinite(score["auc"]):
        return [each.words for each in (*told, say("chains/fill-few"))]
    if found.decided:
        told.append(say("chains/fill-first", decided=found.decided, first=found.first, base=found.base))
    size = float(rows["auc"]["size"])
    better, worse = score["beyond_size_low"] > 0, score["beyond_size_high"] < 0
    verdict = say("chains/fill-better" if better else "chains/fill-worse" if worse else "chains/fill-no-better")
    figures = {"auc": score["auc"], "low": score["low"], "high": score["high"], "size": size}
    told.append(say("chains/fill-size", **figures, verdict=verdict))
    return [each.words for each in told]
