"""Layers: the network of one kind of collaboration, one field, one year, or one path of innovation; and of actors."""

import dataclasses
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Literal, get_args

import networkx as nx
import pandas as pd

from analysis.networks import synergy
from analysis.networks.network import build_network
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting, count_actor_links
from regions.study import Study
from regions.study_parts.study_years import open_years
from regions.words import Words

_TABLES = {"records": "tables/records", "links": "tables/links"}
LayerKey = Literal["kind", "field", "year", "path", "ownership"]

PATHS = (*synergy.PATHS, synergy.OTHER)
"""Paths of a link: both ends in science; both in industry; one in each; an end in neither."""


CROSS_OWNERSHIP = "cross-ownership"
"""Layer of the links between actors of different owners."""


def select_records(
    study: Study,
    *,
    kinds: Iterable[str] | None = None,
    fields: Iterable[str] | None = None,
    years: tuple[int, int] | None = None,
) -> Study:
    """Keep the records and links of some kinds, fields and years.

    Parameters
    ----------
    study
        Its regions, actors and everything else stay.
    kinds, fields
        Values of the columns ``kind`` and ``field``; None keeps all.
    years
        First and last year, both included; None keeps all. A record without a year is in no range.

    Returns
    -------
    Study
        A new one; possibly without any record.

    Raises
    ------
    MethodError
        When a table of the study has not the column asked for, or the study has neither records nor links.
    """
    if study.records is None and study.links is None:
        raise MethodError(say("study/nothing-to-select", study=study.name))
    study = study if years is None else open_years(study)
    wanted = {"kind": None if kinds is None else set(kinds), "field": None if fields is None else set(fields)}
    records, links = (
        None if table is None else _select(table, wanted, years, what=say(_TABLES[name], study=study.name).words)
        for name, table in (("records", study.records), ("links", study.links))
    )
    others = {
        name: _select(table, wanted, years, what=say(_TABLES[name], study=study.name).words)
        for name, table in study.other_years.items()
    }
    return dataclasses.replace(study, records=records, links=links, other_years=others)


def build_layers(study: Study, by: LayerKey, *, counting: Counting = "full") -> dict[Any, nx.Graph]:
    """Build one network for each kind, field, year or path of innovation.

    Every layer has all regions as nodes. By ``kind``, ``field`` and ``year`` a layer is the network of those records.
    By ``path`` (see `PATHS`; university and institute are science, enterprise is industry) each pair of actors goes to
    its path with the weight that it has in the whole record, so the weights of the layers add up to those of the whole
    network, under every counting. By ``ownership`` likewise: a layer of each owner (state, private, foreign ...), one
    across owners, one of links with an end of unknown owner.

    Parameters
    ----------
    study
        Records with actors; links do for all but ``path`` and ``ownership``.
    by
        What tells layers apart.
    counting
        See `analysis.networks.network.build_network`.

    Returns
    -------
    dict
        Layer -> network, sorted by layer (paths in the order of `PATHS`); ``graph["layer"]`` names it. Records without
        a value are in no layer; layers without records are absent, but all paths are there.

    Raises
    ------
    MethodError
        When the study has not the table or column asked for.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> layers = analysis.build_layers(study, "kind")
    >>> {name: layer.number_of_edges() for name, layer in layers.items()}
    {'consortium': 17}
    """
    if by not in get_args(LayerKey):
        raise MethodError(f"layers go by {', '.join(get_args(LayerKey))}; got {by!r}")
    if by == "path":
        layers: dict[Any, nx.Graph] = {**_build_paths(study, counting)}
    elif by == "ownership":
        layers = {**_build_owners(study, counting)}
    else:
        layers = {name: build_network(part, counting) for name, part in _split_column(study, by).items()}
    for name, network in layers.items():
        network.graph["layer"] = name
    return layers


def build_actor_network(study: Study, counting: Counting = "full") -> nx.Graph:
    """Build the network of the actors themselves.

    Parameters
    ----------
    study
        Records and actors.
    counting
        See `analysis.networks.network.build_network`.

    Returns
    -------
    Graph
        Nodes: the ids of all actors, with the columns of the actors' table as attributes, ``region`` of them being the
        unit. Links: ``weight``, ``count``, ``records``.

    Raises
    ------
    MethodError
        When the study has no records or no actors.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> actors = analysis.build_actor_network(study)
    >>> next(iter(actors.nodes(data="region")))
    ('cars-001', '310000')
    """
    records, actors = _need_records(study)
    facts = actors.assign(region=actors["region"].map(study.unit_of))
    network = nx.Graph(study=study.name, counting=counting, origin="observed")
    network.add_nodes_from(zip(facts.index, facts.to_dict("records"), strict=True))
    links = count_actor_links(records, counting=counting)
    links = links[links[["source", "target"]].isin(actors.index).all(axis=1)]  # others count in the size of a record
    names = [name for name in ("weight", "count", "records") if name in links]
    values = [dict(zip(names, row, strict=True)) for row in links[names].to_dict("split")["data"]]
    network.add_edges_from(zip(links["source"], links["target"], values, strict=True))
    return network


def stack_tables(tables: Mapping[Hashable, pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of several layers under each other: index ``layer`` and ``code``."""
    if not tables:
        return pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=["layer", "code"]))
    return pd.concat(tables, names=["layer", "code"])


def _select(
    table: pd.DataFrame, wanted: Mapping[str, set[str] | None], years: tuple[int, int] | None, *, what: Words
) -> pd.DataFrame:
    keep = pd.Series(True, index=table.index)
    for column, values in wanted.items():
        if values is not None:
            keep &= _need_column(table, column, what).isin(values)
    if years is not None:
        keep &= _need_column(table, "year", what).between(*years).fillna(value=False).astype(bool)
    return table[keep].reset_index(drop=True)


def _need_column(table: pd.DataFrame, column: str, what: Words) -> "pd.Series[Any]":
    if column not in table:
        raise MethodError(say("study/no-column", table=what, column=column))
    return table[column]


def _need_records(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    if study.records is None or study.actors is None:
        raise MethodError(say("study/no-participations", study=study.name))
    return study.records, study.actors


def _split_column(study: Study, by: Literal["kind", "field", "year"]) -> dict[Any, Study]:
    study = open_years(study) if by == "year" else study
    table = study.records if study.links is None else study.links
    if table is None:
        raise MethodError(say("study/no-collaboration", study=study.name))
    what = say("tables/collaboration", study=study.name).words
    values = sorted(_need_column(table, by, what).dropna().unique().tolist())
    if by == "year":
        return {int(year): select_records(_only_used(study), years=(int(year), int(year))) for year in values}
    if by == "kind":
        return {value: select_records(_only_used(study), kinds=[value]) for value in values}
    return {value: select_records(_only_used(study), fields=[value]) for value in values}


def _only_used(study: Study) -> Study:
    """Leave out records beside links: the network would not look at them, and they may lack the column."""
    return study if study.links is None else dataclasses.replace(study, records=None)


def _build_owners(study: Study, counting: Counting) -> dict[str, nx.Graph]:
    """Build a network for each owner, one across owners, and one of links with an end of unknown owner."""
    _, actors = _need_records(study)
    if "ownership" not in actors:
        raise MethodError(say("study/no-owners", study=study.name))
    links = synergy.count_side_links(study, actors["ownership"], counting=counting, mixed=CROSS_OWNERSHIP)
    whole = build_network(study, counting, source="records")
    owners = sorted(set(actors["ownership"]) - {""})
    names = [*owners, CROSS_OWNERSHIP, synergy.OTHER]
    return {name: synergy.fill_network(whole, links[links["path"] == name], name) for name in names}


def _build_paths(study: Study, counting: Counting) -> dict[str, nx.Graph]:
    links = synergy.count_path_links(study, counting)
    whole = build_network(study, counting, source="records")
    return {name: synergy.fill_network(whole, links[links["path"] == name], name) for name in PATHS}
