"""Which regions could fill a stage that a region lacks: what they can, what they are near to, how likely a link is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.chains.chain import Chain, take_texts
from analysis.chains.members import ChainMembers, take_latest
from analysis.chains.presence import ChainPresence
from analysis.complexity.relatedness import find_specialisations, measure_density, measure_proximity
from analysis.expectation.gravity import GravityFit
from analysis.loglinear.tolerance import merge_ties
from regions.arrays import Floats
from regions.study import Study

_DRAWS = 2000
_COLUMNS = [
    "code", "stage", "rank", "candidate", "score", "probability", "low", "high", "expected", "capability",
    "relatedness", "own_relatedness", "linked", "tied",
]  # fmt: skip


def find_fillers(
    study: Study,
    members: ChainMembers,
    presence: ChainPresence,
    *,
    fit: GravityFit,
    codes: Sequence[str] | None = None,
    top: int = 5,
    seed: int = 0,
) -> pd.DataFrame:
    r"""Rank the regions that have a stage which another lacks, for each stage that is absent there.

    .. math:: \text{score} = \omega_{qs} \; P_{rq} \; x_{qs}

    with :math:`\omega` the relatedness density of the stage to what candidate q does otherwise, :math:`x_{qs}` its
    strength in the stage, and P the probability that q and r get a link in it within a time like that of the records:
    the expectation of the gravity model, times the gamma-Poisson belief about this pair, times the part of their
    links that is of this chain (by their shares of fields) and of this stage (by what q has in it).

    Parameters
    ----------
    study
        The study of the members.
    members, presence
        From `analysis.chains`.
    fit
        From `analysis.fit_expectation`, of the regions of the study.
    codes
        Regions whose absent stages are to be filled; None: all.
    top
        Candidates for each.
    seed
        Of the draws that give the interval.

    Returns
    -------
    DataFrame
        ``code``, ``stage`` (absent there), ``rank``, ``candidate`` (code), ``score``, ``probability`` with its 95 %
        interval ``low`` .. ``high`` (of the expectation and the belief, not of the shares), ``expected`` links,
        ``capability``, ``relatedness`` (0 to 1), ``own_relatedness`` (of the stage to what the region itself does),
        ``linked`` (joint records of the chain between the actors of the region and those of the candidate in the
        stage), ``tied`` (its interval overlaps that of the first: no order can be told). Pairs that the model does
        not know are left out; a stage that no region has gives no row.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> from analysis.chains.presence import measure_presence
    >>> study = regions.load_study("china")
    >>> members = find_chain_members(study, read_chain(study, "Maize"))
    >>> fit = analysis.fit_expectation(study, analysis.build_network(study), geodata.measure_distances(study))
    >>> found = find_fillers(study, members, measure_presence(study, members), fit=fit, codes=["210000"], top=1)
    >>> found["stage"].tolist()
    ['breeding', 'nutrition', 'protection', 'facilities', 'cultivation', 'processing', 'economics']
    """
    table, chain = presence.table, members.chain
    strength = table["strength"].where(table["strength"] > 0, table["value"]).fillna(0.0)
    profile = profile_regions(study, chain)
    special = find_specialisations(profile)
    density = measure_density(special, measure_proximity(special))
    labels = {stage: _label(stage) for stage in chain.stages}
    rates = _Rates(fit, profile, members, seed)
    lacking = table.index[table["state"] == "absent"]
    rows: list[tuple[object, ...]] = []
    for code, stage in lacking:
        if codes is not None and code not in codes:
            continue
        near = density[labels[stage]] if labels[stage] in density else pd.Series(np.nan, index=density.index)
        found = _judge(strength.xs(stage, level="stage"), near, rates, (code, stage))
        rows += [(code, stage, *row, near.get(code, np.nan)) for row in found.head(top).itertuples(index=False)]
    result = pd.DataFrame(rows, columns=[*_COLUMNS[:2], *_COLUMNS[2:11], "tied", "own_relatedness"])
    return result.assign(linked=_count_links(members, result))[_COLUMNS]


def _judge(
    strength: "pd.Series[float]", near: "pd.Series[float]", rates: "_Rates", at: tuple[str, str]
) -> pd.DataFrame:
    """Return the candidates of one stage of one region, the best first."""
    rows = []
    for candidate in strength.index[(strength > 0) & (strength.index != at[0])]:
        draws = rates.draw(at[0], candidate, at[1])
        if draws is not None:
            chance = -np.expm1(-draws)
            low, high = np.quantile(chance, [0.025, 0.975])
            rows.append((candidate, float(chance.mean()), low, high, float(draws.mean()), strength[candidate]))
    names = ["candidate", "probability", "low", "high", "expected", "capability"]
    found = pd.DataFrame(rows, columns=names)
    found["relatedness"] = found["candidate"].map(near).astype(float)
    found["score"] = found["relatedness"].fillna(0.0) * found["probability"] * found["capability"]
    order = pd.DataFrame({"score": -merge_ties(found["score"].to_numpy(dtype=float)), "code": found["candidate"]})
    found = found.loc[order.sort_values(["score", "code"]).index].reset_index(drop=True)
    first = found.iloc[0] if len(found) else None
    found["tied"] = False if first is None else (found["high"] >= first["low"]) & (found["low"] <= first["high"])
    return found.assign(rank=range(1, len(found) + 1))[
        ["rank", "candidate", "score", *names[1:], "relatedness", "tied"]
    ]


class _Rates:
    """Draws of how many links of a chain two regions should get: expectation, belief, part of the chain."""

    def __init__(self, fit: GravityFit, profile: pd.DataFrame, members: ChainMembers, seed: int) -> None:
        table = fit.table
        self._at = {}
        for place, (source, target) in enumerate(zip(table["source"], table["target"], strict=True)):
            self._at[source, target] = place
            self._at.setdefault((target, source), place)
        unit, alpha = fit.model.unit, fit.model.ratio_dispersion
        self._observed = table["observed"].to_numpy(dtype=float) / unit
        self._log = np.log(table["expected"].to_numpy(dtype=float) / unit)
        self._error = table["linear_error"].to_numpy(dtype=float)
        self._shape = min(1 / alpha, 1e8) if alpha > 0 else 1e8
        self._seed = seed
        self._part, self._stage = _share_chain(profile, members)
        self._drawn: dict[int, Floats] = {}

    def draw(self, region: str, candidate: str, stage: str) -> Floats | None:
        """Return draws of the expected links, None for a pair that the model does not know."""
        at = self._at.get((region, candidate))
        if at is None or candidate not in self._stage.index or region not in self._part.index:
            return None
        if at not in self._drawn:
            rng = np.random.default_rng([self._seed, at])
            mean = np.exp(self._log[at] + self._error[at] * rng.standard_normal(_DRAWS))
            self._drawn[at] = rng.gamma(self._shape + self._observed[at], 1 / (self._shape + mean)) * mean
        part = self._part[candidate][region] * self._stage[stage][candidate]
        drawn: Floats = self._drawn[at] * part
        return drawn


def _share_chain(profile: pd.DataFrame, members: ChainMembers) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the part of the links of two regions that is of the chain, and what of a region's chain is of each stage.

    Links come about within fields: of two regions with shares p and q of the fields the part of a field is
    p q / sum p q. The region that lacks the stage counts as if it had one more row in the chain: who is to be linked
    with is still to be found there.
    """
    ours = [label for label in profile.columns if label.startswith(_OWN)]
    others = profile.drop(columns=ours)
    fields = others.T.groupby([label.partition("|")[0] for label in others.columns]).sum().T
    fields[_OWN] = profile[ours].sum(axis=1)
    total = fields.sum(axis=1)
    share = fields.div(total.where(total > 0), axis=0).fillna(0.0)
    more = fields.assign(**{_OWN: fields[_OWN] + 1}).div(total + 1, axis=0)
    both = (more @ share.T).to_numpy()
    of_chain = np.outer(more[_OWN], share[_OWN])
    part = pd.DataFrame(
        np.divide(of_chain, both, out=np.zeros_like(of_chain), where=both > 0), index=share.index, columns=share.index
    )
    stages = profile.reindex(columns=[_label(stage) for stage in members.chain.stages], fill_value=0.0)
    stages.columns = pd.Index(members.chain.stages)
    if not stages.to_numpy().sum():
        return part, stages
    return part, stages.div(stages.sum(axis=1).where(lambda total: total > 0), axis=0).fillna(0.0)


_OWN = "(chain)"


def _label(stage: str) -> str:
    return f"{_OWN}|{stage}"


def profile_regions(study: Study, chain: Chain) -> pd.DataFrame:
    """Count what each unit does: the stages of the chain apart, everything else by its field (or industry) and stage.

    Returns
    -------
    DataFrame
        Units x labels, rows of records with shares where a row names several stages; activities by industry where
        there are no records.
    """
    if study.records is None or study.actors is None:
        return _profile_activities(study, chain)
    parts = [study.records, *([study.other_years["records"]] if "records" in study.other_years else [])]
    rows = take_texts(pd.concat(parts, ignore_index=True), ("actor", "field", "industry", "stage"))
    rows = rows.assign(code=rows["actor"].map(study.actors["region"]).map(study.unit_of))
    rows = rows[rows["code"].isin(study.regions.index)]
    rows["topic"] = rows["field"].where(rows["field"] != "", rows["industry"])
    rows["stage"] = rows["stage"].str.split(";")
    rows["weight"] = 1 / rows["stage"].str.len()
    rows = rows.explode("stage")
    fields = frozenset().union(*chain.fields.values())
    mine = rows["stage"].isin(chain.stages) & (rows["field"].isin(fields) | (not fields))
    topic = rows["topic"].where(~mine, _OWN)
    rows["label"] = topic + "|" + rows["stage"]
    counts = rows.pivot_table(index="code", columns="label", values="weight", aggfunc="sum", fill_value=0.0)
    return counts.reindex(study.regions.index, fill_value=0.0)


def _profile_activities(study: Study, chain: Chain) -> pd.DataFrame:
    rows = take_latest(study)
    if rows.empty:
        return pd.DataFrame(0.0, index=study.regions.index, columns=[_label(stage) for stage in chain.stages])
    own = {word: stage for stage in reversed(chain.stages) for word in chain.industries[stage]}
    label = rows["industry"].map(own).map(_label, na_action="ignore").fillna(rows["industry"] + "|")
    counts = rows.assign(label=label).pivot_table(index="code", columns="label", values="value", aggfunc="sum")
    return counts.reindex(study.regions.index).fillna(0.0)


def _count_links(members: ChainMembers, found: pd.DataFrame) -> list[float]:
    """Count the joint records between the actors of the region and those of the candidate in the stage."""
    of_code = members.table.groupby("code")["actor"].agg(set).to_dict()
    of_stage = members.table.groupby(["code", "stage"])["actor"].agg(set).to_dict()
    weight = {
        frozenset(pair): float(count)
        for *pair, count in members.links[["source", "target", "weight"]].itertuples(index=False)
    }
    return [
        sum(
            weight.get(frozenset((a, b)), 0.0)
            for a in of_code.get(code, ())
            for b in of_stage.get((candidate, stage), ())
        )
        for code, stage, candidate in found[["code", "stage", "candidate"]].itertuples(index=False)
    ]
