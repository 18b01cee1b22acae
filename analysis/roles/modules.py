"""Participation and within-module degree: a region's part in the map of communities."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.networks.adjacency import Network, build_adjacency
from analysis.roles.grouping import Groups, read_grouping
from analysis.scores.batch import Batch, Context, build_batch
from analysis.scores.centrality import tabulate_scores
from analysis.scores.registry import Column, Measure
from regions.arrays import Floats, Integers
from regions.words import Words

_HUB = 2.5
_PERIPHERY = ((0.05, "R1"), (0.62, "R2"), (0.80, "R3"), (np.inf, "R4"))
_HUBS = ((0.30, "R5"), (0.75, "R6"), (np.inf, "R7"))
_ROUNDING = 1e-9
"""A value that lies so near a limit is on it: roles do not hang on rounding."""


def measure_modules(network: Network, groups: Groups, *, weighted: bool = True) -> pd.DataFrame:
    r"""Measure participation, within-module z and the role of each region among communities.

    With :math:`k_{ic}` the links of i to group c [1]_: :math:`P_i = 1-\sum_c (k_{ic}/k_i)^2`, and :math:`z_i` is
    :math:`k_{ic_i}` of the own group in population standard deviations from the mean of the group.

    Parameters
    ----------
    network
        Any Graph or DiGraph (links in and out are added); self loops are left out.
    groups
        The group of each node: communities as a rule.
    weighted
        Whether links count by weight, or 1 each.

    Returns
    -------
    DataFrame
        Index ``code``.

        - ``participation``: 0 when all links stay in one group, near 1 when they spread evenly; NaN for isolates;
        - ``module_z``: 0 where the members of a group do not differ;
        - ``module_role``: R1 ultra-peripheral (P <= .05), R2 peripheral (.62), R3 connector (.80), R4 kinless; hubs
          (z >= 2.5) R5 provincial (.30), R6 connector (.75), R7 kinless; "" for isolates. The limits were set for
          metabolic networks: a convention, not a test.

    Raises
    ------
    MethodError
        When a node has no group, or `analysis.networks.adjacency.build_adjacency` refuses the network.

    References
    ----------
    .. [1] Guimera, R., & Amaral, L. A. N. (2005). Functional cartography of complex metabolic networks. Nature 433,
       895-900. https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import networkx as nx
    >>> measure_modules(nx.path_graph(3), {0: "a", 1: "a", 2: "b"})["participation"].tolist()
    [0.0, 0.5, 0.0]
    """
    adjacency = build_adjacency(network)
    member = read_grouping(adjacency.nodes, groups).member
    batch = build_batch(adjacency, context=Context(labels={"community": member}))
    return tabulate_scores((MODULES,), batch if weighted else batch.transform(np.ones_like), adjacency)


def name_roles(participation: Floats, z: Floats) -> list[str]:
    """Return R1 to R7 for each pair of participation and z; "" where participation is NaN."""
    return [_name_role(p, each) for p, each in zip(participation.tolist(), z.tolist(), strict=True)]


def _name_role(participation: float, z: float) -> str:
    if np.isnan(participation):
        return ""
    limits = _HUBS if z >= _HUB - _ROUNDING else _PERIPHERY
    return next(role for limit, role in limits if participation <= limit + _ROUNDING)


def _measure(batch: Batch) -> Mapping[str, npt.NDArray[Any]]:
    labels, member = np.unique(batch.context.labels["community"], return_inverse=True)
    belongs = (member[:, None] == np.arange(len(labels))).astype(float)
    to_group = batch.join_directions().multiply(belongs)
    total = to_group.sum(axis=2)
    squares = np.divide((to_group**2).sum(axis=2), total**2, out=np.full(total.shape, np.nan), where=total > 0)
    z = _standardise(np.take_along_axis(to_group, member[None, :, None], axis=2)[:, :, 0], member, belongs)
    roles = [name_roles(*row) for row in zip(1.0 - squares, z, strict=True)]
    names = np.array(roles, dtype=object).reshape(total.shape)
    return {"participation": 1.0 - squares, "module_z": z, "module_role": names}


def _standardise(inside: Floats, member: Integers, belongs: Floats) -> Floats:
    size = belongs.sum(axis=0)
    gap = inside - ((inside @ belongs) / size)[:, member]
    spread = np.sqrt((gap**2 @ belongs) / size)[:, member]
    # Equal members differ by rounding only: that is no deviation.
    real = spread > 1e-12 * np.abs(inside).max(axis=1, keepdims=True, initial=0.0)
    return np.asarray(np.divide(gap, spread, out=np.zeros_like(gap), where=real))


MODULES = Measure(
    "modules",
    _measure,
    (
        Column(
            "participation",
            Words("Participation", "参与系数"),
            Words("0: all links in one community; near 1: spread evenly", "0 为联系全在一个社群；接近 1 为均匀分散"),
        ),
        Column(
            "module_z",
            Words("Within-community z", "社群内 z 值"),
            Words("Links inside its community, in standard deviations", "社群内联系量的标准化值"),
            signed=True,
        ),
        Column(
            "module_role",
            Words("Role (R1-R7)", "角色（R1-R7）"),
            Words(
                "Guimera-Amaral: R1-R4 no hub, R5 provincial, R6 connector, R7 kinless hub; a label, no interval",
                "Guimerà-Amaral 角色：R1-R4 非枢纽，R5 社群内枢纽，R6 连接型枢纽，R7 无归属枢纽；属于类别，不给区间",
            ),
            "text",
            drawn=False,
        ),
    ),
    formula="1 - Σ (k_ic / k_i)²; (k_ic - mean) / sd",
    source="Guimera & Amaral 2005",
    needs=("community",),
    shown=False,
)
