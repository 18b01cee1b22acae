"""A network as two tables, with what other programs need to know of it; every export begins here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from regions.words import Words

_REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, eq=False)
class NetworkTables:
    """What is exported.

    Attributes
    ----------
    nodes
        One row per region: ``code`` (text, unique), ``name``, ``name_zh``, ``lon``, ``lat`` (degrees, NaN where
        unknown), then any columns.
    links
        One row per link: ``source``, ``target`` (codes), ``weight``, then any columns.
    directed
        Whether source and target are giver and receiver.
    title
        Of the study.
    about
        Plain values on the study: name, counting, origin, limits, sources, how to cite.
    label
        Column of the nodes that names them where a format has one name only.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    directed: bool
    title: Words
    about: Mapping[str, Any]
    label: str = "name"


def clean_cell_text(text: str) -> str:
    r"""Return a text that XML and lines of text can hold: other control characters and halves of letters are replaced.

    Examples
    --------
    >>> clean_cell_text("a\x00b\nc")
    'a�b c'
    """
    plain = "".join(" " if letter in "\t\n\r\x85\u2028\u2029" else letter for letter in text)
    return "".join(letter if _is_text(letter) else _REPLACED for letter in plain)


def _is_text(letter: str) -> bool:
    number = ord(letter)
    return number >= 0x20 and not 0x7F <= number < 0xA0 and not 0xD800 <= number < 0xE000 and number & 0xFFFE != 0xFFFE  # noqa: PLR2004 - see XML


def make_plain(value: object) -> str | int | float | bool | None:
    """Return a value of a table as Python has it: whole numbers as int, a missing or infinite one as None."""
    if isinstance(value, str):
        return clean_cell_text(value)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    number = float(value)  # type: ignore[arg-type]
    if not np.isfinite(number):
        return None
    return int(number) if isinstance(value, int | np.integer) else number


def build_export_graph(tables: NetworkTables) -> "nx.Graph[str]":
    """Return the network as networkx has it, with every value that is known; codes are the nodes."""
    graph: nx.Graph[str] = nx.DiGraph() if tables.directed else nx.Graph()
    for row in tables.nodes.to_dict("records"):
        values = {str(name): make_plain(value) for name, value in row.items() if name != "code"}
        graph.add_node(
            clean_cell_text(str(row["code"])), **{name: value for name, value in values.items() if value is not None}
        )
    for row in tables.links.to_dict("records"):
        values = {str(name): make_plain(value) for name, value in row.items() if name not in {"source", "target"}}
        known = {name: value for name, value in values.items() if value is not None}
        graph.add_edge(clean_cell_text(str(row["source"])), clean_cell_text(str(row["target"])), **known)
    return graph


def find_labels(tables: NetworkTables) -> tuple[dict[str, str], tuple[Words, ...]]:
    """Name every node once, without quotation marks: the code stands in for a name that is missing or used twice.

    Returns
    -------
    dict, tuple
        Code -> label; and what was changed.
    """
    told = [clean_cell_text(str(name)) if isinstance(name, str) else "" for name in tables.nodes[tables.label]]
    plain = [name.replace('"', "'").strip() for name in told]
    codes = [str(code) for code in tables.nodes["code"]]
    twice = {name for name in plain if plain.count(name) > 1} | {""} | set(codes)
    labels = [code if name in twice else name for code, name in zip(codes, plain, strict=True)]
    coded = sum(name in twice for name in plain)
    quoted = sum(one != other for one, other in zip(told, plain, strict=True))
    notes = []
    if coded:
        notes.append(
            Words(f"{coded} regions are named by their code.", f"{coded} 个地区以代码命名（名称缺失或重复）。")
        )
    if quoted:
        notes.append(
            Words(f"{quoted} names lost their quotation marks.", f"{quoted} 个名称中的双引号已替换。"),
        )
    return dict(zip(codes, labels, strict=True)), tuple(notes)


def tell_dropped(what: Words, names: Iterable[object]) -> tuple[Words, ...]:
    """Say which columns a format cannot hold; nothing where there are none."""
    listed = [str(name) for name in names]
    if not listed:
        return ()
    return (Words(f"{what.en} not held: {', '.join(listed)}.", f"未能保存{what.zh}：{'、'.join(listed)}。"),)


NODE_COLUMNS = Words("Columns of regions", "地区的列")
LINK_COLUMNS = Words("Columns of links", "联系的列")


def write_weight(value: float) -> str:
    """Write a weight so that it reads back as it is; whole ones without a point.

    Examples
    --------
    >>> write_weight(3.0), write_weight(0.1)
    ('3', '0.1')
    """
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))  # noqa: PLR2004
