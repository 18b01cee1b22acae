"""Which new links between two actors would let most more through a chain."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from analysis.chains.chain_network import ChainNetwork, build_chain_network
from analysis.chains.flow import Flow, find_flow
from analysis.chains.members import ChainMembers, list_linked_actors

_COLUMNS = ["stage", "next", "source", "target", "source_code", "target_code", "gain", "most", "common_partners"]
_LOOKED_AT = 200
"""So many actors on each side, those with the most room left, are looked at."""


def rank_new_links(members: ChainMembers, codes: Sequence[str] | None = None, *, top: int = 10) -> pd.DataFrame:
    r"""Rank the links that are not there by the flow that they would add.

    After a maximum flow, one more unit from i to j arrives exactly where it can still reach i and can still leave j.
    The ways before i and behind j have no node in common, so that a link of c units adds :math:`\min(c, F_{s \to i},
    F_{j \to t})`, both flows through what is left.

    Parameters
    ----------
    members
        From `analysis.chains.members.find_chain_members`.
    codes
        Units of the place; None: the whole country.
    top
        So many links.

    Returns
    -------
    DataFrame
        One row per pair of actors of consecutive stages that have no joint record: ``stage``, ``next``, ``source``,
        ``target`` (ids), their regions ``source_code`` and ``target_code``, ``gain`` (flow that the first joint record
        adds, up to 1), ``most`` (what all that it could carry adds), ``common_partners`` (in the chain). The largest
        first; then those with more common partners, then by ids. Empty where no single link adds anything, and where
        links are not known.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> study = regions.load_study("china")
    >>> members = find_chain_members(study, read_chain(study, "Maize"))
    >>> rank_new_links(members, ["220000", "230000"])[["stage", "source", "target", "gain"]].to_numpy().tolist()
    [['cultivation', 'cars-087', 'cars-089', 1.0]]
    """
    built = build_chain_network(members, codes)
    if built.nodes.empty or not built.observed:
        return pd.DataFrame(columns=_COLUMNS)
    flow = find_flow(built.network)
    room = _Room(built, flow)
    known = list_linked_actors(members)
    nodes, rows = built.nodes, list[tuple[object, ...]]()
    for before, after in members.chain.bridge(frozenset(nodes["stage"])):
        givers = room.pick(before, flow.before, ahead=True)
        takers = room.pick(after, flow.beyond, ahead=False)
        for i, j in ((i, j) for i in givers for j in takers):
            source, target = nodes["actor"].iloc[i], nodes["actor"].iloc[j]
            if source != target and target not in known.get(source, ()):
                most = min(givers[i], takers[j]) / built.one
                common = len(known.get(source, set()) & known.get(target, set()))
                ends = (nodes["code"].iloc[i], nodes["code"].iloc[j])
                rows.append((before, after, source, target, *ends, min(most, 1.0), most, common))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    order = table.assign(gain=-table["gain"], most=-table["most"], common_partners=-table["common_partners"])
    order = order.sort_values(["gain", "most", "common_partners", "source", "target", "stage"])
    return table.loc[order.index].head(top).reset_index(drop=True)


class _Room:
    """What could still flow to, and from, the nodes of a chain beside its maximum flow."""

    def __init__(self, built: ChainNetwork, flow: Flow) -> None:
        first, second, room, flows = flow.arcs
        size = 2 * len(flow.network.capacity) + 2
        rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
        data = np.concatenate([room - flows, flows]).astype(np.int32)
        self._left = csr_array((data, (rows, columns)), shape=(size, size))
        self._stage = built.nodes["stage"].to_numpy(dtype=object)
        self._spare = flow.network.capacity - flow.through
        self._ends = size - 2, size - 1

    def pick(self, stage: str, open_nodes: np.typing.NDArray[np.bool_], *, ahead: bool) -> dict[int, int]:
        """Return the nodes of a stage that one more unit reaches (or leaves), and how many units could."""
        places = np.flatnonzero((self._stage == stage) & open_nodes[: len(self._stage)])
        places = places[np.argsort(-self._spare[places], kind="stable")][:_LOOKED_AT]
        start, end = self._ends
        return {
            int(k): int(
                maximum_flow(self._left, start, 2 * int(k) + 1).flow_value
                if ahead
                else maximum_flow(self._left, 2 * int(k), end).flow_value
            )
            for k in sorted(places.tolist())
        }
