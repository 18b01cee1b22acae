"""How far spillover reaches: the half-life of an exponential decay, and when it cannot be told."""

import math
from dataclasses import replace

import numpy as np
from scipy.stats import chi2

from analysis.spillover.decay_reach import Reach, fit_reach
from analysis.spillover.robustness import Specification
from analysis.spillover.study_panel import StudyPanel
from geodata import build_decay_weights, measure_distances
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

MOST = 600
"""Regions up to which a decay is fitted by the way: each of its fits needs the eigenvalues of its own W."""

_STEPS = 17
_SURE = 0.05


def measure_reach(study: Study, panel: StudyPanel, asked: Specification) -> tuple[Reach | None, list[Words]]:
    """Fit the half-life under a SAR, and say it, or why it is not known.

    Returns
    -------
    reach, notes
        None where regions have no points, are too many, or no decay can be fitted. One sentence.
    """
    if len(panel.codes) > MOST:
        count = f"{len(panel.codes):,}"
        return None, [
            Words(
                f"How far spillover reaches was not fitted: {count} regions, here up to {MOST} (analysis.fit_reach).",
                f"未估计溢出的距离：共 {count} 个地区，此处最多 {MOST} 个（可用 analysis.fit_reach）。",
            )
        ]
    apart = measure_distances(replace(study, regions=study.regions.loc[panel.codes]))
    apart = apart.reindex(index=panel.codes, columns=panel.codes)
    if not np.isfinite(apart.to_numpy()).all():
        return None, []  # that there are no weights by distance is told already
    try:
        reach = fit_reach(panel.table, apart, asked, model="sar", steps=_STEPS)
        plain = asked.fit(panel.table, build_decay_weights(apart, half_life=reach.half_life), "ols")
    except MethodError as error:
        return None, [
            Words(
                f"How far spillover reaches cannot be told: {error}.", f"溢出能到多远，说不准：{error.describe('zh')}。"
            )
        ]
    gained = 2 * (float(reach.profile["loglik"].max()) - plain.loglik)
    return reach, [_tell(reach, sure=bool(chi2.sf(max(gained, 0.0), 2) < _SURE))]


def _tell(reach: Reach, *, sure: bool) -> Words:
    """Say the half-life; rho and it are two parameters more than least squares has."""
    if not sure or (reach.low == 0 and math.isinf(reach.high)):
        return Words(
            "How far spillover reaches cannot be told: no half-life of an exponential decay fits clearly better than "
            "none.",
            "溢出能到多远，说不准：任何指数衰减的半衰距离都不明显优于没有溢出。",
        )
    low, low_zh = ("no lower limit", "无下限") if reach.low == 0 else (f"{reach.low:.0f}",) * 2
    high, high_zh = ("no upper limit", "无上限") if math.isinf(reach.high) else (f"{reach.high:.0f}",) * 2
    return Words(
        f"How far: under weights of exponential decay (SAR) what reaches a region halves every "
        f"{reach.half_life:.0f} km [{low}, {high}].",
        f"距离：在指数衰减权重（SAR）下，溢出每 {reach.half_life:.0f} 公里减半 [{low_zh}, {high_zh}]。",
    )
