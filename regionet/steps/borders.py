"""The price of borders beside the gap register: percent, kilometres, links lost."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

import analysis
import geodata
from analysis.barriers.barriers import SECTOR
from maps.words.codebook import label_column
from regionet.steps.pipeline import Findings
from regions.errors import MethodError
from regions.words import Words

_SHOWN = [
    "estimate",
    "error",
    "percent",
    "percent_low",
    "percent_high",
    "equivalent_km",
    "equivalent_note",
    "equivalent_note_zh",
    "pairs",
    "observed",
    "lost",
    "lost_low",
    "lost_high",
    "lost_per_pair",
    "lost_conditional",
]


def list_barriers(findings: Findings) -> tuple[pd.DataFrame, tuple[Words, ...]]:
    """Price every border of the study, and the fence between science and industry where kinds of actors are known.

    The model is that of the gaps: pairs proven to be gaps are set aside.

    Returns
    -------
    table, notes
        One row per barrier: ``barrier``, then columns of `analysis.measure_barriers`; empty when there is none. A
        note per barrier in words, and one for each that could not be measured.
    """
    expected = findings.expected
    distances = geodata.measure_distances(findings.study) if expected is None else expected.distances
    tables, notes = [], []
    try:
        fit = None if expected is None else expected.fit
        fit = fit or analysis.fit_expectation(findings.study, findings.network, distances)
        tables.append(analysis.measure_barriers(fit))
    except MethodError as error:
        notes.append(Words(f"No price of borders: {error}.", f"未估计边界代价：{error.describe('zh')}。"))
    try:
        fence = analysis.measure_institutional_barrier(findings.study, distances)
        tables.append(fence[fence.index == SECTOR])
    except MethodError as error:
        text = f"No price of the fence between science and industry: {error}."
        notes.append(Words(text, f"未估计科研与产业之间的壁垒：{error.describe('zh')}。"))
    if not tables:
        return pd.DataFrame(), tuple(notes)
    table = pd.concat(tables)[_SHOWN].reset_index()
    labels = [label_column(name).label for name in table["barrier"]]
    table.insert(1, "barrier_name", [label.en for label in labels])
    table.insert(2, "barrier_name_zh", [label.zh for label in labels])
    return table, (*(_tell(row) for row in table.to_dict("records")), *notes)


def _tell(row: Mapping[Hashable, Any]) -> Words:
    interval = f"{row['percent']:+.0f} % [{row['percent_low']:+.0f}, {row['percent_high']:+.0f}]"
    lost = f"{row['lost']:,.0f} [{row['lost_low']:,.0f}, {row['lost_high']:,.0f}]"
    price = f"crossing it changes expected collaboration by {interval}; links lost: {lost} (negative: gained)."
    return Words(
        f"Price of '{row['barrier_name']}': {price}",
        f"“{row['barrier_name_zh']}”的代价：跨越后期望合作变化 {interval}；损失联系 {lost}（负值为增加）。",
    )
