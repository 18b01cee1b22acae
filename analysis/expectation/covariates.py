"""What may explain how much two regions collaborate, by name.

- ``ln_distance``: ln km, distances below 1 km counting as 1 km.
- ``contiguous``: 1 when the two share a border.
- ``different_X`` for each column X of ``study.borders``: 1 when X differs; a missing X differs from everything.
- ``different_group``: 1 when no group of the study has both.
- ``technological_distance``, ``actor_mix_distance``: 1 - cosine of field shares, of shares of actor kinds. They are
  computed from all records, those of the pair itself included: a pair that collaborates much has common records,
  hence somewhat more similar shares.
- any measure of pairs in the study (``study.dyads``) and its logarithm, ``ln_X``; pairs for which it is not known are
  left out of the model and counted.
- any column of a table of pairs that the user gives.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.expectation.pair_measures import list_pair_measures, look_up_measure
from analysis.networks.profiles import measure_dissimilarity, measure_field_shares, measure_kind_shares
from regions.arrays import Floats, Integers, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

FLOOR_KM = 1.0
"""Distances below this many kilometres count as this many: the logarithm of zero is no distance."""

_NAMED = 5
_MIXES: dict[str, Callable[[Study], pd.DataFrame]] = {
    "technological_distance": measure_field_shares,
    "actor_mix_distance": measure_kind_shares,
}


def add_covariates(
    table: pd.DataFrame,
    study: Study,
    *,
    wanted: Sequence[str] | None,
    dyadic: pd.DataFrame | None = None,
    beside: Sequence[str] = (),
    directed: bool = False,
) -> tuple[tuple[str, ...], list[Words]]:
    """Append the covariate columns to ``table``.

    Geography and borders are always appended, as facts about a pair; the others when asked for.

    Parameters
    ----------
    table
        ``source``, ``target``, ``distance_km``; gets new columns.
    study
        Gives contiguity, borders, groups, fields and kinds.
    wanted
        Names; None takes distance, contiguity, borders and the columns of ``dyadic``.
    dyadic
        ``source``, ``target`` and numbers.
    beside
        Names that come on top of those.
    directed
        Whether the pairs have a direction.

    Returns
    -------
    tuple
        The names of the covariates that vary, in order, and notes on what was left out.

    Raises
    ------
    MethodError
        When a name is not known, its data are missing, or a pair has no distance.
    """
    notes = _check_distances(table)
    ends = _find_places(study, table)
    table["ln_distance"] = np.log(np.maximum(table["distance_km"], FLOOR_KM))
    usual = ["ln_distance"]
    touching = _find_contiguity(study, ends)
    if touching is not None:
        table["contiguous"] = touching
        usual.append("contiguous")
    else:
        notes.append(Words(en="contiguity is not known and left out", zh="相邻关系未知，未纳入模型"))
    for border in study.borders:
        table[f"different_{border}"] = _differ(study.regions[border], ends)
        usual.append(f"different_{border}")
    given = [] if dyadic is None else [str(name) for name in dyadic.columns if name not in {"source", "target"}]
    asked = list(dict.fromkeys([*([*usual, *given] if wanted is None else wanted), *beside]))
    further = [name for name in asked if name not in usual]
    _refuse_unknown(study, further, usual, given)
    for name in further:
        if name in given:
            table[name] = _look_up(table, dyadic, name)
        elif name in list_pair_measures(study):
            table[name] = look_up_measure(study, table, name, directed=directed)
        else:
            table[name] = _build(table, study, name)
    notes += [_WARN[name] for name in further if name in _WARN]
    return _keep_varying(table, asked, notes)


def _keep_varying(table: pd.DataFrame, asked: list[str], notes: list[Words]) -> tuple[tuple[str, ...], list[Words]]:
    chosen = [name for name in asked if np.nanmax(table[name]) > np.nanmin(table[name])]
    notes += [
        Words(en=f"{name} is the same for all pairs and left out", zh=f"{name} 在所有地区对中相同，未纳入模型")
        for name in asked
        if name not in chosen
    ]
    return tuple(chosen), notes


def _refuse_unknown(study: Study, further: list[str], usual: list[str], given: list[str]) -> None:
    optional = [*list_optional(study), *list_pair_measures(study)]
    unknown = sorted(set(further) - set(optional) - set(given))
    if unknown:
        known = [*usual, *given, *optional]
        raise MethodError(say("covariates/unknown", unknown=unknown, study=study.name, known=known))


def _list_mixes(study: Study) -> list[str]:
    if study.actors is None:
        return []
    fields = "field" in study.actors or (study.records is not None and "field" in study.records)
    return [*(["technological_distance"] if fields else []), "actor_mix_distance"]


def list_optional(study: Study) -> list[str]:
    """Return the covariates that a study could have beside the usual ones: groups, fields, kinds of actors."""
    return [*(["different_group"] if study.groups is not None else []), *_list_mixes(study)]


def _build(table: pd.DataFrame, study: Study, name: str) -> "Floats":
    if name == "different_group":
        return _differ_in_group(table, study)
    shares = _MIXES[name](study)
    codes = pd.unique(table[["source", "target"]].to_numpy().ravel())
    missing = [code for code in codes if code not in shares.index]
    if missing:
        raise MethodError(say("gravity/covariate-missing", name=name, count=len(missing), regions=missing[:_NAMED]))
    distance = measure_dissimilarity(shares.loc[list(codes)])
    rows, columns = (distance.index.get_indexer(pd.Index(table[end])) for end in ("source", "target"))
    return np.asarray(distance.to_numpy()[rows, columns])


_WARN = {
    name: Words(
        en=f"{name} is computed from all records, those of the pair itself included",
        zh=f"{name} 由全部记录计算，包括该地区对自身的记录",
    )
    for name in _MIXES
}


def _find_places(study: Study, table: pd.DataFrame) -> tuple[Positions, Positions]:
    """Return where both ends of every pair stand in the study, -1 for a region that it has not."""
    first, second = (study.regions.index.get_indexer(pd.Index(table[end])) for end in ("source", "target"))
    return first, second


def _differ(values: "pd.Series[str]", ends: tuple[Positions, Positions]) -> "Integers":
    kinds = np.append(pd.factorize(values.where(values != ""))[0], -1)  # -1: not known; so is a region not in the list
    left, right = (kinds[places] for places in ends)
    return np.asarray((left != right) | (left < 0)).astype(int)


def _differ_in_group(table: pd.DataFrame, study: Study) -> "Floats":
    groups = study.groups
    member = {} if groups is None else groups.groupby("code")["group"].agg(frozenset).to_dict()
    nowhere: frozenset[str] = frozenset()
    ends = zip(table["source"], table["target"], strict=True)
    return np.array([float(not (member.get(a, nowhere) & member.get(b, nowhere))) for a, b in ends])


def _look_up(table: pd.DataFrame, dyadic: pd.DataFrame | None, name: str) -> "Floats":
    """Find each pair in the user's table; where only the other direction stands there, take that."""
    known = pd.DataFrame() if dyadic is None else dyadic.dropna(subset=[name])
    if known.duplicated(["source", "target"]).any():
        source, target = known.loc[known.duplicated(["source", "target"]), ["source", "target"]].iloc[0]
        raise MethodError(say("covariates/pair-twice", source=source, target=target))
    value = known.set_index(["source", "target"])[name].astype(float).to_dict()
    ends = list(zip(table["source"], table["target"], strict=True))
    found = np.array([value.get((a, b), value.get((b, a), np.nan)) for a, b in ends])
    if not np.isfinite(found).all():
        lost = int((~np.isfinite(found)).sum())
        source, target = ends[int(np.flatnonzero(~np.isfinite(found))[0])]
        facts = {"name": name, "count": lost, "pairs": len(ends), "source": source, "target": target}
        raise MethodError(say("covariates/pair-unknown", **facts))
    return found


def _check_distances(table: pd.DataFrame) -> list[Words]:
    missing = table[table["distance_km"].isna()]
    if len(missing):
        pair = " - ".join(missing[["source", "target"]].iloc[0])
        raise MethodError(say("gravity/no-distance", count=len(missing), pair=pair))
    close = int((table["distance_km"] < FLOOR_KM).sum())
    if not close:
        return []
    return [
        Words(
            en=f"{close} pairs are less than {FLOOR_KM:g} km apart and count as {FLOOR_KM:g} km",
            zh=f"{close} 对地区相距不足 {FLOOR_KM:g} 公里，按 {FLOOR_KM:g} 公里计",
        )
    ]


def _find_contiguity(study: Study, ends: tuple[Positions, Positions]) -> "Integers | None":
    from geodata import find_neighbours  # noqa: PLC0415 - may read polygons, only where used

    neighbours = find_neighbours(study)
    if neighbours is None:
        return None
    touching = np.zeros((len(study.regions) + 1,) * 2, dtype=int)  # the last for regions that are not in the study
    first, second = _find_places(study, neighbours)
    touching[first, second] = touching[second, first] = 1
    touching[-1] = touching[:, -1] = 0
    return np.asarray(touching[ends])
