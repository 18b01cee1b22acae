"""Where a chain clogs in a place, and what is lost when an actor, a stage of a region, or a region goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.chains.chain_network import ChainNetwork, build_chain_network
from analysis.chains.flow import Flow, FlowLosses, find_flow
from analysis.chains.members import ChainMembers
from regions.arrays import Booleans

STAGE, LINK, ACTOR, REGION, REGION_STAGE = "stage", "link", "actor", "region", "region-stage"
"""What a row of the table of blockages is about."""

_MOST = 100
"""So many actors of a minimum cut, those that most flows through, are taken away in turn."""

_COLUMNS = [
    "what", "stage", "next", "code", "actor", "partner",
    "capacity", "through", "in_cut", "widens", "lost", "lost_share",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Blockages:
    """The flow of a chain through a place.

    Attributes
    ----------
    flow
        How much passes from its first to its last stages there, in units of strength; NaN where fewer than two stages
        that follow each other are present.
    observed
        False: only presence was known, and the flow is modelled.
    stages, missing
        Stages that were measured, and those without an actor, which were passed over.
    table
        Rows of five kinds (``what``): `STAGE`, every stage; `LINK`, the links of the minimum cut; `ACTOR`, the
        largest actor of every stage and the first 100 of the minimum cut; `REGION_STAGE` and `REGION`, where the place
        has several regions. ``stage``, ``next``, ``code`` (region), ``actor``, ``partner`` (ids); ``capacity`` and
        ``through`` in units of strength; ``in_cut``, whether it is in the minimum cut nearest to the first stages (of
        stages and regions: all of its flow passes actors of it); ``widens``, whether one more unit there adds flow;
        ``lost`` and ``lost_share`` of the flow when it is gone. Sorted within each kind by what is lost.
    """

    flow: float
    observed: bool
    stages: tuple[str, ...]
    missing: tuple[str, ...]
    table: pd.DataFrame


def find_blockages(
    members: ChainMembers,
    codes: Sequence[str] | None = None,
    *,
    modelled: bool | None = None,
    detail: bool = True,
) -> Blockages:
    r"""Find where a chain clogs: maximum flow through split nodes, minimum cut, and losses.

    The flow runs from the first to the last stages that the place has, every actor passing at most its strength and
    every link at most its joint records. Inputs are taken as interchangeable: what one first stage lacks another may
    give, so that a loss is a lower bound.

    Parameters
    ----------
    members
        From `analysis.chains.members.find_chain_members`.
    codes
        Units of the place; None: the whole country.
    modelled
        See `analysis.chains.chain_network.build_chain_network`.
    detail
        Whether every stage of every region is taken away in turn, beside whole regions.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> study = regions.load_study("china")
    >>> found = find_blockages(find_chain_members(study, read_chain(study, "Rice")), ["210000", "220000", "230000"])
    >>> found.flow, found.missing
    (0.5, ('economics',))

    References
    ----------
    Ford & Fulkerson (1956), Maximal flow through a network, doi:10.4153/CJM-1956-045-5.
    """
    built = build_chain_network(members, codes, modelled=modelled)
    if built.nodes.empty:
        return Blockages(np.nan, built.observed, built.stages, built.missing, pd.DataFrame(columns=_COLUMNS))
    flow = find_flow(built.network)
    losses = FlowLosses(flow)
    rows = [*_list_stages(built, losses), *_list_links(built, flow), *_list_actors(built, losses)]
    rows += list(_list_regions(built, losses, detail=detail))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table["lost_share"] = table["lost"] / flow.value if flow.value else np.nan
    for name in ("capacity", "through", "lost"):
        table[name] = table[name] / built.one
    order = table["what"].map({what: i for i, what in enumerate((STAGE, LINK, ACTOR, REGION_STAGE, REGION))})
    by_size = table.assign(order=order, late=-table["lost"].where(table["what"] != STAGE, 0.0).fillna(0.0))
    by_size = by_size.sort_values(["order", "late"], kind="stable")
    return Blockages(
        flow.value / built.one, built.observed, built.stages, built.missing, by_size[_COLUMNS].reset_index(drop=True)
    )


def _list_stages(built: ChainNetwork, losses: FlowLosses) -> Iterator[tuple[object, ...]]:
    for stage in built.stages:
        inside = (built.nodes["stage"] == stage).to_numpy()
        lost = losses.measure(np.flatnonzero(inside))
        yield (STAGE, stage, "", "", "", "", *_measure(built, losses.flow, inside), lost, 0.0)


def _list_links(built: ChainNetwork, flow: Flow) -> Iterator[tuple[object, ...]]:
    """Give the links of the minimum cut; a modelled flow has none."""
    nodes, network = built.nodes, flow.network
    for arc in np.flatnonzero(flow.cut_arcs).tolist():
        tail, head = int(network.tails[arc]), int(network.heads[arc])
        before, after = nodes.iloc[tail], nodes.iloc[head]
        widens = bool(flow.before[tail] and flow.beyond[head])
        room = int(network.room[arc])
        names = (before["stage"], after["stage"], before["code"], before["actor"], after["actor"])
        yield (LINK, *names, room, room, True, widens, np.nan, np.nan)


def _list_actors(built: ChainNetwork, losses: FlowLosses) -> Iterator[tuple[object, ...]]:
    nodes, flow = built.nodes, losses.flow
    largest = nodes.assign(through=flow.through[: len(nodes)]).sort_values(
        ["through", "strength", "actor"], ascending=[False, False, True]
    )
    full = largest.index[flow.in_cut[: len(nodes)][largest.index]][:_MOST]
    chosen = {*largest.drop_duplicates("stage").index, *full}
    for place in sorted(chosen):
        row = nodes.iloc[place]
        alone = np.zeros(len(nodes), dtype=bool)
        alone[place] = True
        lost = losses.measure(np.array([place]))
        yield (ACTOR, row["stage"], "", row["code"], row["actor"], "", *_measure(built, flow, alone), lost, 0.0)


def _list_regions(built: ChainNetwork, losses: FlowLosses, *, detail: bool) -> Iterator[tuple[object, ...]]:
    """Take away every region, and every stage of a region, where the place has several."""
    codes = [code for code in built.nodes["code"].unique() if code]
    if len(codes) < 2:  # noqa: PLR2004 - with one alone all is lost
        return
    flow = losses.flow
    code, stage = built.nodes["code"].to_numpy(dtype=object), built.nodes["stage"].to_numpy(dtype=object)
    for each in codes:
        here = code == each
        for one in built.stages if detail else ():
            inside = here & (stage == one)
            if inside.any():
                lost = losses.measure(np.flatnonzero(inside))
                yield (REGION_STAGE, one, "", each, "", "", *_measure(built, flow, inside), lost, 0.0)
        yield (REGION, "", "", each, "", "", *_measure(built, flow, here), losses.measure(np.flatnonzero(here)), 0.0)


def _measure(built: ChainNetwork, flow: Flow, inside: Booleans) -> tuple[int, int, bool, bool]:
    """Return capacity, flow, and whether any of the nodes is in the cut, or widens it."""
    size = len(built.nodes)
    capacity, through = (int(part[:size][inside].sum()) for part in (flow.network.capacity, flow.through))
    return capacity, through, bool(flow.in_cut[:size][inside].any()), bool(flow.widens[:size][inside].any())
