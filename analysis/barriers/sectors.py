"""The institutional fence: every region split into its science and its industry, so that crossing can be priced."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.networks.network import build_network
from analysis.networks.synergy import SIDES
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting
from regions.schema.kind_words import list_kinds, list_owners
from regions.study import MapSettings, Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


_MARK = ":"
_TWO = 2
Fence = Literal["sector", "ownership"]
_SHOWN = 8
_SECTORS = {"science": Words("science", "科研"), "industry": Words("industry", "产业")}


@dataclass(frozen=True, slots=True, eq=False)
class SectorStudy:
    """A study whose units are the sectors of regions.

    Attributes
    ----------
    study
        One unit per region and sector, code ``region:sector``; ``sector`` is one more border, so that a gravity
        model of it has the covariate ``different_sector``.
    network
        Collaboration between the sectors, those of the same region included.
    distances
        Between all units, km; 0 between the two sectors of a region.
    dyadic
        ``same_region``, a covariate that keeps what is special within a region out of the elasticity of distance.
    """

    study: Study
    network: "nx.Graph"
    distances: pd.DataFrame
    dyadic: pd.DataFrame


def split_by_sector(
    study: Study, distances: pd.DataFrame, *, counting: Counting = "full", by: Fence = "sector"
) -> SectorStudy:
    """Split every region into science (universities, institutes) and industry (enterprises), or by owners.

    Other actors take part in records, and count in what a link weighs, but belong to no unit.

    Parameters
    ----------
    study
        With records, and actors of known kinds.
    distances
        N x N km between the regions of the study.
    counting
        How a joint record is shared out, see ``analysis.build_network``.
    by
        ``sector``: the fence between science and industry; ``ownership``: those between owners.

    Raises
    ------
    MethodError
        When the study has no records, or no actors on one side of the fence.
    """
    if study.actors is None or study.records is None:
        raise MethodError(say("study/no-sectors", study=study.name))
    sector, names = _find_sectors(study, study.actors) if by == "sector" else _find_owners(study, study.actors)
    units = study.actors["region"].map(study.unit_of)
    places = (units + _MARK + sector).where(sector.notna() & units.notna(), "")
    actors = study.actors.assign(region=places)
    codes = sorted(set(places) - {""})
    split = replace(
        study,
        regions=_split_regions(study, names, by),
        surroundings=study.regions.iloc[:0],
        unit_of=pd.Series(codes, index=pd.Index(codes, name="code")),
        links=None,
        indicators=None,
        groups=None,
        actors=actors,
        neighbours=_split_neighbours(study, names),
        borders=(*study.borders, by),
        maps=MapSettings(),
    )
    return SectorStudy(split, build_network(split, counting, source="records"), *_spread(split, distances))


def _find_sectors(study: Study, actors: pd.DataFrame) -> tuple["pd.Series[str]", Mapping[str, Words]]:
    sector = actors["kind"].map(SIDES)
    lost = [name for name in _SECTORS if name not in set(sector)]
    if lost:
        _refuse_unknown_kinds(study)
        raise MethodError(say("barriers/no-side", study=study.name, sides=[_SECTORS[name] for name in lost]))
    return sector, _SECTORS


def _find_owners(study: Study, actors: pd.DataFrame) -> tuple["pd.Series[str]", Mapping[str, Words]]:
    owners = actors["ownership"] if "ownership" in actors else pd.Series("", index=actors.index)
    found = sorted(set(owners) - {""})
    if len(found) < _TWO:
        raise MethodError(say("study/no-owners", study=study.name))
    known = list_owners()
    return owners.where(owners != ""), {owner: known.get(owner, Words(owner, owner)) for owner in found}


def _refuse_unknown_kinds(study: Study) -> None:
    """Say that kinds were not understood, where that may be why a side seems empty."""
    assert study.actors is not None  # noqa: S101 - the caller has looked
    kinds = study.actors["kind"]
    strange = kinds[~kinds.isin(list(list_kinds()))]
    if len(strange):
        words = sorted(set(strange))[:_SHOWN]
        message = say("barriers/kinds-unknown", study=study.name, count=len(kinds), unknown=len(strange), words=words)
        raise MethodError(message)


def _split_regions(study: Study, sectors: Mapping[str, Words], by: str) -> pd.DataFrame:
    parts = []
    for sector, (en, zh) in sectors.items():
        table = study.regions.copy()
        table.index = table.index + f"{_MARK}{sector}"
        names = {"name": table["name"] + f" ({en})", "name_zh": table["name_zh"] + f"（{zh}）"}
        parts.append(table.assign(**names, **{by: sector}))
    return pd.concat(parts).sort_index().rename_axis("code")


def _split_neighbours(study: Study, sectors: Mapping[str, Words]) -> pd.DataFrame | None:
    from geodata import find_neighbours  # noqa: PLC0415 - may read polygons, only where used

    neighbours = find_neighbours(study)
    if neighbours is None:
        return None
    parts = []
    for first in sectors:
        for second in sectors:
            ends = {"source": neighbours["source"] + _MARK + first, "target": neighbours["target"] + _MARK + second}
            parts.append(pd.DataFrame(ends))
    return pd.concat(parts, ignore_index=True)


def _spread(split: Study, distances: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = split.regions.index
    region = codes.str.rpartition(_MARK).get_level_values(0)
    spread = distances.reindex(index=region, columns=region)
    i, j = np.triu_indices(len(codes), k=1)
    same = (region[i] == region[j]).astype(float)
    table = pd.DataFrame({"source": codes[i], "target": codes[j], "same_region": same})
    return spread.set_axis(codes).set_axis(codes, axis=1), table
