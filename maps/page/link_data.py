"""The part of the page's data block that tells of links: between the units, and to regions outside the study."""

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from analysis.loglinear.tolerance import sort_down
from maps.page.plain_values import cut_name, tidy
from maps.page.short_names import shorten_names
from regions.study import Study

LEVEL = 0.05
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
