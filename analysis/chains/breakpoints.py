"""Where a chain breaks: stages without a local actor, and actors without a link to the next stage."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.chains.members import ChainMembers, list_linked_actors
from analysis.chains.presence import ChainPresence

NO_ACTOR = "no-actor"
"""A source that covers region and stage saw nobody there."""

NO_LINK = "no-link"
"""Actors are there, and none of them is linked to an actor of the next stage, anywhere."""

_COLUMNS = ["place", "stage", "next", "code", "actors", "linked_inside", "linked_elsewhere", "unlinked"]


def find_breakpoints(
    members: ChainMembers, presence: ChainPresence, places: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Find the breakpoints of a chain, place by place.

    An actor that stands in both stages is linked to the next stage by itself. Where no link between any two actors of
    the chain is known, `NO_LINK` is not judged: no row says so.

    Parameters
    ----------
    members
        The actors of the chain.
    presence
        From `analysis.chains.presence.measure_presence`.
    places
        Name of a place (a region, a group of regions) -> its units.

    Returns
    -------
    DataFrame
        One row per place and breakpoint, in the order of places and stages: ``place``, ``stage``, ``next`` ("" for
        `NO_ACTOR`, and a stage that nothing follows), ``code`` (`NO_ACTOR` or `NO_LINK`), ``actors`` of the stage
        there, and how many of them are ``linked_inside`` (to an actor of the next stage in the same place),
        ``linked_elsewhere`` (only to others), ``unlinked``. A place has no actor in a stage where every unit of it is
        absent, none merely not covered.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> from analysis.chains.presence import measure_presence
    >>> study = regions.load_study("china")
    >>> members = find_chain_members(study, read_chain(study, "Soybean"))
    >>> found = find_breakpoints(members, measure_presence(study, members), {"Heilongjiang": ["230000"]})
    >>> found.loc[found["code"] == "no-actor", "stage"].tolist()
    ['economics']
    """
    absent: dict[str, dict[str, bool]] = {stage: {} for stage in members.chain.stages}
    index = presence.table.index
    for code, stage, state in zip(
        *map(index.get_level_values, ("code", "stage")), presence.table["state"], strict=True
    ):
        absent[stage][code] = state == "absent"
    steps = count_steps(members, places)
    steps = steps[steps["judged"] & (steps["actors"] > 0) & (steps["unlinked"] == steps["actors"])]
    alone: dict[str, list[tuple[str, str, int]]] = {}
    for place, *step in steps[["place", "stage", "next", "actors"]].itertuples(index=False, name=None):
        alone.setdefault(place, []).append(tuple(step))
    rows: list[tuple[object, ...]] = []
    for place, codes in places.items():
        for stage, states in absent.items():
            here = [states[code] for code in codes if code in states]
            if here and all(here):
                rows.append((place, stage, "", NO_ACTOR, 0, 0, 0, 0))
        rows += [(place, stage, after, NO_LINK, actors, 0, 0, actors) for stage, after, actors in alone.get(place, ())]
    return pd.DataFrame(rows, columns=_COLUMNS)


def count_steps(members: ChainMembers, places: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count, for each place and each step of the chain, the actors that are linked to the next stage.

    Returns
    -------
    DataFrame
        One row per place and way from a stage to a next one: ``place``, ``stage``, ``next``, ``actors``,
        ``linked_inside``, ``linked_elsewhere``, ``unlinked``, ``judged`` (False where no links are known or nobody
        stands in the next stage).
    """
    linked = list_linked_actors(members)
    code_of = dict(zip(members.table["actor"], members.table["code"], strict=True))
    in_stage = members.table.groupby("stage")["actor"].agg(set).to_dict()
    rows = []
    for place, codes in places.items():
        here = set(codes)
        local = {actor for actor, code in code_of.items() if code in here}
        for stage, after in members.chain.arcs:
            actors = in_stage.get(stage, set()) & local
            nexts = in_stage.get(after, set())
            met = {actor: ({actor} | linked.get(actor, set())) & nexts for actor in actors}
            inside = sum(bool(others & local) for others in met.values())
            elsewhere = sum(bool(others) for others in met.values()) - inside
            counts = (len(actors), inside, elsewhere, len(actors) - inside - elsewhere)
            rows.append((place, stage, after, *counts, members.observed and bool(nexts)))
    columns = ["place", "stage", "next", "actors", "linked_inside", "linked_elsewhere", "unlinked", "judged"]
    return pd.DataFrame(rows, columns=columns)
