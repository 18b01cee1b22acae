"""GraphML, GEXF and Pajek, through networkx, the same bytes from the same network."""

import io
import re
from pathlib import Path

import networkx as nx

from maps.exchange.network_tables import (
    LINK_COLUMNS,
    NODE_COLUMNS,
    NetworkTables,
    build_export_graph,
    find_labels,
    tell_dropped,
    write_weight,
)
from maps.exchange.table_files import find_moment
from regions.files.writing import atomic_path
from regions.words import Words

_PLACED = {"code", "lon", "lat"}
_ENDS = {"source", "target", "weight"}


def write_graphml(tables: NetworkTables, path: str | Path) -> tuple[Words, ...]:
    """Write GraphML: codes as ids, every known value as data; what is missing is left out, as the format wants it."""
    graph = build_export_graph(tables)
    graph.graph["name"] = tables.title.en
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer, named_key_ids=False)
    _write(path, buffer.getvalue())
    return ()


def write_gexf(tables: NetworkTables, path: str | Path) -> tuple[Words, ...]:
    """Write GEXF 1.2 as Gephi reads it: names as labels, longitude and latitude as positions too."""
    graph = build_export_graph(tables)
    labels, notes = find_labels(tables)
    for code, values in graph.nodes(data=True):
        values["label"] = labels.get(code, code)
        if {"lon", "lat"} <= set(values):
            values["viz"] = {"position": {"x": float(values["lon"]), "y": float(values["lat"]), "z": 0.0}}
    text = "\n".join(nx.generate_gexf(graph, encoding="utf-8", version="1.2draft")) + "\n"
    day = find_moment().strftime("%Y-%m-%d")
    text = re.sub(r'lastmodifieddate="[0-9-]*"', f'lastmodifieddate="{day}"', text, count=1)
    _write(path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode())
    return notes


def write_pajek(tables: NetworkTables, path: str | Path) -> tuple[Words, ...]:
    """Write a Pajek network: labels in quotation marks, weights, and longitude and latitude scaled to its square."""
    graph = build_export_graph(tables)
    labels, notes = find_labels(tables)
    plain: nx.Graph[str] = nx.DiGraph() if tables.directed else nx.Graph()
    places = _place(tables)
    quoted = {code: _quote(labels.get(code, code)) for code in graph}
    for code in graph:
        x, y = places.get(code, ("0.5", "0.5"))
        plain.add_node(quoted[code], x=x, y=y)
    for source, target, data in graph.edges(data=True):
        plain.add_edge(quoted[source], quoted[target], weight=write_weight(float(data.get("weight", 1.0))))
    _write(path, ("\n".join(nx.generate_pajek(plain)) + "\n").encode())
    named = {*_PLACED, tables.label}
    dropped = tell_dropped(NODE_COLUMNS, [name for name in tables.nodes if name not in named])
    return (*notes, *dropped, *tell_dropped(LINK_COLUMNS, [name for name in tables.links if name not in _ENDS]))


def _quote(label: str) -> str:
    """Return a label that networkx writes in quotation marks; it sets them itself around one with a blank."""
    return label if " " in label else f'"{label}"'


def _place(tables: NetworkTables) -> dict[str, tuple[str, str]]:
    """Scale degrees to 0.05 .. 0.95, north above, as Pajek draws them."""
    known = tables.nodes[["code", "lon", "lat"]].dropna()
    if known.empty:
        return {}
    degrees = known[["lon", "lat"]].to_numpy(dtype=float)
    extent = max(float((degrees.max(axis=0) - degrees.min(axis=0)).max()), 1e-9)
    scaled = 0.05 + 0.9 * (degrees - degrees.min(axis=0)) / extent
    return {str(code): (f"{x:.4f}", f"{1 - y:.4f}") for code, (x, y) in zip(known["code"], scaled, strict=True)}


def _write(path: str | Path, content: bytes) -> None:
    with atomic_path(path) as temporary:
        temporary.write_bytes(content)
