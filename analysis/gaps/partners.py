"""Who could close a gap: pairs of actors of two regions, scored by what speaks for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from analysis.gaps.actor_matrices import ActorMatrices, build_actor_matrices
from analysis.gaps.actor_pairs import PARTS, ActorPairs, RegionActors, collect_region_actors, rank_pairs
from analysis.gaps.partner_reasons import explain_partners
from analysis.loglinear.threads import use_one_thread
from analysis.networks.synergy import find_path
from regions.arrays import Booleans
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

_REMEMBERED = 200
"""Of so many regions the actors stay at hand while many pairs of regions are asked for."""

COLUMNS = [
    *(f"{end}_{what}" for end in ("source", "target") for what in ("actor", "name", "name_zh", "kind", "records")),
    "path",
    *PARTS,
    "common_partners",
    "score",
    "reason",
    "reason_zh",
]


@dataclass(frozen=True, slots=True, eq=False)
class Partners:
    r"""Pairs of actors that could close a gap.

    Attributes
    ----------
    table
        One row per pair, the highest ``score`` first (ties by ids): ids, names, kinds and numbers of records of both,
        ``path`` (text, may be empty), and

        - ``shared_fields``: cosine of the field shares, 0 to 1; NaN when the records name no field;
        - ``complementary_fields``: :math:`\sum_{f \ne g} s_f \phi_{fg} s'_g`, the mean relatedness of different
          fields of the two, 0 to 1; NaN likewise;
        - ``acquaintance``: Adamic-Adar index :math:`\sum_z 1 / \ln k_z` over common partners z (k_z partners);
        - ``common_partners``: their number; records with over a hundred actors acquaint nobody;
        - ``capacity``: geometric mean of the numbers of records;
        - ``score``: weighted mean of those parts that are known, each divided by its largest value among the
          candidates of this pair of regions: 0 to 1, not comparable between pairs of regions;
        - ``reason``, ``reason_zh``: what speaks for the pair, in one sentence.

        Empty when a region has no actor that takes part in a record, or all know each other.
    note
        How many candidates there were and who was left out.
    """

    table: pd.DataFrame
    note: Words


def find_partners(
    study: Study,
    source: str,
    target: str,
    *,
    top: int = 10,
    path: str | None = None,
    importance: Mapping[str, float] | None = None,
    matrices: ActorMatrices | None = None,
) -> Partners:
    r"""Propose pairs of actors, one in each region, that have not worked together and have reasons to.

    Parameters
    ----------
    study
        With records and actors.
    source, target
        Codes of two units.
    top
        So many pairs.
    path
        Only pairs on this path (``science``, ``industry``, ``science-industry``); None takes all.
    importance
        Weight of each part of the score (`PARTS`), >= 0; what is not named has none. None weighs all the same: an
        assumption, not an estimate.
    matrices
        From `analysis.gaps.actor_matrices.build_actor_matrices`, to build it once for many pairs.

    Raises
    ------
    MethodError
        When the study has no actors, a code is no unit, or an option is not allowed.

    References
    ----------
    Adamic & Adar (2003), Friends and neighbors on the web, doi:10.1016/S0378-8733(03)00009-1.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> partners = analysis.find_partners(study, "310000", "320100", top=1)  # Shanghai and Nanjing
    >>> partners.table[["source_name", "target_name"]].to_numpy().tolist()
    [['Shanghai Academy of Agricultural Sciences', 'Nanjing Agricultural University']]
    """
    actors = matrices or build_actor_matrices(study)
    _check(study, (source, target), importance)
    ends = collect_region_actors(actors, source), collect_region_actors(actors, target)
    ranked = rank_pairs(actors, ends, top=top, path=path, weights=importance or dict.fromkeys(PARTS, 1.0))
    return Partners(_describe(actors, [ranked]), _note(ends, ranked.free, path))


@use_one_thread
def find_partners_of_many(
    actors: ActorMatrices, pairs: Iterable[tuple[str, str, str | None]], *, top: int, looked_at: int, barred: Booleans
) -> pd.DataFrame:
    """Propose pairs of actors as `find_partners` does, for many pairs of regions at once.

    Parameters
    ----------
    actors
        From `analysis.gaps.actor_matrices.build_actor_matrices`.
    pairs
        Codes of two different units each, and the path, None for all.
    top
        So many pairs of actors for each.
    looked_at
        So many of the best are looked at for those without an actor that is ``barred``.
    barred
        (A,) actors that are in nobody's interest, though they take part in the ranking.

    Returns
    -------
    DataFrame
        ``rank``, the number of the pair of regions from 1, ``source``, ``target``, then as `find_partners` gives it;
        no row where nobody can be proposed.
    """
    collect = lru_cache(_REMEMBERED)(partial(collect_region_actors, actors))
    asked = list(pairs)
    weights = dict.fromkeys(PARTS, 1.0)
    known: dict[tuple[str, str, str | None], ActorPairs] = {}
    for source, target, path in dict.fromkeys(asked):  # many years ask for the same two regions
        ranked = rank_pairs(actors, (collect(source), collect(target)), top=looked_at, path=path, weights=weights)
        chosen = np.flatnonzero(~barred[ranked.first] & ~barred[ranked.second])[:top]
        known[source, target, path] = ranked.take(chosen)
    found = [known[pair] for pair in asked]
    if not found:
        return pd.DataFrame(columns=["rank", "source", "target", *COLUMNS])
    table = _describe(actors, found)
    ranks = np.repeat(np.arange(len(asked)), [len(ranked.first) for ranked in found])
    table.insert(0, "rank", ranks + 1)
    for place, end in enumerate(("source", "target")):
        table.insert(1 + place, end, [asked[rank][place] for rank in ranks])
    return table


def _check(study: Study, codes: tuple[str, str], importance: Mapping[str, float] | None) -> None:
    unknown = [code for code in codes if code not in study.regions.index]
    if unknown or codes[0] == codes[1]:
        raise MethodError(say("partners/two-regions", study=study.name, codes=codes))
    strange = sorted(set(importance or {}) - set(PARTS))
    sizes = ({PARTS[0]: 1.0} if importance is None else importance).values()
    if strange or not min(sizes, default=0) >= 0 < sum(sizes):
        raise MethodError(
            f"importance must be >= 0, not all 0, for any of {', '.join(PARTS)}; got {dict(importance or {})}"
        )


def _describe(actors: ActorMatrices, ranked: list[ActorPairs]) -> pd.DataFrame:
    """Return the pairs one after another with their names, kinds, parts, score and reasons."""
    columns: dict[str, object] = {}
    ends = [np.concatenate([getattr(each, end) for each in ranked]) for end in ("first", "second")]
    for end, rows in zip(("source", "target"), ends, strict=True):
        table = actors.table.iloc[rows]
        columns[f"{end}_actor"] = table.index.to_numpy(dtype=object)
        columns |= {f"{end}_{what}": table[what].to_numpy(dtype=object) for what in ("name", "name_zh", "kind")}
        columns[f"{end}_records"] = actors.records[rows].astype(int)
    for name in (*PARTS, "score"):
        columns[name] = np.concatenate([each.parts.get(name, np.full(len(each.first), np.nan)) for each in ranked])
    common = actors.links[ends[0]].multiply(actors.links[ends[1]]).sum(axis=1)
    columns["common_partners"] = np.asarray(common).ravel().astype(int)
    result = pd.DataFrame(columns)
    pairs = zip(result["source_kind"], result["target_kind"], strict=True)
    result["path"] = pd.Series([find_path(a, b) for a, b in pairs], index=result.index, dtype="object")
    return explain_partners(actors, result).reindex(columns=COLUMNS)


def _note(ends: tuple[RegionActors, RegionActors], free: int, path: str | None) -> Words:
    n, m = (len(end.rows) for end in ends)
    if 0 in {n, m}:
        return Words("A region has no actor that takes part in a record.", "其中一地没有参与任何记录的主体。")
    on, on_zh = (f" on the path {path}", f"、属于 {path} 路径") if path else ("", "")
    return Words(
        f"{free} of {n * m} pairs of actors have not worked together{on}; the parts of the score weigh as "
        "given, which is an assumption.",
        f"{n * m} 对主体中有 {free} 对尚未合作{on_zh}；评分各部分的权重是设定，不是估计。",
    )
