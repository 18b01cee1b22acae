"""Write the network of a study for another program, and say what its format cannot hold."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

import analysis
import geodata
from maps.exchange.geo_files import write_geojson, write_geopackage
from maps.exchange.graph_files import write_gexf, write_graphml, write_pajek
from maps.exchange.network_tables import NetworkTables
from maps.exchange.plain_network_files import write_dl, write_json, write_vosviewer
from maps.words.citation import list_citations
from regionet.console.run_folder import Run
from regionet.steps.pipeline import Findings, label_scores, tabulate_links
from regions.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    import networkx as nx

_FEWEST = 3
_NAMES = ("source_name", "source_name_zh", "target_name", "target_name_zh")


def build_tables_to_export(findings: Findings, *, label: str) -> NetworkTables:
    """Return regions in the order of the study with names, place and scores, and the links, the strongest first."""
    study, network = findings.study, findings.network
    places = geodata.find_points(study)[["lon", "lat"]]
    scores = label_scores(findings).set_index("code").reindex(study.regions.index)
    front = pd.DataFrame({"code": study.regions.index.astype(str)}, index=study.regions.index)
    belonging = study.regions[[name for name in ("level", "parent") if name in study.regions]]
    named = scores[["name", "name_zh"]]
    nodes = pd.concat([front, named, places, belonging, scores.drop(columns=["name", "name_zh"])], axis=1)
    links = tabulate_links(findings).drop(columns=[*_NAMES], errors="ignore")
    modelled = network.graph.get("origin") == "modelled"
    links = links.assign(origin="modelled") if modelled else links
    about = {
        "study": study.name,
        "counting": str(network.graph.get("counting", "")),
        "origin": str(network.graph.get("origin", "")),
        "limits": [note.words._asdict() for note in study.limits],
        "sources": [note.words._asdict() for note in study.sources],
        "citation": [words._asdict() for words in list_citations(study)],
    }
    return NetworkTables(nodes.reset_index(drop=True), links, network.is_directed(), study.title, about, label)


def name_files(form: str, stem: str) -> tuple[str, ...]:
    """Return the names of the files of a format."""
    names = {
        "pajek": (f"{stem}.net",),
        "vosviewer": (f"{stem}-map.txt", f"{stem}-network.txt"),
        "geojson": (f"{stem}-regions.geojson", f"{stem}-links.geojson"),
    }
    return names.get(form, (f"{stem}.{form}",))


def export_network(
    run: Run,
    findings: Findings,
    tables: NetworkTables,
    names: tuple[str, ...],
    *,
    form: str,
    matrix: Literal["edgelist", "fullmatrix"],
) -> tuple[Words, ...]:
    """Write the files; return what the format could not hold."""
    said: list[Words] = []

    def keep(writer: Callable[[Path], tuple[Words, ...]], path: Path) -> None:
        said.extend(writer(path))

    single: dict[str, Callable[[Path], tuple[Words, ...]]] = {
        "graphml": partial(write_graphml, tables),
        "gexf": partial(write_gexf, tables),
        "pajek": partial(write_pajek, tables),
        "dl": partial(write_dl, tables, form=matrix),
        "json": partial(write_json, tables),
    }
    if form in single:
        run.write(names[0], partial(keep, single[form]))
    elif form == "gpkg":
        run.write(names[0], partial(keep, partial(write_geopackage, tables, _read_polygons(findings))))
    else:
        run.staging.mkdir(parents=True, exist_ok=True)
        first, second = (run.staging / name for name in names)
        said.extend(_write_pair(findings, tables, form, (first, second)))
        for name in names:
            run.add(name)
    return tuple(said)


def _write_pair(findings: Findings, tables: NetworkTables, form: str, paths: tuple[Path, Path]) -> tuple[Words, ...]:
    if form == "vosviewer":
        return write_vosviewer(tables, *paths, groups=_find_groups(findings.network))
    return write_geojson(tables, _read_polygons(findings), *paths)


def _read_polygons(findings: Findings) -> "gpd.GeoDataFrame | None":
    return geodata.read_boundaries(findings.study)


def _find_groups(network: "nx.Graph[Any]") -> "pd.Series[int] | None":
    linked = network.subgraph([code for code in network if any(other != code for other in network[code])])
    return analysis.find_communities(linked).labels if len(linked) >= _FEWEST else None
