"""Estimated spillover as layers that a map can draw: flows as directed lines, clusters as classes of regions.

A plain structure, declared here and nowhere else; both languages stand beside every key, and a flow that is not clear
says so, so that a map can leave it out.
"""

from typing import Any

import pandas as pd

from analysis.autocorrelation.local_autocorrelation import CLUSTERS
from analysis.loglinear.tolerance import sort_down
from regionet.steps.spillover.spillover_estimates import Estimates
from regions.words import Words

FILE = "spillover_layers.json"
MOST = 200
"""Flows of a layer, the largest by size."""

_FLOWS = Words("Estimated spillover, mean over the weights", "估计溢出（各权重平均）")
_CLUSTERS = Words("Clusters of the outcome: in how many weights", "结果的集聚格局：多少种权重支持")


def build_map_layers(found: Estimates, tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """Return the layers.

    Parameters
    ----------
    found
        The estimates.
    tables
        As of `regionet.steps.spillover.spillover_tables.list_tables`.

    Returns
    -------
    list
        Of dicts. ``flows``: ``kind`` lines, ``directed`` true, ``title``, ``variable``, ``clear`` (whether any region's
        giving is clear), ``items`` of ``source``, ``target``, ``value`` (at most 200, the largest). ``clusters``:
        ``kind`` classes, ``title``, ``classes`` (key -> words), ``items`` of ``code``, ``class`` (the most frequent
        over the weights; of equally frequent ones the first of ``classes``), ``share`` of the weights that have it.
    """
    return [_build_flows(found, tables["flows"]), _build_clusters(tables["clusters"])]


def _say(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _build_flows(found: Estimates, flows: pd.DataFrame) -> dict[str, Any]:
    sized = sort_down(flows.assign(size=flows["weight"].abs()), "size", "source", "target")
    kept = sized.head(MOST)[["source", "target", "weight"]].rename(columns={"weight": "value"})
    return {
        "layer": "flows",
        "kind": "lines",
        "directed": True,
        "title": _say(_FLOWS),
        "variable": found.panel.x[0],
        "clear": found.flows is not None and bool((found.flows.table["given_clear"] > 0).any()),
        "items": kept.to_dict("records"),
    }


def _build_clusters(clusters: pd.DataFrame) -> dict[str, Any]:
    counts = clusters.groupby("code")["cluster"].value_counts().unstack(fill_value=0)  # noqa: PD010 - a row per region
    counts = counts.reindex(columns=list(CLUSTERS), fill_value=0)
    shares = counts.div(counts.sum(axis=1), axis=0)
    items = [
        {"code": str(code), "class": str(row.idxmax()), "share": float(row.max())} for code, row in shares.iterrows()
    ]
    classes = {key: _say(words) for key, words in CLUSTERS.items()}
    return {"layer": "clusters", "kind": "classes", "title": _say(_CLUSTERS), "classes": classes, "items": items}
