"""Participation and within-module degree: a region's part in the map of communities."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.networks.adjacency import Network, build_adjacency
from analysis.roles.grouping import Groups, read_grouping

_HUB = 2.5
_PERIPHERY = ((0.05, "R1"), (0.62, "R2"), (0.80, "R3"), (np.inf, "R4"))
_HUBS = ((0.30, "R5"), (0.75, "R6"), (np.inf, "R7"))

Floats = npt.NDArray[np.float64]


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
    """
    adjacency = build_adjacency(network)
    grouping = read_grouping(adjacency.nodes, groups)
    ties = adjacency.weights.copy()
    if not weighted:
        ties.data = np.ones_like(ties.data)
    if adjacency.directed:
        ties = (ties + ties.T).tocsr()
    member, n = grouping.member, len(grouping.member)
    belongs = sparse.csr_array((np.ones(n), (np.arange(n), member)), shape=(n, len(grouping.labels)))
    to_group = (ties @ belongs).toarray()
    total = to_group.sum(axis=1)
    squares = np.divide((to_group**2).sum(axis=1), total**2, out=np.full(n, np.nan), where=total > 0)
    participation, z = 1.0 - squares, _standardise(to_group[np.arange(n), member], member)
    return pd.DataFrame(
        {
            "participation": participation,
            "module_z": z,
            "module_role": pd.array(name_roles(participation, z), dtype="str"),
        },
        index=adjacency.nodes,
    )


def name_roles(participation: Floats, z: Floats) -> list[str]:
    """Return R1 to R7 for each pair of participation and z; "" where participation is NaN."""
    return [_name_role(p, each) for p, each in zip(participation.tolist(), z.tolist(), strict=True)]


def _name_role(participation: float, z: float) -> str:
    if np.isnan(participation):
        return ""
    limits = _HUBS if z >= _HUB else _PERIPHERY
    return next(role for limit, role in limits if participation <= limit)


def _standardise(inside: Floats, member: npt.NDArray[np.int64]) -> Floats:
    size = np.maximum(np.bincount(member), 1)
    gap = inside - (np.bincount(member, weights=inside) / size)[member]
    spread = np.sqrt(np.bincount(member, weights=gap**2) / size)[member]
    # Equal members differ by rounding only: that is no deviation.
    return np.divide(gap, spread, out=np.zeros(len(gap)), where=spread > 1e-12 * np.abs(inside).max(initial=0.0))
