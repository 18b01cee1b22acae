"""The ranking of who could fill a lacking stage, tested on who came to work there in later years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.chains.chain import Chain
from analysis.chains.fill import count_joint_records, find_fillers
from analysis.chains.link_draws import LinkDraws
from analysis.chains.members import find_chain_members
from analysis.chains.presence import measure_presence
from analysis.expectation.robust_fit import fit_expectation
from analysis.networks.network import build_network
from analysis.scores.grouped_auc import compare_groups, draw_auc, draw_groups_anew, tabulate_auc
from regions.arrays import Booleans, Floats, Integers
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_years import list_years, open_years

PREDICTORS = ("score", "probability", "capability", "relatedness", "linked", "size")
"""What may foretell a joint record: columns of `find_fillers`, and rows of one region times rows of the other."""

FEWEST = 5
"""With fewer that came true, or fewer that did not, no AUC is worth printing."""

_ALL = 10**6


@dataclass(frozen=True, slots=True, eq=False)
class FillBacktest:
    """How well each predictor told the candidates with which a region came to work from the others.

    Attributes
    ----------
    measures
        As of `analysis.scores.grouped_auc.tabulate_auc`, regions that lack a stage drawn with replacement; ``within``
        compares candidates for one lacking stage of one region only, ``beyond_size`` is the AUC less that of ``size``.
        NaN with fewer than `FEWEST` on either side.
    cases
        One row per ``chain``, ``code``, ``stage`` (lacking there in the early years) and ``candidate``: `PREDICTORS`,
        ``rank``, and ``came``, whether an actor of the region has a joint record of the later years with one of the
        candidate in the stage.
    decided
        Lacking stages with some candidates that came true and some that did not.
    first, base
        Of these: the share in which the candidate ranked first came true, and the mean share of all candidates; NaN
        without any.
    early, later
        Years: the last one known, the first and the last tested.
    """

    measures: pd.DataFrame
    cases: pd.DataFrame
    decided: int
    first: float
    base: float
    early: int
    later: tuple[int, int]


def backtest_fill(
    study: Study,
    chains: Sequence[Chain],
    distances: pd.DataFrame,
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> FillBacktest:
    """Rank candidates for lacking stages by early years, and look who worked together there in later ones.

    The early years are those that count in the study where it sets others aside, else the first two thirds. A joint
    record is weaker than a stage that is filled: the data tell who worked with whom, not what became of it.

    Parameters
    ----------
    study
        With actors, and records of several years.
    chains
        A chain whose fields are all of another one, and more (a group of chains), is passed over.
    distances
        N x N km.
    draws, level, seed
        Of the bootstrap over regions.

    Raises
    ------
    MethodError
        When the study has no records of actors, no years, one year, or too little for a gravity model.

    Examples
    --------
    >>> from regionet import geodata, regions
    >>> from analysis.chains.chain import read_chain
    >>> study = regions.load_study("china")
    >>> found = backtest_fill(study, [read_chain(study, "Maize")], geodata.measure_distances(study), draws=5)
    >>> found.early, found.later, len(found.cases)
    (2011, (2017, 2019), 558)
    """
    early, late, years = _split(study)
    fit = LinkDraws(fit_expectation(early, build_network(early), distances), seed=seed)
    chosen = [chain for chain in chains if not any(_fields(other) < _fields(chain) for other in chains)]
    cases = pd.concat([_list_cases(early, late, chain, fit) for chain in chosen], ignore_index=True)
    size = _count_rows(early)
    cases["size"] = cases["code"].map(size).to_numpy(dtype=float) * cases["candidate"].map(size).to_numpy(dtype=float)
    came = cases["came"].to_numpy(dtype=bool)
    measures = _measure(cases, draws=draws, level=level, seed=seed)
    if min(came.sum(), (~came).sum()) < FEWEST:
        measures.iloc[:, 1:] = np.nan
    share = cases.groupby(["chain", "code", "stage"])["came"].transform("mean")
    open_ = cases[(share > 0) & (share < 1)]
    first = open_.loc[open_["rank"] == 1, "came"]
    decided = len(first)
    base = float(share[first.index].mean()) if decided else np.nan
    return FillBacktest(measures, cases, decided, float(first.mean()) if decided else np.nan, base, *years)


def _fields(chain: Chain) -> frozenset[str]:
    return frozenset[str]().union(*chain.fields.values())


def _split(study: Study) -> tuple[Study, Study, tuple[int, tuple[int, int]]]:
    """Return the study of the early years, that of the later ones, and the years."""
    if study.records is None or study.actors is None or "year" not in study.records:
        raise MethodError(say("backtest/no-years", study=study.name))
    opened = open_years(study)
    years = list_years(opened)
    counted = sorted(int(year) for year in study.records["year"].dropna().unique())
    last = counted[-1] if len(counted) < len(years) else years[-(-2 * len(years) // 3) - 1]
    later = [year for year in years if year > last]
    if not later:
        raise MethodError(say("backtest/one-year", study=study.name, year=last))
    bare = replace(study, other_years=MappingProxyType({}))
    records = opened.records if opened.records is not None else study.records
    early = study.records[(study.records["year"] <= last).fillna(value=False).astype(bool)]
    late = records[(records["year"] > last).fillna(value=False).astype(bool)]
    return replace(bare, records=early), replace(bare, records=late), (last, (later[0], later[-1]))


def _list_cases(early: Study, late: Study, chain: Chain, fit: LinkDraws) -> pd.DataFrame:
    members = find_chain_members(early, chain)
    found = find_fillers(early, members, measure_presence(early, members), fit=fit, top=_ALL)
    came = np.array(count_joint_records(find_chain_members(late, chain), found)) > 0
    return found.assign(came=came, chain=chain.name)


def _count_rows(study: Study) -> "pd.Series[float]":
    """Count the rows of records of each unit."""
    if study.records is None or study.actors is None:
        return pd.Series(dtype=float)
    units = study.records["actor"].map(study.actors["region"]).map(study.unit_of)
    return units.value_counts().reindex(study.regions.index, fill_value=0).astype(float)


def _measure(cases: pd.DataFrame, *, draws: int, level: float, seed: int) -> pd.DataFrame:
    place, codes = pd.factorize(cases["code"])
    case, _ = pd.factorize(pd.MultiIndex.from_frame(cases[["chain", "code", "stage"]]))
    came = cases["came"].to_numpy(dtype=bool)
    times = draw_groups_anew(len(codes), draws=draws, seed=seed)
    whole, inside = {}, {}
    for name in PREDICTORS:
        score = cases[name].fillna(0.0).to_numpy(dtype=float)
        whole[name] = draw_auc(*compare_groups(score, came, group=place, count=times.shape[1]), times)
        inside[name] = draw_auc(*_compare_cases(score, came, case=case, place=place, count=times.shape[1]), times)
    return tabulate_auc(whole, inside, base="size", level=level)


def _compare_cases(
    score: Floats, came: Booleans, *, case: Integers, place: Integers, count: int
) -> tuple[Floats, Floats]:
    """Compare the candidates for one lacking stage with each other, summed by the region that lacks it."""
    won, pairs = np.zeros(count), np.zeros(count)
    order = np.argsort(case, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(case[order])) + 1):
        if 0 < came[rows].sum() < len(rows):
            one, all_ = compare_groups(score[rows], came[rows], group=np.zeros(len(rows), dtype=np.intp), count=1)
            won[place[rows[0]]] += one[0, 0]
            pairs[place[rows[0]]] += all_[0, 0]
    return won, pairs
