"""An industry chain: its stages in order, what leads to what, and what belongs to each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.schema.field_words import name_field
from regions.schema.several_words import split_several, split_shares
from regions.schema.suggest import suggest
from regions.study import Study
from regions.words import Words


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Stages and the ways between them, without circles.

    Attributes
    ----------
    name
        As the table of chains has it.
    stages
        Every stage after all those that lead to it; otherwise in the order of the table.
    arcs
        Pairs of stages, the second follows the first.
    fields
        Stage -> fields of records that belong to it; empty: all.
    industries
        Stage -> industry -> its share in the stage; NaN: what its other stages of the chain leave, in equal parts.
    beside
        Stage -> industries of the activities that are shown beside it.
    tiers
        Stage -> what the table says of its place; "" where nothing.
    """

    name: str
    stages: tuple[str, ...]
    arcs: tuple[tuple[str, str], ...]
    fields: Mapping[str, frozenset[str]]
    industries: Mapping[str, Mapping[str, float]]
    beside: Mapping[str, tuple[str, ...]]
    tiers: Mapping[str, str]

    @property
    def words(self) -> Words:
        """Return its name in both languages."""
        return name_field(self.name)

    @property
    def firsts(self) -> tuple[str, ...]:
        """Return the stages that nothing leads to."""
        return tuple(stage for stage in self.stages if stage not in {after for _, after in self.arcs})

    @property
    def lasts(self) -> tuple[str, ...]:
        """Return the stages that lead to nothing."""
        return tuple(stage for stage in self.stages if stage not in {before for before, _ in self.arcs})

    def follow(self, stage: str) -> tuple[str, ...]:
        """Return the stages that a stage leads to."""
        return tuple(after for before, after in self.arcs if before == stage)

    def bridge(self, present: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Return the ways between the stages that are present, past those that are not.

        Examples
        --------
        >>> from regionet import regions
        >>> chain = read_chain(regions.load_study("china"), "Rice")
        >>> chain.bridge(frozenset({"breeding", "processing"}))
        (('breeding', 'processing'),)
        """
        found: dict[tuple[str, str], None] = {}
        for start in self.stages:
            ahead = [start] if start in present else []
            seen = set(ahead)
            while ahead:
                for after in self.follow(ahead.pop()):
                    if after in present:
                        found[start, after] = None
                    elif after not in seen:
                        seen.add(after)
                        ahead.append(after)
        return tuple(found)


def take_texts(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return columns of text in this order, "" where a cell, or a whole column, is not there."""
    texts = {
        name: table[name].astype(object) if name in table else pd.Series("", table.index, dtype=object)
        for name in columns
    }
    return pd.DataFrame({name: cells.where(cells.notna(), "") for name, cells in texts.items()}, index=table.index)


def list_chains(study: Study) -> list[str]:
    """Return the names of the chains of a study, in the order of its table; none where it has no such table.

    Examples
    --------
    >>> from regionet import regions
    >>> len(list_chains(regions.load_study("china"))), list_chains(regions.load_study("france"))
    (61, [])
    """
    return [] if study.chains is None else [str(name) for name in study.chains["chain"].unique()]


def read_chain(study: Study, name: str) -> Chain:
    """Return a chain of a study by its name, in English or Chinese.

    Raises
    ------
    MethodError
        The study has no chains, or none of this name; the probable one is named.

    Examples
    --------
    >>> from regionet import regions
    >>> chain = read_chain(regions.load_study("china"), "水稻")
    >>> chain.name, chain.stages[-3:], chain.firsts
    ('Rice', ('cultivation', 'processing', 'economics'), ('breeding', 'nutrition', 'protection', 'facilities'))
    """
    known = list_chains(study)
    if study.chains is None or not known:
        raise MethodError(say("chains/none", study=study.name))
    called = {word: chain for chain in known for word in (chain, name_field(chain).zh)}
    if name not in called:
        shown = {chain: name_field(chain).zh for chain in known}
        named = [name_field(chain) for chain in known[:12]]
        raise MethodError(say("chains/unknown", name=name, known=named).with_hint(suggest(name, shown)))
    rows = study.chains[study.chains["chain"] == called[name]]
    return build_chain(called[name], rows)


def build_chain(name: str, rows: pd.DataFrame) -> Chain:
    """Build a chain of its rows of a checked table; a stage may stand in several rows."""
    cells = take_texts(rows, ("stage", "next", "fields", "industries", "beside", "tier"))
    stages = list(dict.fromkeys(cells["stage"]))
    follows: dict[str, dict[str, None]] = {stage: {} for stage in stages}
    fields: dict[str, set[str]] = {stage: set() for stage in stages}
    industries: dict[str, dict[str, float]] = {stage: {} for stage in stages}
    beside: dict[str, dict[str, None]] = {stage: {} for stage in stages}
    tiers = dict.fromkeys(stages, "")
    for stage, after, field, industry, shown, tier in cells.itertuples(index=False):
        follows[stage] |= dict.fromkeys(split_several(after))
        fields[stage] |= set(split_several(field))
        industries[stage] |= split_shares(industry)
        beside[stage] |= dict.fromkeys(split_several(shown))
        tiers[stage] = tiers[stage] or tier
    ordered = _order(stages, follows)
    return Chain(
        name,
        ordered,
        tuple((stage, after) for stage in ordered for after in follows[stage]),
        {stage: frozenset(words) for stage, words in fields.items()},
        _share_out(industries),
        {stage: tuple(words) for stage, words in beside.items()},
        tiers,
    )


def _order(stages: list[str], follows: Mapping[str, Mapping[str, None]]) -> tuple[str, ...]:
    """Put every stage behind all that lead to it (Kahn); among those that could come next the first of the table."""
    waits = {stage: sum(stage in after for after in follows.values()) for stage in stages}
    ordered: list[str] = []
    while len(ordered) < len(stages):
        ready = next(stage for stage in stages if waits[stage] == 0 and stage not in ordered)
        ordered.append(ready)
        for after in follows[ready]:
            waits[after] -= 1
    return tuple(ordered)


def _share_out(industries: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Fill in the shares that nobody states: what the stated ones leave of an industry, in equal parts."""
    stated: dict[str, float] = {}
    open_in: dict[str, int] = {}
    for shares in industries.values():
        for word, share in shares.items():
            stated[word] = stated.get(word, 0.0) + (0.0 if np.isnan(share) else share)
            open_in[word] = open_in.get(word, 0) + int(np.isnan(share))
    return {
        stage: {
            word: max(1.0 - stated[word], 0.0) / open_in[word] if np.isnan(share) else share
            for word, share in shares.items()
        }
        for stage, shares in industries.items()
    }
