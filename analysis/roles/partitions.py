"""The communities and the core of a network as columns beside its scores."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.networks.adjacency import Adjacency
from analysis.roles.communities import find_communities
from analysis.roles.core_periphery import find_core
from analysis.scores.batch import Batch
from analysis.scores.registry import Column, Measure
from regions.words import Words


def label_regions(adjacency: Adjacency, needs: set[str], *, seed: int) -> dict[str, npt.NDArray[Any]]:
    """Find the core and the communities of a network, where the measures need them.

    Returns ``in_core``, ``community``, ``community_agreement`` -> (n,); those that were asked for.
    """
    labels: dict[str, npt.NDArray[Any]] = {}
    if "in_core" in needs:
        labels["in_core"] = find_core(adjacency, seed=seed).core.to_numpy(dtype=np.int64)
    if "community" in needs:
        found = find_communities(adjacency, seed=seed)
        labels["community"] = found.labels.to_numpy(dtype=np.int64)
        labels["community_agreement"] = found.agreement.to_numpy(dtype=float)
    return labels


def _show_labels(*names: str) -> Callable[[Batch], dict[str, npt.NDArray[Any]]]:
    def show(batch: Batch) -> dict[str, npt.NDArray[Any]]:
        known = batch.context.labels
        return {name: np.tile(known[name], (batch.shape[0], 1)) for name in names if name in known}

    return show


CORE = Measure(
    "core",
    _show_labels("in_core"),
    (
        Column(
            "in_core",
            Words("In the core", "位于核心"),
            Words(
                "1 when in the core of the best core-periphery split; a label, so without an interval",
                "按核心—边缘最优划分位于核心为 1；属于类别，不给区间",
            ),
            "count",
            drawn=False,
        ),
    ),
    formula="greatest correlation with the pattern of a core",
    source="Borgatti & Everett 1999",
    needs=("in_core",),
    shown=False,
)

COMMUNITIES = Measure(
    "communities",
    _show_labels("community", "community_agreement"),
    (
        Column(
            "community",
            Words("Community", "社群"),
            Words(
                "Number of its community, the largest first; a label, see how sure it is instead of an interval",
                "所属社群编号，规模大者在前；属于类别，不给区间，见归属稳定度",
            ),
            "count",
            drawn=False,
        ),
        Column(
            "community_agreement",
            Words("Sure of community", "社群归属稳定度"),
            Words(
                "Share of its community that other runs put with it; of runs, not of draws, so without an interval",
                "多次运行中与本社群成员同组的比例；来自多次运行而非抽样，不给区间",
            ),
            "share",
            drawn=False,
        ),
    ),
    formula="greatest modularity",
    source="Traag, Waltman & van Eck 2019",
    needs=("community",),
    shown=False,
)
