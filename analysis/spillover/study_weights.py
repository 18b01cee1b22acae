"""The Ws that a study allows: all of them, so that no finding hangs on the one that was chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import networkx as nx
import numpy as np
import pandas as pd

from geodata import (
    build_block_weights,
    build_contiguity_weights,
    build_decay_weights,
    build_distance_weights,
    build_dyad_weights,
    build_economic_weights,
    build_nearest_weights,
    build_network_weights,
    measure_distances,
    mix_weights,
    normalise_weights,
    pair_islands,
)
from geodata.weights.normalisation import Normalisation
from regions.errors import MethodError
from regions.study import Study
from regions.study_parts.some_names import name_some
from regions.words import Words

_SHOWN = 8
NEAREST = 4
COLLABORATION: Mapping[str, Normalisation] = MappingProxyType(
    {"collaboration": "row", "collaboration-spectral": "spectral"}
)
"""Weights by collaboration; those of spectral radius 1 are the W of the scores of spillover."""

_HALF = 0.5


def build_study_weights(
    study: Study,
    codes: "pd.Index[str]",
    *,
    network: nx.Graph | None = None,
    development: "pd.Series[float] | None" = None,
) -> tuple[dict[str, pd.DataFrame], list[Words]]:
    """Build every W that the data of a study allow, on some of its regions.

    Parameters
    ----------
    study
        Regions with points; neighbours or polygons, pairs (``dyads``), border columns where it has them.
    codes
        Regions to be compared.
    network
        Collaboration of earlier years; it answers to the same forces as the outcome.
    development
        Index ``code``: level of development before the first year, such as GDP per head.

    Returns
    -------
    tuple
        Name -> (N, N) weights, rows sum to 1 but for those called ``-spectral`` and islands: ``contiguity`` (islands
        joined to the nearest), ``contiguity-spectral``, ``nearest-4``, ``inverse-distance``,
        ``inverse-distance-squared``, ``decay`` (half-life the median distance to the fourth nearest), ``economic``,
        ``block-<border>``, ``collaboration``, ``collaboration-spectral``,
        one per column of ``dyads``, ``contiguity+economic``. And notes on what
        was joined or could not be built.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> study = regions.load_study("china")
    >>> weights, notes = analysis.build_study_weights(study, study.regions.index)
    >>> sorted(weights)[:3]
    ['block-macro_region', 'contiguity', 'contiguity-spectral']
    """
    part = _select(study, codes)
    built, notes = _build_near(part, codes)
    if development is not None:
        built |= _try(notes, "economic", lambda: build_economic_weights(development.reindex(codes)))
    for border in study.borders:
        groups = study.regions[border].reindex(codes)
        built |= _try(notes, f"block-{border}", partial(build_block_weights, groups))
    if network is not None:
        for name, method in COLLABORATION.items():
            built |= _try(notes, name, partial(build_network_weights, network, codes, normalisation=method))
    built |= _build_dyads(study, codes, notes)
    if {"contiguity", "economic"} <= set(built):
        pair = {name: built[name] for name in ("contiguity", "economic")}
        built["contiguity+economic"] = mix_weights(pair, dict.fromkeys(pair, _HALF))
    return built, [*notes, *_tell_isolates(study, built)]


def _tell_isolates(study: Study, built: dict[str, pd.DataFrame]) -> list[Words]:
    """Name the regions that a W gives no neighbour: under it they neither give nor receive."""
    lone: dict[tuple[str, ...], list[str]] = {}
    for name, weights in built.items():
        linked = (weights.to_numpy() != 0).any(axis=0) | (weights.to_numpy() != 0).any(axis=1)
        if not linked.all():
            lone.setdefault(tuple(map(str, weights.index[~linked])), []).append(name)
    notes = []
    for codes, names in lone.items():
        named = name_some(study, codes, most=_SHOWN)
        notes.append(
            Words(
                f"Without neighbours under {', '.join(names)}, so that they neither give nor receive there: "
                f"{named.en}.",
                f"在权重 {'、'.join(names)} 下没有邻居、既不溢出也不受益的地区：{named.zh}。",
            )
        )
    return notes


def _select(study: Study, codes: "pd.Index[str]") -> Study:
    return replace(study, regions=study.regions.loc[codes])


def _build_near(study: Study, codes: "pd.Index[str]") -> tuple[dict[str, pd.DataFrame], list[Words]]:
    notes: list[Words] = []
    built: dict[str, pd.DataFrame] = {}
    bordering = _try(notes, "contiguity", lambda: build_contiguity_weights(study, join_islands=True))
    if bordering:
        built |= bordering
        notes += _tell_joined(study, pair_islands(study))
        raw = build_contiguity_weights(study, join_islands=True, normalisation="none")
        built["contiguity-spectral"] = normalise_weights(raw, method="spectral")
    apart = measure_distances(study).reindex(index=codes, columns=codes)
    if not np.isfinite(apart.to_numpy()).all():
        notes.append(Words("No weights by distance: some regions have no point.", "部分地区没有坐标，未建立距离权重。"))
        return built, notes
    k = min(NEAREST, len(codes) - 1)
    reach = float(np.median(np.sort(apart.to_numpy(), axis=1)[:, k]))
    built[f"nearest-{k}"] = build_nearest_weights(apart, k=k)
    built["inverse-distance"] = build_distance_weights(apart)
    built["inverse-distance-squared"] = build_distance_weights(apart, power=2)
    built["decay"] = build_decay_weights(apart, half_life=max(reach, 1.0))
    return built, notes


def _tell_joined(study: Study, joined: Sequence[tuple[str, str]]) -> list[Words]:
    if not joined:
        return []
    texts = {
        language: [f"{study.names(language)[one]} - {study.names(language)[other]}" for one, other in joined]
        for language in ("en", "zh")
    }
    return [
        Words(
            f"Without neighbours, joined to the nearest region: {', '.join(texts['en'])}.",
            f"没有相邻地区，与最近的地区相连：{'、'.join(texts['zh'])}。",
        )
    ]


def _build_dyads(study: Study, codes: "pd.Index[str]", notes: list[Words]) -> dict[str, pd.DataFrame]:
    pairs: pd.DataFrame | None = getattr(study, "dyads", None)
    if pairs is None:
        return {}
    if "year" in pairs and pairs["year"].notna().any():
        pairs = pairs[pairs["year"] == pairs["year"].min()]
    built: dict[str, pd.DataFrame] = {}
    for name in pairs.select_dtypes("number").columns.drop("year", errors="ignore").astype(str):
        far = any(word in name.lower() for word in FAR)
        built |= _try(
            notes,
            name,
            partial(build_dyad_weights, pairs.dropna(subset=[name]), codes, column=name, inverse=far),
        )
    return built


FAR = ("minute", "hour", "time", "distance", "km", "cost", "price")
"""Words in the name of a measure of pairs that say: large means far, so it is inverted."""


def _try(notes: list[Words], name: str, build: Callable[[], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the weights by name, or nothing and a note why."""
    try:
        return {name: build()}
    except MethodError as error:
        notes.append(Words(f"No weights '{name}': {error}.", f"未建立权重“{name}”：{error.describe('zh')}。"))
        return {}
