"""Who belongs to which stage of a chain, how strongly, and who is linked with whom."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.chains.chain import Chain, take_texts
from regions.schema.several_words import split_several
from regions.study import Study
from regions.words import Words

_MOST_IN_RECORD = 100
"""Records of more actors link nobody here, as in the register of partners."""


@dataclass(frozen=True, slots=True, eq=False)
class ChainMembers:
    """The actors of a chain by stage.

    Attributes
    ----------
    chain
        The chain.
    table
        One row per actor and stage, sorted by stage (in the order of the chain) and actor: ``actor`` (id), ``stage``,
        ``code`` (unit, or "" where the region is not known), ``kind``, ``strength`` (records, with shares where one
        belongs to several stages; 1 for an actor known by its industry alone), ``basis`` (``record``, ``industry``).
    links
        One row per pair of actors of the chain: ``source`` < ``target`` (ids), ``weight`` (joint records of the chain).
    regional
        One row per region and stage known from the activities: ``code``, ``stage``, ``value`` (> 0 or 0), with shares.
    beside
        One row per region and what is shown beside a stage: ``code``, ``stage``, ``industry``, ``year``, ``value``.
    observed
        Whether links between actors are known at all; False: only presence is known, and a flow is modelled.
    notes
        What could not be placed, counted.
    """

    chain: Chain
    table: pd.DataFrame
    links: pd.DataFrame
    regional: pd.DataFrame
    beside: pd.DataFrame
    observed: bool
    notes: tuple[Words, ...]


def find_chain_members(study: Study, chain: Chain, *, kinds: Collection[str] | None = None) -> ChainMembers:
    """Find the actors, regions and links of a chain.

    A row of the records belongs to the stages that it names (``stage``), as far as its ``field`` is one of theirs; one
    that names none belongs by its ``industry``, else by that of its actor, else by its field where the stages have
    different ones. A row with k stages counts 1/k in each. An actor without any such row stands where its own ``stage``
    or ``industry`` puts it, with strength 1. Rows of years that the study sets aside list additions: of them an actor
    counts once per stage, and only where it was not yet. Two actors are linked by each record of the chain that both
    take part in.

    Parameters
    ----------
    study
        With actors and records, or activities.
    chain
        From `analysis.chains.chain.read_chain`.
    kinds
        Kinds of actors that count; None: all.

    Examples
    --------
    >>> from regionet import regions
    >>> from analysis.chains.chain import read_chain
    >>> study = regions.load_study("china")
    >>> members = find_chain_members(study, read_chain(study, "Maize"))
    >>> members.table.loc[members.table["code"] == "230000", "stage"].tolist()
    ['breeding', 'facilities']
    """
    rows, notes = _list_rows(study, chain)
    links = _link(rows)
    table = _add_actors(study, chain, _count_rows(rows))
    table = _place(study, chain, table, kinds)
    links = links[links["source"].isin(set(table["actor"])) & links["target"].isin(set(table["actor"]))]
    lost = int((table["code"] == "").sum())
    if lost:
        notes = (
            *notes,
            Words(
                f"{lost} actor(s) and stages stand in no region of the study: they count in the country alone.",
                f"{lost} 个主体（按环节计）不在任何地区内，只计入全国。",
            ),
        )
    regional, beside = _list_activities(study, chain)
    return ChainMembers(chain, table, links.reset_index(drop=True), regional, beside, len(links) > 0, notes)


def _list_rows(study: Study, chain: Chain) -> tuple[pd.DataFrame, tuple[Words, ...]]:
    """Return record, actor, stage, share, later (set aside); and how many rows of its fields name no stage of it."""
    parts = [] if study.records is None else [study.records.assign(later=False)]
    parts += [study.other_years["records"].assign(later=True)] if "records" in study.other_years else []
    empty = pd.DataFrame({name: pd.Series(dtype=object) for name in ("record", "actor", "stage", "share", "later")})
    if not parts:
        return empty, ()
    wanted = frozenset().union(*chain.fields.values())
    if all(chain.fields.values()):  # most rows are of other chains
        parts = [part[part["field"].isin(wanted)] if "field" in part else part[:0] for part in parts]
    records = pd.concat(parts, ignore_index=True)
    given = take_texts(records, ("record", "actor", "field", "stage", "industry")).assign(later=records["later"])
    if study.actors is not None:
        own = take_texts(study.actors, ("stage", "industry"))
        for name in ("stage", "industry"):
            given[name] = given[name].where(given[name] != "", given["actor"].map(own[name]).fillna(""))
    kinds = given[["field", "stage", "industry"]].drop_duplicates()
    placed = {key: _find_stages(chain, *key) for key in kinds.itertuples(index=False, name=None)}
    keys = list(given[["field", "stage", "industry"]].itertuples(index=False, name=None))
    found = [placed[key] for key in keys]
    ours = [key[0] in wanted for key in keys]
    lost = sum(own and not stages for own, stages in zip(ours, found, strict=True))
    at = np.repeat(np.arange(len(found)), [len(stages) for stages in found])
    rows = given.iloc[at][["record", "actor", "later"]].reset_index(drop=True)
    rows["stage"] = [stage for stages in found for stage in stages]
    rows["share"] = [share for stages in found for share in stages.values()]
    if not lost:
        return rows.reindex(columns=empty.columns), ()
    note = Words(
        f"{lost:,} rows of its fields name no stage of the chain and count in none.",
        f"其领域中有 {lost:,} 行未注明该链的环节，不计入任何环节。",
    )
    return rows.reindex(columns=empty.columns), (note,)


def _find_stages(chain: Chain, field: str, stage: str, industry: str) -> dict[str, float]:
    """Return the stages that a row belongs to, with its share in each: by stage, else by industry, else by field."""
    fitting = [each for each in chain.stages if not chain.fields[each] or field in chain.fields[each]]
    named = split_several(stage)
    if named:
        return {each: 1 / len(named) for each in named if each in fitting}
    words = split_several(industry)
    if words:
        shares = {each: sum(chain.industries[each].get(word, 0.0) for word in words) / len(words) for each in fitting}
        return {each: share for each, share in shares.items() if share > 0}
    telling = [each for each in fitting if chain.fields[each]]
    if len({chain.fields[each] for each in chain.stages}) == 1:
        return {}  # the field says that it is of the chain, not where
    return {each: 1 / len(telling) for each in telling}


def _count_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum the shares by actor and stage; of additions once, where the actor was not in the stage yet."""
    first = rows[~rows["later"].astype(bool)].groupby(["actor", "stage"], sort=False)["share"].sum()
    later = rows[rows["later"].astype(bool)].groupby(["actor", "stage"], sort=False)["share"].max()
    both = pd.concat([first, later[~later.index.isin(first.index)]]).astype(float)
    table: pd.DataFrame = both.rename("strength").reset_index()
    return table.assign(basis="record")


def _link(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the joint records of each pair of actors."""
    once = rows.drop_duplicates(["record", "actor"])
    size = once.groupby("record")["actor"].transform("size")
    once = once[(size > 1) & (size <= _MOST_IN_RECORD)]
    record, _ = pd.factorize(once["record"])
    actor, ids = pd.factorize(once["actor"], sort=True)
    matrix = csr_array((np.ones(len(once)), (record, actor)), shape=(int(record.max(initial=-1)) + 1, len(ids)))
    pairs = (matrix.T @ matrix).tocoo() if len(once) else None
    if pairs is None:
        return pd.DataFrame({"source": pd.Series(dtype=object), "target": [], "weight": pd.Series(dtype=float)})
    upper = pairs.coords[0] < pairs.coords[1]
    names = np.asarray(ids, dtype=object)
    found = {"source": names[pairs.coords[0][upper]], "target": names[pairs.coords[1][upper]]}
    table = pd.DataFrame({**found, "weight": pairs.data[upper]})
    return table.sort_values(["source", "target"], ignore_index=True)


def _add_actors(study: Study, chain: Chain, table: pd.DataFrame) -> pd.DataFrame:
    """Add actors that no record of the chain places and that have a stage or an industry of their own."""
    if study.actors is None or not {"stage", "industry"} & set(study.actors.columns):
        return table
    own = take_texts(study.actors, ("stage", "industry"))
    own = own[~own.index.isin(table["actor"]) & (own != "").any(axis=1)]
    rows = [
        (actor, each, share, "stage" if stage else "industry")
        for actor, stage, industry in own.itertuples(name=None)
        for each, share in _find_own(chain, stage, industry).items()
    ]
    return pd.concat([table, pd.DataFrame(rows, columns=["actor", "stage", "strength", "basis"])], ignore_index=True)


def _find_own(chain: Chain, stage: str, industry: str) -> dict[str, float]:
    named = split_several(stage)
    if named:
        return {each: 1 / len(named) for each in named if each in chain.stages}
    words = split_several(industry)
    shares = {each: sum(chain.industries[each].get(word, 0.0) for word in words) / len(words) for each in chain.stages}
    return {each: share for each, share in shares.items() if share > 0}


def _place(study: Study, chain: Chain, table: pd.DataFrame, kinds: Collection[str] | None) -> pd.DataFrame:
    """Add unit and kind of each actor, leave out other kinds, and sort."""
    actors = study.actors if study.actors is not None else pd.DataFrame(columns=["region", "kind"])
    region = table["actor"].map(actors["region"]).map(study.unit_of).fillna("")
    kind = table["actor"].map(actors["kind"]).fillna("") if "kind" in actors else ""
    placed = table.assign(code=region.astype(object), kind=kind)
    if kinds is not None:
        placed = placed[placed["kind"].isin(set(kinds))]
    order = placed["stage"].map({stage: place for place, stage in enumerate(chain.stages)})
    placed = placed.assign(order=order).sort_values(["order", "actor"], ignore_index=True)
    return placed[["actor", "stage", "code", "kind", "strength", "basis"]]


def _list_activities(study: Study, chain: Chain) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities of the last year of each industry: those of the stages, and those beside them."""
    columns = ["code", "stage", "industry", "year", "value"]
    known = take_latest(study)
    if known.empty:
        return pd.DataFrame(columns=["code", "stage", "value"]), pd.DataFrame(columns=columns)
    parts, shown = [], []
    for stage in chain.stages:
        share = known["industry"].map(dict(chain.industries[stage]))
        parts.append(known.assign(stage=stage, value=known["value"] * share)[share.notna()])
        shown.append(known[known["industry"].isin(chain.beside[stage])].assign(stage=stage))
    regional = pd.concat(parts).groupby(["code", "stage"], sort=False)["value"].sum().reset_index()
    return regional, pd.concat(shown)[columns].reset_index(drop=True)


def take_latest(study: Study) -> pd.DataFrame:
    """Return the activities of the units of a study in the last year that each industry has.

    Returns
    -------
    DataFrame
        ``code`` (unit), ``industry``, ``year`` (NA where there are no years), ``value``; rows without a value, and of
        regions above the units, are left out. Empty where the study has no activities.
    """
    if study.activities is None:
        return pd.DataFrame(columns=["code", "industry", "year", "value"])
    known = study.activities.dropna(subset=["value"])
    year = known["year"] if "year" in known else pd.Series(pd.NA, known.index, dtype="Int64")
    known = known.assign(code=known["code"].map(study.unit_of), year=year)
    last = known.groupby("industry")["year"].transform("max")
    latest = known[known["code"].notna() & ((known["year"] == last) | last.isna())]
    return latest[["code", "industry", "year", "value"]].reset_index(drop=True)


def list_linked_actors(members: ChainMembers) -> dict[str, set[str]]:
    """Return actor -> the actors that it is linked with, in either direction; none for one without links."""
    linked: dict[str, set[str]] = {}
    for source, target in zip(members.links["source"], members.links["target"], strict=True):
        linked.setdefault(source, set()).add(target)
        linked.setdefault(target, set()).add(source)
    return linked
