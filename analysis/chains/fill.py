"""Which regions could fill a stage that a region lacks: what they can, what they are near to, how likely a link is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.chains.chain import Chain, take_texts
from analysis.chains.link_draws import LinkDraws, bound_interval
from analysis.chains.members import ChainMembers, take_latest
from analysis.chains.presence import ChainPresence
from analysis.complexity.relatedness import find_specialisations, measure_density, measure_proximity
from analysis.expectation.gravity import GravityFit
from analysis.loglinear.tolerance import merge_ties
from regions.study import Study

_COLUMNS = [
    "code", "stage", "rank", "candidate", "score", "probability", "low", "high", "expected", "capability",
    "relatedness", "own_relatedness", "linked", "tied",
]  # fmt: skip


def find_fillers(
    study: Study,
    members: ChainMembers,
    presence: ChainPresence,
    *,
    fit: GravityFit | LinkDraws,
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
        From `analysis.fit_expectation`, of the regions of the study; or what was drawn from it, for several chains.
    codes
        Regions whose absent stages are to be filled; None: all.
    top
        Candidates for each.
    seed
        Of the draws that give the interval; `LinkDraws` have their own.

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
    draws = fit if isinstance(fit, LinkDraws) else LinkDraws(fit, seed=seed)
    by_stage = pd.DataFrame({stage: strength.xs(stage, level="stage") for stage in chain.stages})
    judge = _Judge(members, draws, strength=by_stage, profile=profile, density=density)
    lacking = table.index[table["state"] == "absent"]
    wanted = None if codes is None else set(codes)
    rows: list[tuple[object, ...]] = []
    for code, stage in lacking:
        if wanted is None or code in wanted:
            rows += judge.rank(code, stage, top)
    result = pd.DataFrame(rows, columns=[*_COLUMNS[:-2], "tied"])
    return result.assign(linked=count_joint_records(members, result))[_COLUMNS]


class _Judge:
    """Ranks the candidates for the stages of one chain: expectation, belief, and part of the chain in both."""

    def __init__(
        self,
        members: ChainMembers,
        draws: LinkDraws,
        *,
        strength: pd.DataFrame,
        profile: pd.DataFrame,
        density: pd.DataFrame,
    ) -> None:
        part, share = _share_chain(profile, members)
        units, labels = profile.index, [_label(stage) for stage in members.chain.stages]
        self._draws = draws
        self._codes = [str(code) for code in units]
        self._row = {code: place for place, code in enumerate(self._codes)}
        self._column = {stage: place for place, stage in enumerate(members.chain.stages)}
        self._strength = strength.reindex(index=units, columns=list(members.chain.stages)).to_numpy(dtype=float)
        self._near = density.reindex(index=units, columns=labels).to_numpy(dtype=float)
        self._part, self._share = part.to_numpy(dtype=float), share.to_numpy(dtype=float)
        self._order = np.argsort(np.argsort(np.array(self._codes, dtype=object)))

    def rank(self, code: str, stage: str, top: int) -> list[tuple[object, ...]]:
        """Return the best candidates of one stage of one region, the best first."""
        row, column = self._row[code], self._column[stage]
        strength, near = self._strength[:, column], self._near[:, column]
        known = [(each, self._draws.find(code, self._codes[each])) for each in np.flatnonzero(strength > 0)]
        pairs = [(each, at) for each, at in known if at >= 0 and each != row]
        if not pairs:
            return []
        chosen, places = np.array([each for each, _ in pairs]), [at for _, at in pairs]
        part = (self._part[row, chosen] * self._share[chosen, column])[:, None]
        links = self._draws.draw(places) * part
        chance = (-np.expm1(-links)).mean(axis=1)
        low, high = bound_interval(-np.expm1(-self._draws.order(places) * part))
        score = np.nan_to_num(near[chosen]) * chance * strength[chosen]
        order = np.lexsort((self._order[chosen], -merge_ties(score)))
        first = order[0]
        tied = (high >= low[first]) & (low <= high[first])
        parts = (score, chance, low, high, links.mean(axis=1), strength[chosen], near[chosen])
        return [
            (code, stage, place, self._codes[chosen[k]], *(float(part[k]) for part in parts), near[row], bool(tied[k]))
            for place, k in enumerate(order[:top].tolist(), start=1)
        ]


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


def count_joint_records(members: ChainMembers, found: pd.DataFrame) -> list[float]:
    """Count the joint records between the actors of a region and those of a candidate in the stage.

    Parameters
    ----------
    members
        Whose links count.
    found
        ``code``, ``stage``, ``candidate``, as of `find_fillers`.
    """
    code_of = dict(zip(members.table["actor"], members.table["code"], strict=True))
    turned = members.links.rename(columns={"source": "target", "target": "source"})
    both = pd.concat([members.links, turned])[["source", "target", "weight"]]
    there = both.merge(members.table[["actor", "code", "stage"]], left_on="target", right_on="actor")
    counts = there.groupby([there["source"].map(code_of), "stage", "code"])["weight"].sum().to_dict()
    keys = found[["code", "stage", "candidate"]].itertuples(index=False, name=None)
    return [float(counts.get(key, 0.0)) for key in keys]
