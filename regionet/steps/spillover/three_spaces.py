"""Through which of the three spaces spillover runs: geography, development, cyber."""

from collections.abc import Mapping

import pandas as pd

from analysis.spillover.robustness import Specification
from analysis.spillover.study_panel import StudyPanel
from analysis.spillover.weight_profiles import SpaceMixture, fit_spaces
from regionet.steps.spillover.spillover_query import SpilloverQuery
from regions.errors import MethodError
from regions.words import Words

CYBER = ("cyber", "digital", "internet", "online", "phone", "call", "search", "baidu")
"""Words in the name of a measure of pairs that make it one of the cyber space."""


def compare_spaces(
    panel: StudyPanel, built: Mapping[str, pd.DataFrame], asked: Specification, question: SpilloverQuery
) -> tuple[SpaceMixture | None, list[Words]]:
    """Mix geography, development and cyber; collaboration may stand in for cyber, and is then named so."""
    cyber = next((name for name in built if any(word in name.lower() for word in CYBER)), None)
    name = "cyber" if cyber else "collaboration (for cyber)"
    chosen = {
        "geography": built.get("inverse-distance"),
        "development": built.get("economic"),
        name: built.get(cyber or "collaboration"),
    }
    lacking = [space for space, weights in chosen.items() if weights is None]
    if lacking:
        return None, [
            Words(
                f"The three spaces are not compared: no data for {', '.join(lacking)}. A table of pairs (dyads) named "
                "after cyber, internet or calls gives the cyber space.",
                f"未比较三种空间：缺少 {'、'.join(_SPACES_ZH.get(space, space) for space in lacking)} 数据。"
                "网络空间可由成对数据表（如互联网、通话）给出。",
            )
        ]
    known = {space: weights for space, weights in chosen.items() if weights is not None}
    model = question.model if question.model in {"sar", "sem", "sdm", "sdem"} else "sdm"
    try:
        return fit_spaces(panel.table, known, asked, model=model), []
    except MethodError as error:
        return None, [
            Words(f"The three spaces are not compared: {error}.", f"未比较三种空间：{error.describe('zh')}。")
        ]


_SPACES_ZH = {"geography": "地理空间", "development": "发展空间", "collaboration (for cyber)": "网络空间（以协作代替）"}
