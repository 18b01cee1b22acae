"""The table of region pairs a gravity model is fitted to: what was observed, and what may explain it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.expectation.covariates import add_covariates
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.pair_measures import find_known
from regions.arrays import Booleans, Floats, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class DroppedRegion:
    """A region the model says nothing about.

    Attributes
    ----------
    code
        Its code.
    name
        Its name, zh and en.
    reason
        Why it was dropped, zh and en.
    """

    code: str
    name: Words
    reason: Words


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of regions ready for a gravity model.

    Attributes
    ----------
    codes
        (N,) regions that take part, in the order of the study.
    first, second
        (n,) positions in ``codes``: every unordered pair once, or, when ``directed``, every ordered pair.
    table
        (n rows) ``source``, ``target``, ``observed``, ``distance_km``, then one column per covariate.
    covariates
        Names of the covariate columns, in the order they enter.
    unit
        Weight of one link event: ``observed / unit`` is a (pseudo-)count.
    directed
        Whether a link from A to B differs from one from B to A.
    dropped
        Regions left out, with reasons.
    notes
        What was left out or mended otherwise.
    """

    codes: tuple[str, ...]
    first: Positions
    second: Positions
    table: pd.DataFrame
    covariates: tuple[str, ...]
    unit: float
    directed: bool
    dropped: tuple[DroppedRegion, ...]
    notes: tuple[Words, ...]


NO_LINKS = Words(en="no link to another region of the study", zh="与研究范围内的其他地区没有联系")
NO_KNOWN = Words(en="no link for which every measure is known", zh="没有各项地区对指标均已知的联系")
NO_PLACE = Words(en="no known location", zh="位置未知")
NO_MASS = Words(en="no known mass", zh="规模指标未知")


def build_pairs(
    study: Study, network: "nx.Graph", distances: pd.DataFrame, *, options: GravityOptions | None = None
) -> Pairs:
    """Put observed links and covariates of all pairs of regions side by side.

    Parameters
    ----------
    study
        Gives names, borders (``study.borders``) and contiguity.
    network
        Observed collaboration; a DiGraph gives ordered pairs. Missing weights count 1, self-loops are
        ignored.
    distances
        N x N km, index and columns codes; NaN where a location is unknown.
    options
        Which covariates to use; those that are the same for all pairs are left out with a note.

    Raises
    ------
    MethodError
        When the network is modelled, has regions the study does not know, negative or missing weights, fewer
        than three regions with links, or a covariate is not known.
    """
    _refuse_modelled(network)
    codes = _order_codes(study, network)
    matrix = _read_weights(network, codes)
    placed = distances.reindex(index=codes, columns=codes).to_numpy(dtype=float)
    asked = options or GravityOptions()
    if asked.centre is None:
        kept, dropped = _find_linked(study, codes, matrix, placed)
    else:
        kept, dropped = _find_covered(study, codes, placed, asked)
    labels = tuple(np.asarray(codes, dtype=object)[kept])
    _require_three(labels)
    first, second = _list_ends(len(labels), directed=network.is_directed())
    if asked.centre is not None:
        at = labels.index(asked.centre)
        own = (first == at) | (second == at)
        first, second = first[own], second[own]
    index = np.flatnonzero(kept)
    cells = index[first], index[second]
    names = np.asarray(labels, dtype=object)
    table = pd.DataFrame({"source": names[first], "target": names[second], "observed": matrix[cells]})
    table["distance_km"] = placed[cells]
    chosen, notes = add_covariates(
        table,
        study,
        wanted=asked.covariates,
        dyadic=asked.dyadic,
        beside=asked.beside,
        directed=network.is_directed(),
    )
    unit, unit_notes = _measure_unit(network, table)
    pairs = Pairs(labels, first, second, table, chosen, unit, network.is_directed(), dropped, (*notes, *unit_notes))
    return _keep_known(study, pairs, effects=asked.centre is None)


def _keep_known(study: Study, pairs: Pairs, *, effects: bool) -> Pairs:
    """Leave out pairs for which a measure is not known, and regions that have no link beside them."""
    known = find_known(pairs.table, pairs.first, pairs.second, names=pairs.covariates, effects=effects)
    if known.pairs.all():
        return pairs
    codes = np.asarray(pairs.codes, dtype=object)
    place = np.cumsum(known.regions) - 1
    _require_three(tuple(codes[known.regions]))
    zh, en = study.names("zh"), study.names("en")
    lost = tuple(DroppedRegion(code, Words(en=en[code], zh=zh[code]), NO_KNOWN) for code in codes[~known.regions])
    table = pairs.table[known.pairs].reset_index(drop=True)
    constant = [name for name in pairs.covariates if np.ptp(table[name].to_numpy()) == 0]
    return replace(
        pairs,
        codes=tuple(codes[known.regions]),
        first=place[pairs.first[known.pairs]],
        second=place[pairs.second[known.pairs]],
        table=table,
        covariates=tuple(name for name in pairs.covariates if name not in constant),
        dropped=(*pairs.dropped, *lost),
        notes=(*pairs.notes, *known.notes),
    )


def measure_event_weight(weight: Floats, count: Floats) -> float:
    """Return the weight of one link event, sum(w^2 / c) / sum(w) over linked pairs.

    Under fractional counting a pair's weight is a sum of c events of unequal worth, a compound Poisson sum,
    whose variance is E[w] times the weight-averaged worth of an event. Dividing by that worth gives
    pseudo-counts whose variance equals their mean, as Poisson has it. Events of one pair are taken as equal
    (their mean w/c is known, their spread is not; what this misses ends up in the dispersion). Full counting
    has w = c, hence 1 exactly.

    Parameters
    ----------
    weight, count
        (m,) weight and number of events of each linked pair, > 0.
    """
    return float((weight**2 / count).sum() / weight.sum())


def _refuse_modelled(network: "nx.Graph") -> None:
    if network.graph.get("origin") == "modelled":
        raise MethodError(say("gravity/modelled"))


def _order_codes(study: Study, network: "nx.Graph") -> list[str]:
    unknown = [str(node) for node in network if node not in study.regions.index]
    if unknown:
        raise MethodError(
            f"the network has {len(unknown)} regions that study {study.name!r} does not: {', '.join(unknown[:5])}"
        )
    return [code for code in study.regions.index if code in network]


def _read_weights(network: "nx.Graph", codes: list[str]) -> Floats:
    position = {code: i for i, code in enumerate(codes)}
    ends = [(position[a], position[b], w) for a, b, w in network.edges(data="weight", default=1.0) if a != b]
    matrix = np.zeros((len(codes),) * 2)
    if ends:
        rows, columns, weights = (np.asarray(part) for part in zip(*ends, strict=True))
        if not (np.isfinite(weights.astype(float)) & (weights.astype(float) >= 0)).all():
            raise MethodError("link weights must be finite and >= 0")
        np.add.at(matrix, (rows, columns), weights.astype(float))
        if not network.is_directed():
            np.add.at(matrix, (columns, rows), weights.astype(float))
    return matrix


def _find_linked(
    study: Study, codes: list[str], matrix: Floats, placed: Floats
) -> tuple[Booleans, tuple[DroppedRegion, ...]]:
    known: Booleans = np.asarray(np.isfinite(np.where(np.eye(len(codes), dtype=bool), np.nan, placed)).any(axis=0))
    seen = matrix * np.outer(known, known)
    linked = (seen.sum(axis=0) + seen.sum(axis=1)) > 0
    zh, en = study.names("zh"), study.names("en")
    dropped = tuple(
        DroppedRegion(code, Words(en=en[code], zh=zh[code]), NO_PLACE if not place else NO_LINKS)
        for code, place, link in zip(codes, known, linked, strict=True)
        if not (place and link)
    )
    return known & linked, dropped


def _find_covered(
    study: Study, codes: list[str], placed: Floats, options: GravityOptions
) -> tuple[Booleans, tuple[DroppedRegion, ...]]:
    """Keep what a list of one region's links could have named: regions with a place and, where given, a mass."""
    located: Booleans = np.asarray(np.isfinite(np.where(np.eye(len(codes), dtype=bool), np.nan, placed)).any(axis=0))
    sized: Booleans = np.ones(len(codes), dtype=bool)
    if isinstance(options.mass, pd.Series):
        sized = np.isin(codes, options.mass.index)
    zh, en = study.names("zh"), study.names("en")
    if options.centre not in set(np.array(codes)[located & sized]):
        raise MethodError(say("gaps/centre", region=Words(*(names.get(str(options.centre), "") for names in (en, zh)))))
    dropped = tuple(
        DroppedRegion(code, Words(en=en[code], zh=zh[code]), NO_MASS if place else NO_PLACE)
        for code, place, mass in zip(codes, located.tolist(), sized.tolist(), strict=True)
        if not (place and mass)
    )
    return located & sized, dropped


def _require_three(codes: tuple[str, ...]) -> None:
    if len(codes) < 3:  # noqa: PLR2004 - two regions are one pair
        raise MethodError(say("gravity/too-few-regions", count=len(codes)))


def _list_ends(size: int, *, directed: bool) -> tuple[Positions, Positions]:
    if directed:
        first, second = np.nonzero(~np.eye(size, dtype=bool))
        return first, second
    first, second = np.triu_indices(size, k=1)
    return first, second


def _measure_unit(network: "nx.Graph", table: pd.DataFrame) -> tuple[float, list[Words]]:
    inside = {*table["source"].unique(), *table["target"].unique()}
    edges = [data for a, b, data in network.edges(data=True) if a != b and a in inside and b in inside]
    weight = np.array([data.get("weight", 1.0) for data in edges], dtype=float)
    count = np.array([data.get("count", np.nan) for data in edges], dtype=float)
    counted = np.isfinite(count) & (count > 0) & (weight > 0)
    if counted.all():
        return measure_event_weight(weight, count), []
    if (weight % 1 == 0).all():
        return 1.0, []
    unit = float(np.median(weight[weight > 0]))
    note = Words(
        en=f"weights are no counts; one link event is taken to weigh {unit:.3g}, the median linked pair",
        zh=f"权重不是次数；取有联系地区对的中位数 {unit:.3g} 作为一次联系的权重",
    )
    return unit, [note]
