"""What blocks do: densities, image, and the four roles of blocks in the literature on Chinese regions."""

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.loglinear.tolerance import exceed
from analysis.networks.adjacency import build_adjacency
from analysis.roles.grouping import Groups, read_grouping
from regions.arrays import Floats
from regions.errors import MethodError

BLOCK_ROLES = {
    "net_beneficiary": "净受益",
    "net_spillover": "净溢出",
    "bidirectional": "双向溢出",
    "broker": "经纪人",
    "isolate": "孤立",
}
"""Role of a block -> its Chinese name."""

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Blockmodel:
    """The network between blocks.

    Attributes
    ----------
    density
        k x k: links from the row's block to the column's, over the pairs there could be (n_k(n_k-1) on the
        diagonal, NaN for a block of one).
    image
        k x k int: 1 where the density is above the density of the whole network.
    overall
        Density of the whole network; NaN when n < 2.
    roles
        Index ``block``: ``members``, ``internal`` (T, links inside), ``sent`` (S), ``received`` (R),
        ``internal_share`` (a), ``expected_internal`` (e), ``delta``, ``role`` (a key of `BLOCK_ROLES`).
    directed
        Without direction R = S, delta is 0, and only ``bidirectional`` and ``broker`` can occur.
    theta
        The limit on delta.
    """

    density: pd.DataFrame
    image: pd.DataFrame
    overall: float
    roles: pd.DataFrame
    directed: bool
    theta: float


def measure_blocks(network: nx.Graph, blocks: Groups, *, weighted: bool = False, theta: float = 0.2) -> Blockmodel:
    r"""Measure links within and between blocks, and name the role of each block.

    With :math:`T_{kk}` links inside block k of :math:`n_k` of N regions, :math:`S_k` sent out and :math:`R_k` received:
    :math:`e_k=(n_k-1)/(N-1)` is the share of links that would stay inside by chance,
    :math:`a_k=T_{kk}/(T_{kk}+S_k)` the one that does, :math:`\delta_k=(R_k-S_k)/(R_k+S_k)`. Net beneficiary (净受益)
    when :math:`\delta>\theta`, net spillover (净溢出) when :math:`\delta<-\theta`, else bidirectional (双向溢出)
    when :math:`a \ge e`, else broker (经纪人). The limit on delta is a convention: see the figures beside the name.

    Parameters
    ----------
    network
        Any Graph or DiGraph; self loops are left out.
    blocks
        The block of each node, as from `analysis.roles.concor.find_blocks`.
    weighted
        Whether links count by weight, or 1 each.
    theta
        Limit on delta, 0 to 1.

    Returns
    -------
    Blockmodel
        Densities, image and roles. A block without any link is an ``isolate``, with a and delta NaN.

    Raises
    ------
    MethodError
        When a node has no block, ``theta`` is out of range, or `analysis.networks.adjacency.build_adjacency` refuses
        the network.
    """
    if not 0 <= theta <= 1:
        raise MethodError(f"theta must lie between 0 and 1; got {theta}")
    adjacency, grouping = build_adjacency(network), read_grouping(network, blocks)
    links = adjacency.weights.tocoo()
    k, n, member = len(grouping.labels), len(adjacency.nodes), grouping.member
    values = links.data if weighted else np.ones(len(links.data))
    between = np.zeros((k, k))
    np.add.at(between, (member[links.row], member[links.col]), values)
    size = np.bincount(member, minlength=k).astype(float)
    room = np.outer(size, size) - np.diag(size)
    density = np.divide(between, room, out=np.full((k, k), np.nan), where=room > 0)
    overall = float(values.sum() / (n * (n - 1))) if n > 1 else np.nan
    dense = exceed(density, overall)
    index = pd.Index(grouping.labels, name="block", tupleize_cols=False)
    return Blockmodel(
        density=pd.DataFrame(density, index=index, columns=index),
        image=pd.DataFrame(dense.astype(np.int64), index=index, columns=index),
        overall=overall,
        roles=_name_roles(between, size, theta, directed=adjacency.directed).set_index(index),
        directed=adjacency.directed,
        theta=theta,
    )


def _name_roles(between: Floats, size: Floats, theta: float, *, directed: bool) -> pd.DataFrame:
    inside, n = np.diag(between), size.sum()
    sent, received = between.sum(axis=1) - inside, between.sum(axis=0) - inside
    if not directed:
        inside = inside / 2  # each link inside stands in two cells
    expected = (size - 1) / max(n - 1, 1)
    # a compares ends of links: a link inside a block has two, one out of it one.
    stays = inside * (1 if directed else 2)
    share = _divide(stays, stays + sent)
    delta = _divide(received - sent, received + sent)
    figures = {"internal_share": share, "expected_internal": expected, "delta": delta}
    return pd.DataFrame(
        {
            "members": size.astype(np.int64),
            "internal": inside,
            "sent": sent,
            "received": received,
            **figures,
            "role": pd.array(
                [_name_role(a, e, d, theta) for a, e, d in zip(*figures.values(), strict=True)], dtype="str"
            ),
        }
    )


def _divide(above: Floats, below: Floats) -> npt.NDArray[Any]:
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0))


def _name_role(share: float, expected: float, delta: float, theta: float) -> str:
    if np.isnan(share) and np.isnan(delta):
        return "isolate"
    if delta > theta + _ROUNDING:
        return "net_beneficiary"
    if delta < -theta - _ROUNDING:
        return "net_spillover"
    return "bidirectional" if share >= expected - _ROUNDING else "broker"
