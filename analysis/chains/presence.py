"""Where each stage of a chain is: present, absent among what the sources could have seen, or not covered."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from analysis.chains.chain import Chain, take_texts
from analysis.chains.members import ChainMembers, take_latest
from regions.schema.several_words import split_several
from regions.study import Study
from regions.words import Words

State: TypeAlias = Literal["present", "absent", "not covered"]
FEW = 3
"""With fewer actors (or, of activities, less than this value) no location quotient is given."""


@dataclass(frozen=True, slots=True, eq=False)
class ChainPresence:
    """Which stages of a chain a region has, and how strong they are.

    Attributes
    ----------
    table
        Index ``code``, ``stage``: every unit of the study and every stage in the order of the chain. ``state``
        (`State`); ``actors``, ``strength`` (sum over its actors), ``value`` (of the activities; NaN where none is
        known); ``share`` of the strength (else of the value) of the whole stage; ``lq`` (location quotient, see
        `measure_presence`), NaN with fewer than `FEW` actors; ``linked`` (actors with a link to another actor of the
        chain), ``herfindahl`` and ``top_share`` of the strengths of its actors (NaN without any), ``single`` (one
        actor alone); ``absent``, ``absent_zh`` how a source that covers it says that there is none, "" unless absent.
    declared
        Whether the study declares what its sources could have seen. Where it does not, nothing is called absent.
    """

    table: pd.DataFrame
    declared: bool


def measure_presence(study: Study, members: ChainMembers, *, kind: str | None = None) -> ChainPresence:
    r"""Measure where the stages of a chain are.

    .. math:: LQ_{rs} = \frac{x_{rs} / x_r}{x_s / x}

    with :math:`x_r` what the region has in the whole study (rows of records; else actors; else the value of all
    activities), so that a region strong in everything is not strong in the chain by that alone.

    Parameters
    ----------
    study
        The study of the members.
    members
        From `analysis.chains.members.find_chain_members`.
    kind
        Where the members were found for one kind of actors: only sources that could have seen this kind count.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> from analysis.chains.members import find_chain_members
    >>> study = regions.load_study("china")
    >>> found = measure_presence(study, find_chain_members(study, read_chain(study, "Maize"))).table
    >>> found.loc[("210000", "breeding"), ["state", "absent"]].tolist()
    ['absent', 'no post seated here']
    >>> int((found.loc["220000", "state"] == "present").sum())
    4
    """
    chain = members.chain
    index = pd.MultiIndex.from_product([study.regions.index, list(chain.stages)], names=["code", "stage"])
    table = _count_actors(members).reindex(index).fillna({"actors": 0, "strength": 0.0, "linked": 0})
    value = members.regional.set_index(["code", "stage"])["value"] if len(members.regional) else None
    table["value"] = np.nan if value is None else value.reindex(index).astype(float)
    by_actors = table["strength"].sum() > 0
    amount = table["strength"] if by_actors else table["value"].fillna(0.0)
    whole = (
        members.table.groupby("stage")["strength"].sum()
        if by_actors
        else members.regional.groupby("stage")["value"].sum()
    )
    per_stage = pd.Series(index.get_level_values("stage").map(whole.to_dict()), index=index).astype(float)
    table["share"] = (amount / per_stage).where(per_stage > 0)
    base = _sum_regions(study, by_actors=by_actors)
    part = pd.Series(index.get_level_values("code").map(base.to_dict()), index=index).astype(float) / base.sum()
    enough = (table["actors"] >= FEW) if by_actors else amount >= FEW
    table["lq"] = (table["share"] / part).where(enough & (part > 0))
    seen = _list_absent(study, chain, index, kind=kind)
    here = (table["actors"] > 0) | (table["value"].fillna(0.0) > 0)
    covered = seen["covered"]
    table["state"] = np.where(here, "present", np.where(covered, "absent", "not covered"))
    table["single"] = table["actors"] == 1
    for name in ("absent", "absent_zh"):
        table[name] = seen[name].where(table["state"] == "absent", "")
    return ChainPresence(table.astype({"actors": int, "linked": int}), study.coverage is not None)


def _count_actors(members: ChainMembers) -> pd.DataFrame:
    """Count and concentrate the actors by region and stage."""
    linked = set(members.links["source"]) | set(members.links["target"])
    rows = members.table.assign(linked=members.table["actor"].isin(linked))
    groups = rows.groupby(["code", "stage"])
    found = groups.agg(actors=("actor", "size"), strength=("strength", "sum"), linked=("linked", "sum"))
    shares = rows["strength"] / groups["strength"].transform("sum")
    keys = [rows["code"], rows["stage"]]
    return found.assign(herfindahl=(shares**2).groupby(keys).sum(), top_share=shares.groupby(keys).max())


def measure_stage_concentration(members: ChainMembers) -> pd.DataFrame:
    r"""Measure how far a stage hangs on few actors, in the whole country.

    .. math:: H_s = \sum_i (x_i / x_s)^2

    Returns
    -------
    DataFrame
        Index ``stage``, in the order of the chain: ``actors``, ``regions``, ``strength``, ``herfindahl``,
        ``top_share``, ``top_actor`` (id; the first by id of equals). NaN and "" for a stage without an actor.

    References
    ----------
    Herfindahl (1950), Concentration in the U.S. steel industry; Hirschman (1964), The paternity of an index.
    """
    rows = members.table
    groups = rows.groupby("stage")
    shares = rows["strength"] / groups["strength"].transform("sum")
    found = groups.agg(actors=("actor", "nunique"), strength=("strength", "sum"))
    found["regions"] = rows[rows["code"] != ""].groupby("stage")["code"].nunique()
    found["herfindahl"] = (shares**2).groupby(rows["stage"]).sum()
    found["top_share"] = shares.groupby(rows["stage"]).max()
    largest = rows.sort_values(["strength", "actor"], ascending=[False, True]).drop_duplicates("stage")
    found["top_actor"] = largest.set_index("stage")["actor"]
    ordered = found.reindex(pd.Index(members.chain.stages, name="stage"))
    ordered = ordered.fillna({"actors": 0, "regions": 0, "strength": 0.0, "top_actor": ""})
    columns = ["actors", "regions", "strength", "herfindahl", "top_share", "top_actor"]
    return ordered.astype({"actors": int, "regions": int})[columns]


def _sum_regions(study: Study, *, by_actors: bool) -> "pd.Series[float]":
    """Return what each unit has in the whole study: rows of records, else actors, else the value of its activities."""
    if by_actors and study.actors is not None:
        unit = study.actors["region"].map(study.unit_of)
        taken = pd.Series(1.0, index=unit.index) if study.records is None else study.records["actor"].value_counts()
        if study.records is not None and "records" in study.other_years:
            taken = taken.add(study.other_years["records"]["actor"].value_counts(), fill_value=0.0)
        return taken.astype(float).reindex(unit.index).fillna(0.0).groupby(unit).sum().astype(float)
    return take_latest(study).groupby("code")["value"].sum().astype(float)


def _list_absent(study: Study, chain: Chain, index: pd.MultiIndex, *, kind: str | None) -> pd.DataFrame:
    """Return for each region and stage whether a source could have seen it, and how the first says that it saw none."""
    found = pd.DataFrame({"covered": False, "absent": "", "absent_zh": ""}, index=index)
    if study.coverage is None:
        return found
    columns = ("source", "source_zh", "absent", "absent_zh", "chain", "stage", "kind", "region")
    for row in take_texts(study.coverage, columns).to_dict("records"):
        kinds, chains = split_several(row["kind"]), split_several(row["chain"])
        if (chains and chain.name not in chains) or (kind and kinds and kind not in kinds):
            continue
        stages = split_several(row["stage"]) or list(chain.stages)
        seen = pd.Series(index.get_level_values("stage").isin(stages), index=index)
        if row["region"]:
            seen &= index.get_level_values("code") == study.unit_of.get(row["region"], row["region"])
        said = _say_absent(Words(row["source"], row["source_zh"]), Words(row["absent"], row["absent_zh"]))
        new = seen & ~found["covered"]
        found.loc[new, ["absent", "absent_zh"]] = [said.en, said.zh]
        found["covered"] |= seen
    return found


def _say_absent(source: Words, absent: Words) -> Words:
    """Return how absence is said: in the words of the table, else as none among the source."""
    if any(absent):
        return Words(absent.en or absent.zh, absent.zh or absent.en)
    return Words(f"none among {source.en}", f"{source.zh or source.en}中没有")
