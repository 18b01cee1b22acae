"""What a question about chains is about: which chains, whose regions, and what the sources could have seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.chains.chain import Chain, list_chains, read_chain
from regions.errors import MethodError
from regions.frames.embedded import find_embedded, list_other_names
from regions.frames.name_index import build_name_index
from regions.messages import say
from regions.study import Study
from regions.words import Words

COUNTRY = "(all)"
"""Place of everything that the study has, its actors outside the studied regions included."""

GROUP = "(group)"
"""Place of the regions that were asked for, taken together."""


@dataclass(frozen=True, slots=True)
class ChainQuery:
    """What was asked.

    Attributes
    ----------
    chains
        Names of chains, in English or Chinese; none: all.
    group
        A named set of regions, an embedded study (``northeast``, 东北), or names of regions with commas; None: all.
    kinds
        Kinds of actors that count; none: all.
    absent
        Declares that the actors of the study are all that there are, and how to say that a stage has none.
    seed
        Of the draws.
    """

    chains: tuple[str, ...] = ()
    group: str | None = None
    kinds: tuple[str, ...] = ()
    absent: str | None = None
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ChainScope:
    """The regions that are looked at.

    Attributes
    ----------
    codes
        Units, in the order of the study.
    places
        Code, `GROUP` (where there is one) or `COUNTRY` -> its units.
    names
        Place -> its name.
    """

    codes: tuple[str, ...]
    places: Mapping[str, Sequence[str]]
    names: Mapping[str, Words]


def open_chains(study: Study, query: ChainQuery) -> list[Chain]:
    """Return the chains asked for, each once.

    Raises
    ------
    MethodError
        When the study has no such chain.
    """
    found = [read_chain(study, name) for name in query.chains or list_chains(study) or ("",)]
    return list({chain.name: chain for chain in found}.values())


def declare_absent(study: Study, absent: str | None) -> Study:
    """Return the study with its actors declared to be all there are; as it is where that was not asked for."""
    if absent is None:
        return study
    row = pd.DataFrame([{"source": absent, "absent": absent}])
    kept = [] if study.coverage is None else [study.coverage]
    return replace(study, coverage=pd.concat([row, *kept], ignore_index=True))


def find_scope(study: Study, group: str | None) -> ChainScope:
    """Find the regions that are looked at, and the places that results are about.

    Raises
    ------
    MethodError
        When the group is neither a set of regions nor made of names of regions.
    """
    every = tuple(study.regions.index)
    codes = every if group is None else tuple(code for code in every if code in _find_units(study, group))
    names = {code: Words(study.regions["name"][code], study.regions["name_zh"][code]) for code in codes}
    places: dict[str, Sequence[str]] = {code: [code] for code in codes}
    if group is not None and len(codes) > 1:
        places[GROUP], names[GROUP] = list(codes), _name_group(group)
    places[COUNTRY] = sorted(set(study.unit_of))
    names[COUNTRY] = Words("all regions", "全部地区")
    return ChainScope(codes, places, names)


def _find_units(study: Study, group: str) -> set[str]:
    """Return the units of a set of regions, those inside which a member lies included, or of names with commas."""
    known = set() if study.groups is None else set(study.groups["group"])
    key = group if group in known else find_embedded(group) or ""
    if study.groups is not None and key in known:
        members = study.groups.loc[study.groups["group"] == key, "code"]
        units = set(members.map(study.unit_of).dropna()) & set(study.regions.index)
        if units:
            return units
    index = build_name_index(study.regions.reset_index())
    words = [word.strip() for word in group.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    found = {word: index.find(word) for word in words}
    strange = [word for word, codes in found.items() if len(codes) != 1]
    if strange or not words:
        raise MethodError(say("chains/no-group", group=", ".join(strange) or group, known=sorted(known)[:12] or ["-"]))
    return {codes[0] for codes in found.values()}


def _name_group(group: str) -> Words:
    embedded = find_embedded(group)
    chinese = list_other_names(embedded)[:1] if embedded else ()
    if any("\u4e00" <= letter <= "\u9fff" for letter in group):
        return Words(embedded or group, group)
    return Words(group, chinese[0] if chinese else group)
