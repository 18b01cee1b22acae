"""From counted links to the network of regions."""

from typing import Any, get_args

import networkx as nx
import pandas as pd

from regions.records.count_links import Counting, RegionLinks, Source, count_region_links
from regions.study import Study
from regions.study_parts.study_selection import select_study


def build_network(
    study: Study, counting: Counting = "full", *, source: Source = "auto", years: tuple[int, int] | None = None
) -> nx.Graph:
    """Build the collaboration network of the regions of a study.

    Parameters
    ----------
    study
        Regions, and records (with actors) or links.
    counting
        How a joint record is shared out over its pairs of actors: ``full`` (1 each), ``newman`` (1/(n-1)) or
        ``pair`` (2/(n(n-1))), n the number of actors; see `regions.records.count_links.count_actor_links`. Links carry
        their own weights: the option has no effect on them, and ``graph["counting"]`` says ``given``.
    source
        ``auto`` takes the links if the study has them, else the records; ``links`` and ``records`` insist.
    years
        First and last year that count, both included; None takes all (see `analysis.select_study`).

    Returns
    -------
    Graph or DiGraph
        A DiGraph when the links of a directed study were used (joint records have no direction). Nodes: the
        codes of all units of the study in their order, isolates included, with

        - ``name``, ``name_zh``;
        - ``internal``: weight of the collaboration inside the region;
        - ``external``: weight of the collaboration with regions outside the focus, both directions together.

        Links: pairs of different units, with ``weight`` (> 0) and, where known (see
        `regions.records.count_links.RegionLinks`), ``count`` and ``records`` (int). No self loops.

        ``graph`` holds ``study`` (name), ``counting``, ``origin`` (``observed``, or ``modelled`` when any
        link is), ``external`` (DataFrame ``source`` (unit), ``target`` (code outside the focus), ``weight``;
        both directions together) and, counted from records, ``n_records``, ``n_participations`` and
        ``n_single`` (records with one actor, which give no link), else None.

    Raises
    ------
    MethodError
        When an option is unknown, or the study has not the tables asked for.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> network = analysis.build_network(study)
    >>> network.edges["310000", "330100"]["weight"]  # Shanghai and Hangzhou
    3.0
    """
    if years is not None:
        study = select_study(study, years=years)
    links = count_region_links(study, counting=counting, source=source)
    network: nx.Graph = nx.DiGraph() if links.directed else nx.Graph()
    network.graph.update(_describe(study, links))
    network.add_nodes_from(_list_nodes(study))
    table = links.table
    known = [table[end].isin(study.regions.index) for end in ("source", "target")]
    inside = table["source"] == table["target"]
    network.add_edges_from(_list_links(table[known[0] & known[1] & ~inside]))
    network.graph["external"] = external = _list_external(table, known[0], known[1])
    _set_weights(network, "internal", table[inside].set_index("source")["weight"])
    _set_weights(network, "external", external.groupby("source")["weight"].sum())
    return network


def read_counting(network: nx.Graph) -> Counting:
    """Return the way of counting with which networks of the same study can be built, such as those of its years.

    Links that carry weights are counted in no way (``given``); then every way gives the same, and it is ``full``.

    Examples
    --------
    >>> read_counting(nx.Graph(counting="newman")), read_counting(nx.Graph(counting="given"))
    ('newman', 'full')
    """
    told = network.graph.get("counting")
    return next((counting for counting in get_args(Counting) if counting == told), "full")


def _describe(study: Study, links: RegionLinks) -> dict[str, Any]:
    return {
        "study": study.name,
        "counting": links.counting,
        "origin": "modelled" if links.modelled else "observed",
        "n_records": links.n_records,
        "n_participations": links.n_participations,
        "n_single": links.n_single,
    }


def _list_nodes(study: Study) -> list[tuple[str, dict[str, str]]]:
    table = study.regions
    return [
        (code, {"name": name, "name_zh": name_zh})
        for code, name, name_zh in zip(table.index, table["name"], table["name_zh"], strict=True)
    ]


def _list_links(table: pd.DataFrame) -> list[tuple[str, str, dict[str, Any]]]:
    names = [name for name in ("weight", "count", "records") if name in table]
    columns = [table[name].tolist() for name in names]
    values = [dict(zip(names, each, strict=True)) for each in zip(*columns, strict=True)]
    return list(zip(table["source"], table["target"], values, strict=True))


def _list_external(table: pd.DataFrame, from_unit: "pd.Series[bool]", to_unit: "pd.Series[bool]") -> pd.DataFrame:
    """List what crosses the border of the focus, the unit first whatever the direction."""
    turned = {"source": "target", "target": "source"}
    if from_unit.all() and to_unit.all():
        return table.loc[[], ["source", "target", "weight"]].reset_index(drop=True)
    crossing = pd.concat([table[from_unit & ~to_unit], table[to_unit & ~from_unit].rename(columns=turned)])
    return crossing.groupby(["source", "target"])[["weight"]].sum().reset_index()


def _set_weights(network: nx.Graph, name: str, weight: "pd.Series[float]") -> None:
    known = dict(zip(weight.index, weight.tolist(), strict=True))
    for node, attributes in network.nodes(data=True):
        attributes[name] = float(known.get(node, 0.0))
