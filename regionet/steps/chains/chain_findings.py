"""Find everything that is asked of the chains of a study."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import analysis
import geodata
from analysis.chains.blockages import Blockages, find_blockages_or_model
from analysis.chains.breakpoints import count_steps, find_breakpoints
from analysis.chains.chain import Chain
from analysis.chains.fill import find_fillers
from analysis.chains.link_draws import LinkDraws
from analysis.chains.members import ChainMembers, find_chain_members
from analysis.chains.presence import ChainPresence, measure_presence, measure_stage_concentration
from analysis.chains.strengthen import rank_new_links
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainQuery, ChainScope
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

TOP = 5
"""Candidates for a stage, and links, that are kept."""


@dataclass(frozen=True, slots=True, eq=False)
class ChainFinding:
    """What was found of one chain.

    Attributes
    ----------
    chain, members, presence
        As of `analysis.chains`.
    concentration
        By stage, of all regions.
    steps, breakpoints
        By place.
    blockages
        Place -> the flow there; observed, or modelled where links are not known or lead nowhere.
    observed
        Place -> the flow through links that were observed, NaN where links are not known.
    fill
        Candidates for each stage that a region of the scope lacks.
    new_links
        Place -> links that would add flow.
    """

    chain: Chain
    members: ChainMembers
    presence: ChainPresence
    concentration: pd.DataFrame
    steps: pd.DataFrame
    breakpoints: pd.DataFrame
    blockages: Mapping[str, Blockages]
    observed: Mapping[str, float]
    fill: pd.DataFrame
    new_links: Mapping[str, pd.DataFrame]


def fit_links(study: Study, seed: int = 0) -> tuple[LinkDraws | None, tuple[Words, ...]]:
    """Fit what links to expect between regions, once for all chains; None, and why, where the data do not allow it."""
    try:
        network = analysis.build_network(study)
        fit = analysis.fit_expectation(study, network, geodata.measure_distances(study))
        return LinkDraws(fit, seed=seed), ()
    except MethodError as error:
        note = Words(f"No candidates for lacking stages: {error}.", f"未推荐补链地区：{error.describe('zh')}。")
        return None, (note,)


def find_chain(
    study: Study, chain: Chain, scope: ChainScope, *, fit: LinkDraws | None, query: ChainQuery
) -> ChainFinding:
    """Find presence, breakpoints, blockages, candidates and links of one chain in a scope."""
    members = find_chain_members(study, chain, kinds=query.kinds or None)
    presence = measure_presence(study, members, kind=query.kinds[0] if len(query.kinds) == 1 else None)
    places = {place: codes for place, codes in scope.places.items() if place != COUNTRY or members.table.empty is False}
    flows, observed = {}, {}
    for place, codes in places.items():
        flows[place], observed[place] = find_blockages_or_model(members, None if place == COUNTRY else codes)
    fill = pd.DataFrame()
    if fit is not None:
        codes = list(scope.codes)
        fill = find_fillers(study, members, presence, fit=fit, codes=codes, top=TOP)
    wide = [place for place in (GROUP, COUNTRY) if place in places]
    new_links = {place: rank_new_links(members, None if place == COUNTRY else places[place], top=TOP) for place in wide}
    return ChainFinding(
        chain,
        members,
        presence,
        measure_stage_concentration(members),
        count_steps(members, places),
        find_breakpoints(members, presence, {place: list(codes) for place, codes in places.items()}),
        flows,
        observed,
        fill,
        new_links,
    )
