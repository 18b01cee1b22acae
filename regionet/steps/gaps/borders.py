"""The price of borders beside the gap register: percent, kilometres, links lost."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

import analysis
import geodata
from analysis.barriers.barriers import OWNERSHIP, SECTOR
from maps.words.codebook import label_column
from regionet.steps.pipeline import Findings
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

PARTS = ("year", "field", "path")
_APART = Words(
    "The intervals do not overlap: the difference is more than chance, if both years cover the same regions and "
    "kinds of links.",
    "两个区间不重叠：若两年覆盖的地区与合作口径相同，差别超出偶然。",
)
_OVERLAP = Words("The intervals overlap: no change is shown.", "两个区间重叠，不能说明有变化。")
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


def _has_owners(study: Study) -> bool:
    """Tell whether the actors have two owners, so that there is a fence to ask for."""
    if study.actors is None or "ownership" not in study.actors:
        return False
    return len(set(study.actors["ownership"]) - {""}) > 1


def list_barriers(findings: Findings) -> tuple[pd.DataFrame, tuple[Words, ...]]:
    """Price every border of the study, and the fence between science and industry where kinds of actors are known.

    The model is that of the gaps: pairs proven to be gaps are set aside.

    Returns
    -------
    table, notes
        One row per barrier: ``barrier``, then columns of `analysis.measure_barriers`; empty when there is none. By
        year, field or path the part stands first, empty for the model of all. A note per barrier in words, and one for
        each that could not be measured.
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
    if _has_owners(findings.study):
        try:
            fence = analysis.measure_institutional_barrier(findings.study, distances, by="ownership")
            tables.append(fence[fence.index == OWNERSHIP])
        except MethodError as error:
            text = f"No price of the fence between owners: {error}."
            notes.append(Words(text, f"未估计不同所有制之间的壁垒：{error.describe('zh')}。"))
    if not tables:
        return pd.DataFrame(), tuple(notes)
    pooled = [tell_price(row) for row in _name_barriers(pd.concat(tables)[_SHOWN].reset_index()).to_dict("records")]
    table = pd.concat(tables)[_SHOWN].reset_index()
    if len(findings.prices):
        parts = [name for name in findings.prices if name in PARTS]
        table = pd.concat([table, findings.prices[[*parts, "barrier", *_SHOWN]]], ignore_index=True)
        table = table[[*parts, "barrier", *_SHOWN]]
        table[parts] = table[parts].astype("Int64" if parts == ["year"] else "object")
    return _name_barriers(table), (*pooled, *follow_prices(findings.prices), *notes)


def _name_barriers(table: pd.DataFrame) -> pd.DataFrame:
    labels = [label_column(name).label for name in table["barrier"]]
    place = list(table).index("barrier") + 1
    table.insert(place, "barrier_name", [label.en for label in labels])
    table.insert(place + 1, "barrier_name_zh", [label.zh for label in labels])
    return table


def follow_prices(prices: pd.DataFrame) -> Iterator[Words]:
    """Say how each price went from the first year to the last, and whether their intervals lie apart.

    Parameters
    ----------
    prices
        ``year``, ``barrier``, ``percent``, ``percent_low``, ``percent_high``, and ``regions`` (with links that year).
    """
    for name, rows in prices.groupby("barrier", sort=False) if "year" in prices else ():
        first, last = (rows.sort_values("year").iloc[end].to_dict() for end in (0, -1))
        if first["year"] == last["year"]:
            continue
        label = label_column(str(name)).label
        spans = [
            f"{row['percent']:+.0f} % [{row['percent_low']:+.0f}, {row['percent_high']:+.0f}]" for row in (first, last)
        ]
        apart = max(row["percent_low"] for row in (first, last)) > min(row["percent_high"] for row in (first, last))
        verdict, (one, other) = _APART if apart else _OVERLAP, (f"{row['regions']:.0f}" for row in (first, last))
        yield Words(
            f"'{label.en}' by year: {spans[0]} in {first['year']} ({one} regions with links), {spans[1]} in "
            f"{last['year']} ({other} regions); barriers.csv has every year. {verdict.en}",
            f"“{label.zh}”逐年：{first['year']} 年 {spans[0]}（{one} 个地区有合作），{last['year']} 年 {spans[1]}"
            f"（{other} 个地区）；各年见 barriers.csv。{verdict.zh}",
        )


def tell_price(row: Mapping[Hashable, Any]) -> Words:
    """Say the price of one border; of an interval that holds 0, that loss or gain cannot be told."""
    lost, low, high = row["lost"], row["lost_low"], row["lost_high"]
    gained = lost < 0
    amounts = {"links": -lost, "low": -high, "high": -low} if gained else {"links": lost, "low": low, "high": high}
    key = "borders/gained" if gained else "borders/lost"
    return say(
        "borders/unsure" if low <= 0 <= high else key,
        border=Words(row["barrier_name"], row["barrier_name_zh"]),
        percent=row["percent"],
        percent_low=row["percent_low"],
        percent_high=row["percent_high"],
        **amounts,
    ).words
