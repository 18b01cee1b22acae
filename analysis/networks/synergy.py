"""The three synergy paths: science with science, industry with industry, industry with science."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, get_args

import networkx as nx
import numpy as np
import pandas as pd

from analysis.networks.network import build_network
from regions.counting.memory import count_in_memory
from regions.counting.plan import Plan, check_option
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting
from regions.study import Study

Path = Literal["science", "industry", "science-industry"]

PATHS: "Sequence[str]" = get_args(Path)
SIDES = {"university": "science", "institute": "science", "enterprise": "industry"}
"""Which side of the institutional fence a kind of actor stands on; other kinds are on no path."""

Texts: TypeAlias = "np.ndarray[Any, np.dtype[np.object_]]"

OTHER = "other"
"""Side of every other kind, and path of a link with an end there."""

CROSS = "cross"
"""Path of a link between two sides that have no name for it."""

_MARK = "\x1f"


def find_path(first: str, second: str) -> str:
    """Return the path of a link between two kinds of actors, ``""`` when it is on none."""
    sides = {SIDES.get(first, ""), SIDES.get(second, "")}
    if "" in sides:
        return ""
    return sides.pop() if len(sides) == 1 else "science-industry"


def build_path_network(study: Study, path: Path, *, counting: Counting = "full") -> nx.Graph:
    """Build the network of regions from the links of one path alone.

    A link between two actors is on the path that their kinds give: universities and institutes are science,
    enterprises are industry. What a link weighs depends on all actors of the record, those off the path included.

    Parameters
    ----------
    study
        With records and actors of known kinds.
    path
        ``science``, ``industry`` or ``science-industry``.
    counting
        See `analysis.build_network`.

    Returns
    -------
    Graph
        As `analysis.build_network` gives it, with ``graph["path"]``; links carry ``weight`` and ``count``, not
        ``records`` (one record may link two regions in several ways).

    Raises
    ------
    MethodError
        When the study has links instead of records (links do not tell who took part), or no actor is on the path.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> build_path_network(study, "science").size("weight")
    52.0
    """
    check_option("path", path, PATHS)
    network = build_network(study, counting, source="records")
    _check_kinds(study, path)
    links = count_path_links(study, counting)
    return fill_network(network, links[links["path"] == path], path)


def build_path_networks(study: Study, *, counting: Counting = "full") -> dict[Path, nx.Graph]:
    """Build the network of each path that the actors allow, as `build_path_network` does, from one count.

    Raises
    ------
    MethodError
        As of `build_path_network`, when no path has actors on both ends.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> networks = build_path_networks(regions.load_study("yangtze-delta"))
    >>> list(networks), networks["science"].size("weight")
    (['science', 'industry', 'science-industry'], 52.0)
    """
    network = build_network(study, counting, source="records")
    paths, errors = [], []
    for path in get_args(Path):
        try:
            _check_kinds(study, path)
            paths.append(path)
        except MethodError as error:  # a study of universities alone has one path
            errors.append(error)
    if not paths:
        raise errors[0]
    links = count_path_links(study, counting)
    return {path: fill_network(network, links[links["path"] == path], path) for path in paths}


def fill_network(network: nx.Graph, links: pd.DataFrame, path: str) -> nx.Graph:
    """Return the network with the links of one path in the place of its own.

    Parameters
    ----------
    network
        From `analysis.build_network`; its regions stay.
    links
        Rows of `count_path_links`.
    path
        Name of the path.

    Returns
    -------
    Graph
        A new one; links carry ``weight`` and ``count``, nodes ``internal`` and ``external`` of this path,
        ``graph["path"]`` names it.
    """
    network = nx.create_empty_copy(network)
    known = [links[end].isin(list(network)) for end in ("source", "target")]
    inside = links["source"] == links["target"]
    between = links[known[0] & known[1] & ~inside]
    columns = [between[name].tolist() for name in ("source", "target", "weight", "count")]
    for source, target, weight, count in zip(*columns, strict=True):
        network.add_edge(source, target, weight=weight, count=count)
    network.graph |= {"external": _turn_external(links, known[0], known[1]), "path": path}
    weights = {
        "internal": links[inside].set_index("source")["weight"],
        "external": network.graph["external"].groupby("source")["weight"].sum(),
    }
    for code, data in network.nodes(data=True):
        data |= {name: float(weight.get(code, 0.0)) for name, weight in weights.items()}
    return network


def _check_kinds(study: Study, path: Path) -> None:
    assert study.actors is not None  # noqa: S101 - build_network has looked
    if not set(path.split("-")) <= set(study.actors["kind"].map(SIDES).dropna()):
        kinds = ", ".join(sorted(set(study.actors["kind"].astype(str))))
        raise MethodError(say("study/no-kinds-of-path", study=study.name, path=path, kinds=kinds))


def count_path_links(study: Study, counting: Counting = "full") -> pd.DataFrame:
    """Count the links between regions path by path.

    Actors are added up by region and side before they are paired: a record of a actors on one side and b on the other
    is one cell of a x b links, not a x b rows.

    Parameters
    ----------
    study
        With records and actors of known kinds.
    counting
        See `analysis.build_network`.

    Returns
    -------
    DataFrame
        ``source`` <= ``target`` (codes; equal inside a region), ``path`` (one of `PATHS`, or `OTHER` when an end is on
        neither side), ``weight``, ``count``.

    Raises
    ------
    MethodError
        When the study has no records or no actors.
    """
    if study.actors is None:
        raise MethodError(say("study/no-records-with-actors", study=study.name))
    return count_side_links(study, study.actors["kind"].map(SIDES), counting=counting, mixed="science-industry")


def count_side_links(
    study: Study, sides: "pd.Series[str]", *, counting: Counting = "full", mixed: str = CROSS
) -> pd.DataFrame:
    """Count the links between regions by the sides of their two actors, as `count_path_links` does for kinds.

    Parameters
    ----------
    study
        With records and actors.
    sides
        Index actor id; the side of each (an owner, say), missing or "" where it is on none.
    counting
        See `analysis.build_network`.
    mixed
        Path of a link between two sides.

    Returns
    -------
    DataFrame
        As `count_path_links`; ``path`` is the side of both ends, ``mixed``, or `OTHER` when an end is on no side.

    Raises
    ------
    MethodError
        When the study has no records or no actors.
    """
    if study.records is None or study.actors is None:
        raise MethodError(say("study/no-records-with-actors", study=study.name))
    units = study.actors["region"].map(study.unit_of)
    known = sides.where(sides != "").reindex(study.actors.index).fillna(OTHER)
    places = (units + _MARK + known).where(units.notna())
    table = count_in_memory(study.records, places, Plan(counting)).table
    (first, one), (second, other) = (_split_places(table[end]) for end in ("source", "target"))
    between = np.where((one == OTHER) | (other == OTHER), OTHER, mixed)
    path = np.where(one == other, one, between)
    rows = table[["weight", "count"]].assign(
        source=np.minimum(first, second), target=np.maximum(first, second), path=path
    )
    summed: pd.DataFrame = rows.groupby(["source", "target", "path"])[["weight", "count"]].sum().reset_index()
    return summed


def _split_places(places: "pd.Series[str]") -> tuple[Texts, Texts]:
    """Return unit and side of each place; there are few, however many links they have."""
    codes, labels = pd.factorize(places)
    parts = np.array([label.split(_MARK) for label in labels], dtype=object).reshape(-1, 2)
    return parts[codes, 0], parts[codes, 1]


def _turn_external(links: pd.DataFrame, first: "pd.Series[bool]", second: "pd.Series[bool]") -> pd.DataFrame:
    turned = links[second & ~first].rename(columns={"source": "target", "target": "source"})
    rows = pd.concat([links[first & ~second], turned])
    return rows.groupby(["source", "target"])[["weight"]].sum().reset_index()
