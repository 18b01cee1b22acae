"""The part of the page's data block that tells of links: between the units, and to regions outside the study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np

from analysis.loglinear.tolerance import sort_down
from maps.page.plain_values import check_codes, cut_name, pair, tidy
from maps.page.short_names import shorten_names
from regions.study import Study
from regions.study_parts.study_dyads import fill_dyads, list_dyads
from regions.words import Words

LEVEL = 0.05
ENTRIES = 30_000
"""So many links of parts the page carries at most; the parts that come first are carried."""
METHODS = {"alpha_disparity": "disparity", "p_nc": "noise_corrected"}
"""Edge attributes of ``analysis.measure_link_significance`` that the page can use, the first one present."""


def list_links(network: "nx.Graph[str]", units: Sequence[str]) -> dict[str, Any]:
    """Collect the links between units, the strongest first, ties in the order of the units; a missing weight counts 1.

    Returns
    -------
    dict
        ``source``, ``target`` (places among the units), ``weight``; and, where every link carries
        ``alpha_disparity`` or ``p_nc``, ``significant`` (1 below `LEVEL`, else 0) and ``method``.
    """
    place = {code: number for number, code in enumerate(units)}
    edges = [edge for edge in network.edges(data=True) if edge[0] != edge[1]]
    edges.sort(key=lambda edge: (-edge[2].get("weight", 1.0), place[edge[0]], place[edge[1]]))
    links: dict[str, Any] = {
        "source": [place[source] for source, _, _ in edges],
        "target": [place[target] for _, target, _ in edges],
        "weight": tidy(data.get("weight", 1.0) for _, _, data in edges),
    }
    column = next((name for name in METHODS if edges and all(name in data for _, _, data in edges)), None)
    if column is not None:
        links |= {"significant": [int(data[column] < LEVEL) for _, _, data in edges], "method": METHODS[column]}
    return links


@dataclass(frozen=True, slots=True, eq=False)
class LinkPart:
    """Some of the links of a page: of a path, a field, a kind of record.

    Attributes
    ----------
    sort
        ``path``, ``field`` or ``kind``.
    key
        Name of the path, the field or the kind, as the data have it.
    title
        What it is called on the page.
    network
        On codes of the units.
    """

    sort: str
    key: str
    title: Words
    network: "nx.Graph[str]"


def list_link_parts(parts: Sequence[LinkPart], units: Sequence[str]) -> dict[str, Any] | None:
    """Write parts of the links as the data block holds them; None when there are none.

    Returns
    -------
    dict
        ``source``, ``target`` (places in the units of every pair of any part), ``links`` (per part ``at``, steps from
        pair to pair, and ``weight``), ``list`` (per part sort, key and title in both languages). Parts beyond
        `ENTRIES` links are left out.
    """
    place = {code: number for number, code in enumerate(units)}
    carried: list[LinkPart] = []
    weights: list[dict[tuple[int, int], float]] = []
    room = ENTRIES
    for part in parts:
        check_codes(units, part.network.nodes, f"part {part.key}")
        weighed = weigh_pairs(part.network, place)
        if 0 < len(weighed) <= room:
            room -= len(weighed)
            carried.append(part)
            weights.append(weighed)
    if not carried:
        return None
    pairs = sorted({ends for each in weights for ends in each})
    number = {ends: at for at, ends in enumerate(pairs)}
    return {
        "source": [source for source, _ in pairs],
        "target": [target for _, target in pairs],
        "links": [step_weights(each, number) for each in weights],
        "list": [[part.sort, cut_name(part.key), *pair(part.title)] for part in carried],
    }


def weigh_pairs(network: "nx.Graph[str]", place: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Return the weight of each pair of places, of an undirected pair the smaller place first; no link to itself."""
    found = {}
    for source, target, weight in network.edges(data="weight", default=1.0):
        if source != target:
            ends = (place[source], place[target])
            found[ends if network.is_directed() else (min(ends), max(ends))] = weight
    return found


def step_weights(
    weights: Mapping[tuple[int, int], float], number: Mapping[tuple[int, int], int]
) -> dict[str, list[Any]]:
    """Write weights of pairs as steps from one pair to the next, and their weights."""
    at = sorted((number[pair], weight) for pair, weight in weights.items())
    places = [0, *(place for place, _ in at)]
    return {"at": [here - there for there, here in pairwise(places)], "weight": tidy(weight for _, weight in at)}


def list_outside(
    study: Study, network: "nx.Graph[str]", units: Sequence[str], points: Mapping[str, tuple[int, int]]
) -> dict[str, list[Any]] | None:
    """Collect the links to regions outside the study, summed by pair, the strongest first.

    Parameters
    ----------
    network
        Its graph attribute ``external`` has ``source`` (unit), ``target`` (code outside), ``weight``.
    points
        Code -> x, y on the grid of the map.

    Returns
    -------
    dict or None
        ``regions``: code, both names, their short forms and point (None where unknown) of each region outside;
        ``unit``, ``outside`` (places in the units and in ``regions``) and ``weight`` of each link. None when there
        are none.
    """
    external = network.graph.get("external")
    if external is None or len(external) == 0:
        return None
    place = {code: number for number, code in enumerate(units)}
    summed = external.groupby(["source", "target"], as_index=False)["weight"].sum()
    summed = sort_down(summed, "weight", "source", "target")
    codes = list(dict.fromkeys(summed["target"].astype(str)))
    columns = [[cut_name(study.names(language).get(code, code)) for code in codes] for language in ("en", "zh")]
    columns += [shorten_names(names) for names in columns]
    row = {code: number for number, code in enumerate(codes)}
    return {
        "regions": [[code, *names, points.get(code)] for code, *names in zip(codes, *columns, strict=True)],
        "unit": [place[code] for code in summed["source"]],
        "outside": [row[code] for code in summed["target"]],
        "weight": tidy(summed["weight"]),
    }


def list_pair_facts(study: Study, network: "nx.Graph[str]", units: Sequence[str]) -> dict[str, Any] | None:
    """Return what the study brings of pairs of regions (its dyads), for pairs of which both have links.

    Returns
    -------
    dict or None
        ``columns``: label and unit of each measure, in both languages; ``source``, ``target`` (places among the units,
        once per pair); ``values``: a list per measure, None where it is not known. The latest year of a measure with
        years; the mean of two directions. None where the study has no dyads, or nothing is known of these pairs.
    """
    names = list_dyads(study)
    linked = [number for number, code in enumerate(units) if code in network and set(network[code]) - {code}]
    if not names or not linked:
        return None
    index = [units[number] for number in linked]
    squares = [fill_dyads(study, name).loc[index, index].to_numpy() for name in names]
    known = np.triu(np.isfinite(squares).any(axis=0), k=1)
    rows, columns = np.nonzero(known)
    if not len(rows):
        return None
    told = [study.describe_indicator(name) for name in names]
    return {
        "columns": [[*pair(label), *pair(unit)] for label, unit in told],
        "source": [linked[row] for row in rows],
        "target": [linked[column] for column in columns],
        "values": [tidy(square[rows, columns]) for square in squares],
    }
