"""Networks as lines of text: UCINET DL, VOSviewer, JSON."""

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from maps.exchange.network_tables import (
    LINK_COLUMNS,
    NODE_COLUMNS,
    NetworkTables,
    clean_cell_text,
    find_labels,
    make_plain,
    tell_dropped,
    write_weight,
)
from maps.words.codebook import build_codebook
from regions.files.writing import write_text
from regions.words import Words

_ENDS = ("source", "target", "weight")


def write_dl(
    tables: NetworkTables, path: str | Path, *, form: Literal["edgelist", "fullmatrix"] = "edgelist"
) -> tuple[Words, ...]:
    """Write UCINET DL as UCINET, Gephi and `regions.read_study` read it.

    Labels stand on one line, parted by commas, those with a blank in quotation marks; links are numbers of nodes. An
    undirected link stands once in the list and twice in the matrix.
    """
    labels, notes = find_labels(tables)
    place = {code: number for number, code in enumerate(labels)}
    commas = sum("," in label for label in labels.values())
    named = [label.replace(",", " ") for label in labels.values()]
    head = f"dl n={len(named)} format={'edgelist1' if form == 'edgelist' else form}\nlabels:\n"
    ends = [(place[a], place[b]) for a, b in zip(tables.links["source"], tables.links["target"], strict=True)]
    weights = tables.links["weight"].to_numpy(dtype=float)
    if form == "edgelist":
        body = [f"{a + 1} {b + 1} {write_weight(value)}" for (a, b), value in zip(ends, weights, strict=True)]
    else:
        body = _fill_matrix(ends, weights, len(named), directed=tables.directed)
    line = ",".join(f'"{label}"' if " " in label else label for label in named)
    write_text(path, f"{head}{line}\ndata:\n" + "".join(f"{row}\n" for row in body))
    changed = (Words(f"{commas} names lost their commas.", f"{commas} 个名称中的逗号已替换。"),) if commas else ()
    lost = tell_dropped(NODE_COLUMNS, [name for name in tables.nodes if name not in {"code", tables.label}])
    return (*notes, *changed, *lost, *tell_dropped(LINK_COLUMNS, [name for name in tables.links if name not in _ENDS]))


def _fill_matrix(ends: list[tuple[int, int]], weights: Any, size: int, *, directed: bool) -> list[str]:  # noqa: ANN401 - an array
    matrix = np.zeros((size, size))
    for (a, b), value in zip(ends, weights, strict=True):
        matrix[a, b] += value
        if not directed and a != b:
            matrix[b, a] += value
    return [" ".join(map(write_weight, row)) for row in matrix.tolist()]


def write_vosviewer(
    tables: NetworkTables, map_path: str | Path, network_path: str | Path, *, groups: "pd.Series[int] | None" = None
) -> tuple[Words, ...]:
    """Write the two files of VOSviewer: the map of the items, and the network.

    Items are numbered from 1 in the order of the nodes. Whole or amounts are ``weight<...>``, all other numbers
    ``score<...>``; ``cluster`` is the community. Both directions of a link count together: VOSviewer knows none.

    Parameters
    ----------
    groups
        Code -> community, from 1; None leaves the clusters to VOSviewer.
    """
    labels, notes = find_labels(tables)
    codes = list(labels)
    place = {code: number for number, code in enumerate(codes, start=1)}
    nodes = tables.nodes.set_index("code")
    columns: dict[str, list[Any]] = {"id": list(place.values()), "label": list(labels.values())}
    if {"lon", "lat"} <= set(nodes) and nodes[["lon", "lat"]].notna().all(axis=None):
        columns |= {"x": nodes["lon"].tolist(), "y": nodes["lat"].tolist()}
    if groups is not None:
        columns["cluster"] = [int(groups[code]) if code in groups.index else 0 for code in codes]
    ends = [sorted((place[a], place[b])) for a, b in zip(tables.links["source"], tables.links["target"], strict=True)]
    each = pd.DataFrame(ends, columns=["a", "b"]).assign(weight=tables.links["weight"].to_numpy(dtype=float))
    pairs = each.groupby(["a", "b"])[["weight"]].sum().reset_index()
    columns |= _weigh(pairs, len(codes))
    numbers = [name for name in nodes.select_dtypes("number") if name not in {"lon", "lat"}]
    columns |= {f"score<{clean_cell_text(str(name))}>": nodes[name].tolist() for name in numbers}
    write_text(map_path, _write_table(pd.DataFrame(columns)))
    lines = [f"{a}\t{b}\t{write_weight(value)}\n" for a, b, value in pairs.itertuples(index=False)]
    write_text(network_path, "".join(lines))
    kept = {"code", "lon", "lat", tables.label, *map(str, numbers)}
    directions = (Words("Directions of links not held.", "未能保存联系的方向。"),) if tables.directed else ()
    lost = tell_dropped(NODE_COLUMNS, [name for name in tables.nodes if name not in kept])
    return (
        *notes,
        *directions,
        *lost,
        *tell_dropped(LINK_COLUMNS, [name for name in tables.links if name not in _ENDS]),
    )


def _weigh(pairs: pd.DataFrame, size: int) -> dict[str, list[Any]]:
    number, strength = np.zeros(size, dtype=int), np.zeros(size)
    for a, b, value in pairs.itertuples(index=False):
        for end in {a, b}:
            number[end - 1] += 1
            strength[end - 1] += value
    return {"weight<Links>": number.tolist(), "weight<Total link strength>": strength.tolist()}


def _write_table(table: pd.DataFrame) -> str:
    """Return lines with tabs between the cells; an empty cell where a number is missing."""
    rows = [list(map(str, table.columns))]
    for row in table.itertuples(index=False):
        plain = [make_plain(value) for value in row]
        rows.append(
            ["" if cell is None else write_weight(cell) if isinstance(cell, float) else str(cell) for cell in plain]
        )
    return "".join("\t".join(clean_cell_text(cell) for cell in row) + "\n" for row in rows)


def write_json(tables: NetworkTables, path: str | Path) -> tuple[Words, ...]:
    """Write JSON in the node-link form of networkx and D3, with the codebook and what is known of the study."""
    columns = build_codebook([*map(str, tables.nodes.columns), *map(str, tables.links.columns)])
    nodes = [
        {"id": str(row["code"]), **{str(name): make_plain(value) for name, value in row.items() if name != "code"}}
        for row in tables.nodes.to_dict("records")
    ]
    links = [{str(name): make_plain(value) for name, value in row.items()} for row in tables.links.to_dict("records")]
    content = {
        "directed": tables.directed,
        "multigraph": False,
        "graph": {"title": tables.title.en, "title_zh": tables.title.zh, **tables.about},
        "nodes": nodes,
        "links": links,
        "codebook": columns.to_dict("records"),
    }
    write_text(path, json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
    return ()
