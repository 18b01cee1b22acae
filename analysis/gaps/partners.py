"""Who could close a gap: pairs of actors of two regions, scored by what speaks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.gaps.actor_matrices import ActorMatrices, build_actor_matrices
from analysis.gaps.partner_reasons import explain_partners
from analysis.loglinear.tolerance import merge_ties
from analysis.networks.synergy import find_path
from regions.arrays import Booleans, Floats, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

PARTS = ("shared_fields", "complementary_fields", "acquaintance", "capacity")
_NEAR = 1e-6
"""Candidates this share below the last that is taken may still be tied with it."""
MOST = 1000
"""So many actors of a region, those with the most records, are looked at."""

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
    found = rank_partners(study, actors, (source, target), top=top, path=path, importance=importance)
    return replace(found, table=explain_partners(actors, found.table).reindex(columns=COLUMNS))


def rank_partners(
    study: Study,
    actors: ActorMatrices,
    codes: tuple[str, str],
    *,
    top: int = 10,
    path: str | None = None,
    importance: Mapping[str, float] | None = None,
) -> Partners:
    """Propose pairs of actors as `find_partners` does, the reasons left to say.

    Parameters
    ----------
    study, top, path, importance
        As of `find_partners`.
    actors
        From `analysis.gaps.actor_matrices.build_actor_matrices`.
    codes
        Of the two units.
    """
    _check(study, codes, importance)
    ends = [_take_largest(actors, actors.find_rows(code)) for code in codes]
    parts = _measure_parts(actors, *ends)
    free = _find_free(actors, ends, path)
    score = _score(parts, free, importance or dict.fromkeys(PARTS, 1.0))
    first, second = _pick(score, free, top)
    table = _describe(
        actors, (ends[0][first], ends[1][second]), {name: each[first, second] for name, each in parts.items()}
    )
    table["score"] = score[first, second]
    return Partners(table, _note(free, path))


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


def _take_largest(actors: ActorMatrices, rows: Positions) -> Positions:
    if len(rows) <= MOST:
        return rows
    return np.sort(rows[np.argsort(-actors.records[rows], kind="stable")[:MOST]])


def _measure_parts(actors: ActorMatrices, first: Positions, second: Positions) -> dict[str, Floats]:
    """Measure every part of the score, and the common partners, for all pairs: (n, m) each."""
    shape = (len(first), len(second))
    degree = np.asarray(actors.links.sum(axis=1)).ravel()
    # A common partner has at least two partners, so ln k > 0 wherever it counts.
    inverse = np.divide(1.0, np.log(np.maximum(degree, 2)), where=degree > 1, out=np.zeros_like(degree))
    left, right = actors.links[first], actors.links[second].T
    parts = {
        "shared_fields": np.full(shape, np.nan),
        "complementary_fields": np.full(shape, np.nan),
        "acquaintance": ((left * inverse[None, :]) @ right).toarray(),
        "capacity": np.sqrt(np.outer(actors.records[first], actors.records[second])),
        "common_partners": (left @ right).toarray(),
    }
    if actors.shares is not None and actors.related is not None:
        s, t = actors.shares[first].toarray(), actors.shares[second].toarray()
        length = np.outer(np.linalg.norm(s, axis=1), np.linalg.norm(t, axis=1))
        cosine = np.divide(s @ t.T, length, out=np.zeros(shape), where=length > 0)
        parts |= {"shared_fields": np.minimum(cosine, 1.0), "complementary_fields": s @ actors.related @ t.T}
    return parts


def _find_free(actors: ActorMatrices, ends: list[Positions], path: str | None) -> "Booleans":
    """Find the pairs that never shared a record and are on the path."""
    free: Booleans = actors.met[ends[0]][:, ends[1]].toarray() == 0
    if path is None:
        return free
    kinds = [actors.table["kind"].to_numpy()[rows] for rows in ends]
    on_path = np.array([[find_path(a, b) == path for b in kinds[1]] for a in kinds[0]], dtype=bool)
    both: Booleans = free & on_path.reshape(free.shape)
    return both


def _score(parts: dict[str, Floats], free: "Booleans", weights: Mapping[str, float]) -> Floats:
    total, weighed = np.zeros(free.shape), 0.0
    for name, weight in weights.items():
        values = parts[name]
        if weight == 0 or not free.any() or np.isnan(values).any():
            continue
        largest = values[free].max()
        total += weight * (values / largest if largest > 0 else 0.0)
        weighed += weight
    return total / weighed if weighed else total


def _pick(score: Floats, free: "Booleans", top: int) -> tuple[Positions, Positions]:
    """Return row and column of the best free pairs; actors stand in the order of ids, which breaks ties."""
    rows, columns = np.nonzero(free)
    values = score[rows, columns]
    if len(values) > top > 0:  # a million candidates are not sorted for the sake of ten
        least = float(np.partition(values, len(values) - top)[-top])
        near = np.flatnonzero(values >= least - _NEAR * abs(least))
        rows, columns, values = rows[near], columns[near], values[near]
    order = np.argsort(-merge_ties(values), kind="stable")[:top]
    return rows[order], columns[order]


def _describe(actors: ActorMatrices, ends: tuple[Positions, Positions], parts: Mapping[str, Floats]) -> pd.DataFrame:
    columns: dict[str, object] = {}
    for end, rows in zip(("source", "target"), ends, strict=True):
        table = actors.table.iloc[rows]
        columns[f"{end}_actor"] = table.index.to_numpy(dtype=object)
        columns |= {f"{end}_{what}": table[what].to_numpy(dtype=object) for what in ("name", "name_zh", "kind")}
        columns[f"{end}_records"] = actors.records[rows].astype(int)
    result = pd.DataFrame({**columns, **parts})
    pairs = zip(result["source_kind"], result["target_kind"], strict=True)
    result["path"] = pd.Series([find_path(a, b) for a, b in pairs], index=result.index, dtype="object")
    return result.astype({"common_partners": int})


def _note(free: "Booleans", path: str | None) -> Words:
    n, m = free.shape
    if 0 in {n, m}:
        return Words("A region has no actor that takes part in a record.", "其中一地没有参与任何记录的主体。")
    on, on_zh = (f" on the path {path}", f"、属于 {path} 路径") if path else ("", "")
    return Words(
        f"{int(free.sum())} of {n * m} pairs of actors have not worked together{on}; the parts of the score weigh as "
        "given, which is an assumption.",
        f"{n * m} 对主体中有 {int(free.sum())} 对尚未合作{on_zh}；评分各部分的权重是设定，不是估计。",
    )
