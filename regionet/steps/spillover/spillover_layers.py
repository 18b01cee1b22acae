"""Estimated spillover as layers of the page: who gives to whom as arrows, clusters of the outcome as classes.

In ``spillover_layers.json`` they stand as `maps.page.layers.list_layers` writes them, with the codes of the units: the
form that the page declares is the only one.
"""

from typing import Any

import pandas as pd

from analysis.autocorrelation.local_autocorrelation import CLUSTERS
from maps import Flows, RegionClasses
from maps.page.layers import Layer, list_layers
from maps.words.spillover_names import name_group
from regionet.steps.spillover.spillover_estimates import Estimates
from regionet.steps.spillover.spillover_groups import RESTS, name_end, order_groups
from regions.words import Words

FILE = "spillover_layers.json"
FLOWS, BETWEEN, CLUSTER = "spillover", "spillover_between", "spillover_clusters"
"""Keys of the layers."""

_LISA = ("high-high", "low-low", "high-low", "low-high", "none")
_MOST_CLASSES = 8
_NOTE = Words(
    "Mean of the estimates under each of {count} weights ({model}); interval: all their draws. Modelled, not observed.",
    "{count} 种权重下估计值（{model}）的平均；区间取自全部权重的抽样。为模型估计，不是观测值。",
)


def build_map_layers(found: Estimates) -> tuple[Layer, ...]:
    """Return the layers: flows between two groups that were asked for, all flows, clusters; what is empty is left out.

    A cluster is that which most weights give a region, of equally frequent ones the first in the legend; a region
    without neighbours under all of them is in no class.
    """
    flows = [_build_between(found), _build_flows(found)]
    return tuple(layer for layer in (*flows, _build_clusters(found)) if layer is not None)


def write_layers(found: Estimates, layers: tuple[Layer, ...]) -> dict[str, Any]:
    """Return what ``spillover_layers.json`` holds: ``units`` (codes, to which places refer) and ``layers``."""
    units = [str(code) for code in found.study.regions.index]
    return {"units": units, "layers": list_layers(layers, units)}


def describe_unit(found: Estimates) -> Words:
    """Say what a unit of an effect is."""
    outcome, _ = found.study.describe_indicator(found.panel.y)
    cause, unit = found.study.describe_indicator(found.panel.x[0])
    if found.panel.log:
        return Words(
            f"percent of {outcome.en} for 1 percent more {cause.en}", f"“{cause.zh}”每增 1%，“{outcome.zh}”变动的百分比"
        )
    of, of_zh = (f" ({unit.en})", f"（{unit.zh}）") if unit.en else ("", "")
    return Words(
        f"{outcome.en} for one more of {cause.en}{of}", f"“{cause.zh}”{of_zh}每增 1 个单位，“{outcome.zh}”的变动"
    )


def _build_flows(found: Estimates) -> Flows | None:
    title = Words("Who gives to whom: estimated spillover", "谁向谁溢出：估计的溢出")
    return _draw_flows(found, FLOWS, title, found.pairs)


def _build_between(found: Estimates) -> Flows | None:
    if found.question.between is None:
        return None
    giver, receiver = found.question.between
    labels = next(iter(found.labels.values()))
    pairs = found.pairs[(found.pairs["source"].map(labels) == giver) & (found.pairs["target"].map(labels) == receiver)]
    one, other = (name_end(found.study, name) for name in (giver, receiver))
    title = Words(f"Estimated spillover, {one.en} to {other.en}", f"估计的溢出：{one.zh}对{other.zh}")
    return _draw_flows(found, BETWEEN, title, pairs)


def _draw_flows(found: Estimates, key: str, title: Words, pairs: pd.DataFrame) -> Flows | None:
    pairs = pairs[pairs["value"] != 0]
    if pairs.empty:
        return None
    told = {"count": len(found.weights), "model": found.question.model.upper()}
    note = Words(_NOTE.en.format(**told), _NOTE.zh.format(**told))
    unit = Words("percent for 1 percent more", "变动百分比（每增 1%）") if found.panel.log else describe_unit(found)
    return Flows(key, title, pairs, unit, note=note, under=_fill_groups(found))


def _fill_groups(found: Estimates) -> RegionClasses | None:
    """Return the first grouping as fills, where its groups are few enough to be told apart."""
    name, labels = next(iter(found.labels.items()), ("", None))
    if labels is None or labels.nunique() > _MOST_CLASSES:
        return None
    groups = order_groups(labels, found.question.between)
    members = {str(code): groups.index(label) for code, label in labels.items()}
    title = Words("Groups", "分组") if found.question.between else name_group(name)
    meaning = "focus" if groups[-1] in RESTS else "category"
    return RegionClasses(
        "spillover_groups", title, tuple(name_end(found.study, group) for group in groups), members, meaning=meaning
    )


def _build_clusters(found: Estimates) -> RegionClasses:
    counts = found.clusters.groupby("code")["cluster"].value_counts().unstack(fill_value=0)  # noqa: PD010 - a row per region
    counts = counts.reindex(columns=list(_LISA), fill_value=0)
    counts = counts[counts.sum(axis=1) > 0]
    most = counts.idxmax(axis=1)
    members = {str(code): _LISA.index(str(cluster)) for code, cluster in most.items()}
    outcome, year = found.study.describe_indicator(found.panel.y)[0], found.panel.years[-1]
    title = Words(f"Clusters of {outcome.en}, {year}", f"{year} 年“{outcome.zh}”的集聚格局")
    note = Words(
        f"Local Moran, conditional permutations, false-discovery rate .05; the class that most of {len(found.weights)} "
        "weights give.",
        f"局部莫兰指数，条件置换，错误发现率 0.05；取 {len(found.weights)} 种权重中最多的类型。",
    )
    names = tuple(CLUSTERS[key] for key in _LISA)
    return RegionClasses(CLUSTER, title, names, members, note=note, meaning="lisa")
