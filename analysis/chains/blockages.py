"""Where a chain clogs in a place, and what is lost when an actor, a stage of a region, or a region goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

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

_Row: TypeAlias = tuple[str, str, str, str, str, str, int, int, bool, bool, float]
"""Up to ``lost``, in units of the flow."""


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
    return _tabulate(built, find_flow(built.network) if len(built.nodes) else None, detail=detail)


def find_blockages_or_model(
    members: ChainMembers, codes: Sequence[str] | None = None, *, detail: bool = True
) -> tuple[Blockages, float]:
    """Find where a chain clogs; the flow is modelled where links are not known, or no chain of them leads through.

    Parameters
    ----------
    members, codes, detail
        As of `find_blockages`.

    Returns
    -------
    Blockages
        Observed, or modelled.
    float
        The flow through observed links; NaN where links are not known, or fewer than two stages that follow each other
        are present.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> study = regions.load_study("china")
    >>> members = find_chain_members(study, read_chain(study, "Maize"))
    >>> found, observed = find_blockages_or_model(members, ["210000", "220000", "230000"])
    >>> found.observed, observed
    (False, 0.0)
    """
    if not members.observed:
        return find_blockages(members, codes, modelled=True, detail=detail), float("nan")
    built = build_chain_network(members, codes)
    flow = find_flow(built.network) if len(built.nodes) else None
    if flow is not None and flow.value == 0:
        return find_blockages(members, codes, modelled=True, detail=detail), 0.0
    found = _tabulate(built, flow, detail=detail)
    return found, found.flow


def _tabulate(built: ChainNetwork, flow: Flow | None, *, detail: bool) -> Blockages:
    """Tabulate what is lost; without a flow the table is empty."""
    if flow is None:
        return Blockages(np.nan, built.observed, built.stages, built.missing, pd.DataFrame(columns=_COLUMNS))
    losses = FlowLosses(flow)
    rows = [*_list_stages(built, losses), *_list_links(built, flow), *_list_actors(built, losses)]
    rows += list(_list_regions(built, losses, detail=detail))
    whole = flow.value or np.nan
    order = {what: place for place, what in enumerate((STAGE, LINK, ACTOR, REGION_STAGE, REGION))}
    rows.sort(key=lambda row: (order[row[0]], 0.0 if row[0] == STAGE or np.isnan(row[-1]) else -row[-1]))
    parts = [
        (*row[:6], row[6] / built.one, row[7] / built.one, *row[8:10], row[10] / built.one, row[10] / whole)
        for row in rows
    ]
    table = pd.DataFrame(parts, columns=_COLUMNS)
    return Blockages(flow.value / built.one, built.observed, built.stages, built.missing, table)


def _list_stages(built: ChainNetwork, losses: FlowLosses) -> Iterator[_Row]:
    stages = built.nodes["stage"].to_numpy(dtype=object)
    for stage in built.stages:
        inside = stages == stage
        lost = losses.measure(np.flatnonzero(inside))
        yield (STAGE, stage, "", "", "", "", *_measure(built, losses.flow, inside), lost)


def _list_links(built: ChainNetwork, flow: Flow) -> Iterator[_Row]:
    """Give the links of the minimum cut; a modelled flow has none."""
    network = flow.network
    stage, code, actor = (built.nodes[name].tolist() for name in ("stage", "code", "actor"))
    for arc in np.flatnonzero(flow.cut_arcs).tolist():
        tail, head = int(network.tails[arc]), int(network.heads[arc])
        widens = bool(flow.before[tail] and flow.beyond[head])
        room = int(network.room[arc])
        yield (LINK, stage[tail], stage[head], code[tail], actor[tail], actor[head], room, room, True, widens, np.nan)


def _list_actors(built: ChainNetwork, losses: FlowLosses) -> Iterator[_Row]:
    nodes, flow = built.nodes, losses.flow
    stage, code, actor, strength = (nodes[name].tolist() for name in ("stage", "code", "actor", "strength"))
    through = flow.through.tolist()
    largest = sorted(range(len(nodes)), key=lambda place: (-through[place], -strength[place], actor[place]))
    full = [place for place in largest if flow.in_cut[place]][:_MOST]
    leading = {stage[place]: place for place in reversed(largest)}
    for place in sorted({*leading.values(), *full}):
        alone = np.zeros(len(nodes), dtype=bool)
        alone[place] = True
        lost = losses.measure(np.array([place]))
        yield (ACTOR, stage[place], "", code[place], actor[place], "", *_measure(built, flow, alone), lost)


def _list_regions(built: ChainNetwork, losses: FlowLosses, *, detail: bool) -> Iterator[_Row]:
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
                yield (REGION_STAGE, one, "", each, "", "", *_measure(built, flow, inside), lost)
        yield (REGION, "", "", each, "", "", *_measure(built, flow, here), losses.measure(np.flatnonzero(here)))


def _measure(built: ChainNetwork, flow: Flow, inside: Booleans) -> tuple[int, int, bool, bool]:
    """Return capacity, flow, and whether any of the nodes is in the cut, or widens it."""
    size = len(built.nodes)
    capacity, through = (int(part[:size][inside].sum()) for part in (flow.network.capacity, flow.through))
    return capacity, through, bool(flow.in_cut[:size][inside].any()), bool(flow.widens[:size][inside].any())
