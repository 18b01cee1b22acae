"""The flow network of a chain in a place: its actors by stage, and what can pass from one to the next."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.chains.flow import UNLIMITED, FlowNetwork, count_units
from analysis.chains.members import ChainMembers
from regions.arrays import Integers


@dataclass(frozen=True, slots=True, eq=False)
class ChainNetwork:
    """What flows through the actors of a chain in one place.

    Attributes
    ----------
    network
        Its first nodes are the rows of ``nodes``; the hubs of a modelled flow follow.
    nodes
        Rows of `ChainMembers.table`: actors in stages of the place that lead to, or follow, another stage there.
    stages
        These stages, in the order of the chain; absent ones are passed over.
    missing
        Stages of the chain without an actor in the place.
    one
        Units of a strength of 1.
    observed
        Whether the arcs are links that were observed; False: every actor of a stage may supply every one of the next.
    """

    network: FlowNetwork
    nodes: pd.DataFrame
    stages: tuple[str, ...]
    missing: tuple[str, ...]
    one: int
    observed: bool


def build_chain_network(
    members: ChainMembers, codes: Collection[str] | None = None, *, modelled: bool | None = None
) -> ChainNetwork:
    """Build the flow network of a chain in a place.

    A node is an actor in a stage, of the capacity of its strength. An actor passes on to itself without limit, to
    another as much as they have joint records. Where nothing is known of links, the flow is modelled: within the
    place every actor of a stage may supply every actor of the next.

    Parameters
    ----------
    members
        From `analysis.chains.members.find_chain_members`.
    codes
        Units of the place; None: the whole country, actors without a region included.
    modelled
        True or False: whether to model the flow; None: where no link between two actors of the chain is known.
    """
    table = members.table
    local = table if codes is None else table[table["code"].isin(set(codes))]
    present = frozenset(local["stage"])
    ways = members.chain.bridge(present)
    joined = {stage for way in ways for stage in way}
    nodes = local[local["stage"].isin(joined)].reset_index(drop=True)
    stages = nodes["stage"].to_numpy(dtype=object)
    capacity, one = count_units(nodes["strength"].to_numpy(dtype=float))
    observed = members.observed if modelled is None else not modelled
    place = {stage: np.flatnonzero(stages == stage) for stage in members.chain.stages if stage in joined}
    firsts = [stage for stage in place if stage not in {after for _, after in ways}]
    lasts = [stage for stage in place if stage not in {before for before, _ in ways}]
    ends = tuple(_join([place[stage] for stage in each]) for each in (firsts, lasts))
    arcs = _link_actors(members, nodes, ways, one) if observed else _link_hubs(place, ways, len(nodes))
    hubs = 0 if observed else len(ways)
    network = FlowNetwork(np.concatenate([capacity, np.full(hubs, UNLIMITED)]), *arcs, *ends)
    missing = tuple(stage for stage in members.chain.stages if stage not in present)
    return ChainNetwork(network, nodes, tuple(place), missing, one, observed)


def _link_actors(
    members: ChainMembers, nodes: pd.DataFrame, ways: tuple[tuple[str, str], ...], one: int
) -> tuple[Integers, Integers, Integers]:
    """Return tails, heads and room of the arcs between actors that are linked, or the same."""
    at: dict[str, list[tuple[int, str]]] = {}
    for place, (actor, stage) in enumerate(zip(nodes["actor"].tolist(), nodes["stage"].tolist(), strict=True)):
        at.setdefault(actor, []).append((place, stage))
    columns = (members.links[name].tolist() for name in ("source", "target", "weight"))
    inside = [link for link in zip(*columns, strict=True) if link[0] in at and link[1] in at]
    links = [(actor, actor, np.inf) for actor in at] + inside + [(end, start, weight) for start, end, weight in inside]
    steps = set(ways)
    arcs = [
        (tail, head, weight)
        for source, target, weight in links
        for tail, before in at[source]
        for head, after in at[target]
        if (before, after) in steps
    ]
    tails, heads, weights = (np.array(part) for part in zip(*arcs, strict=True)) if arcs else ([], [], [])
    room = np.minimum(np.asarray(weights, dtype=float) * one, UNLIMITED).astype(np.int64)
    return np.asarray(tails, dtype=np.int64), np.asarray(heads, dtype=np.int64), room


def _link_hubs(
    place: dict[str, Integers], ways: tuple[tuple[str, str], ...], first: int
) -> tuple[Integers, Integers, Integers]:
    """Join every actor of a stage with every one of the next through a hub between the two stages."""
    tails, heads = [], []
    for number, (before, after) in enumerate(ways):
        hub = first + number
        tails += [place[before], np.full(len(place[after]), hub)]
        heads += [np.full(len(place[before]), hub), place[after]]
    joined = _join(tails)
    return joined, _join(heads), np.full(len(joined), UNLIMITED, dtype=np.int64)


def _join(parts: list[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts]).astype(np.int64)
