"""A network over the years at one look: size, persistence, comings and goings, ranks, communities, likeness."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd

from analysis.dynamics.alluvial import measure_alluvial
from analysis.dynamics.temporal import (
    find_entries_exits,
    measure_link_changes,
    measure_rank_changes,
    read_link_weights,
)
from analysis.inference.matrices import build_matrix
from analysis.inference.qap import measure_qap
from analysis.roles.communities import Communities, find_communities
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

_FEW = 4  # regions; fewer cannot be rearranged


@dataclass(frozen=True, slots=True, eq=False)
class Dynamics:
    """How a network changes.

    Attributes
    ----------
    years
        One row per year: ``year``, ``regions`` (with links), ``links``, ``weight``, ``density`` (links of all pairs of
        the study), ``communities``, ``modularity``, and against the year before, missing in the first: ``previous``,
        ``stayed``, ``entered``, ``left``, ``persistence`` (stayed of the links in either year), ``survival`` (stayed of
        the links of the year before), ``weight_entered``, ``weight_left``, ``regions_entered``, ``regions_left``.
    events
        As of `find_entries_exits`.
    ranks
        As of `measure_rank_changes`, by strength.
    flows
        As of `measure_alluvial`, by communities (Leiden) of the regions with links; regions that had none in one of the
        two years are not in it.
    likeness
        One row per pair of years: ``year``, ``other_year``, ``correlation`` of ln(1 + weight) over pairs of regions,
        ``p`` (QAP, two-sided), ``rank_correlation`` of the strengths (Spearman), ``persistence``.
    notes
        What a reader must know.
    """

    years: pd.DataFrame
    events: pd.DataFrame
    ranks: pd.DataFrame
    flows: pd.DataFrame
    likeness: pd.DataFrame
    notes: tuple[Words, ...]


def measure_dynamics(
    networks: Mapping[int, nx.Graph], *, permutations: int = 199, starts: int = 10, seed: int = 0
) -> Dynamics:
    """Measure how a network changes from year to year.

    Parameters
    ----------
    networks
        Year -> network of one region system, as of `build_yearly_networks`.
    permutations
        Of the regions, for the correlations of years.
    starts
        Of the search for communities in every year.
    seed
        Of both.

    Raises
    ------
    MethodError
        Without a network, or for a modelled one.

    Examples
    --------
    >>> years = {year: nx.Graph(["ab", "bc", "cd", *more]) for year, more in ((2020, []), (2021, ["ad"]))}
    >>> found = measure_dynamics(years, permutations=9)
    >>> found.years[["year", "links", "entered"]].fillna(0).astype(int).to_numpy().tolist()
    [[2020, 3, 0], [2021, 4, 1]]
    """
    if not networks:
        raise MethodError(say("dynamics/no-year"))
    if any(network.graph.get("origin") == "modelled" for network in networks.values()):
        raise MethodError(say("dynamics/modelled"))
    changes = measure_link_changes(networks)
    linked = {year: _keep_linked(network) for year, network in networks.items()}
    groups = {year: find_communities(network, starts=starts, seed=seed) for year, network in linked.items()}
    flows = measure_alluvial(linked, lambda network: _find_labels(network, linked, groups))
    return Dynamics(
        years=_tabulate_years(networks, changes.table, groups),
        events=find_entries_exits(networks).table,
        ranks=measure_rank_changes(networks).table,
        flows=flows.table,
        likeness=_compare_years(networks, permutations=permutations, seed=seed),
        notes=changes.notes,
    )


def count_linked_communities(network: nx.Graph, *, starts: int = 10, seed: int = 0) -> int:
    """Count the communities (Leiden) among the regions that have links; 0 where none has.

    Examples
    --------
    >>> count_linked_communities(nx.Graph(["ab", "bc", "ca", "de", "ef", "fd"]))
    2
    """
    linked = _keep_linked(network)
    return find_communities(linked, starts=starts, seed=seed).count if len(linked) else 0


def _keep_linked(network: nx.Graph) -> nx.Graph:
    """Return the network without isolates: a region without links is in no community."""
    return network.subgraph({end for pair in read_link_weights(network) for end in pair})


def _find_labels(
    network: nx.Graph, networks: Mapping[int, nx.Graph], groups: Mapping[int, Communities]
) -> Mapping[str, int]:
    year = next(year for year, each in networks.items() if each is network)
    return {str(code): int(label) for code, label in groups[year].labels.items()}


def _tabulate_years(
    networks: Mapping[int, nx.Graph], changes: pd.DataFrame, groups: Mapping[int, Communities]
) -> pd.DataFrame:
    rows = []
    for year, network in sorted(networks.items()):
        links = read_link_weights(network)
        ends = {end for pair in links for end in pair}
        pairs = len(network) * (len(network) - 1) / (1 if network.is_directed() else 2)
        rows.append(
            {
                "year": year,
                "regions": len(ends),
                "links": len(links),
                "weight": float(sum(links.values())),
                "density": len(links) / pairs if pairs else np.nan,
                "communities": groups[year].count,
                "modularity": groups[year].modularity,
            }
        )
    beside = changes.drop(columns=["links", "regions"]).assign(
        survival=changes["stayed"] / (changes["stayed"] + changes["left"]).where(lambda total: total > 0)
    )
    columns = ["previous", "stayed", "entered", "left", "persistence", "survival", "weight_entered", "weight_left"]
    beside = beside[["year", *columns, "regions_entered", "regions_left"]]
    counts = ["previous", "stayed", "entered", "left", "regions_entered", "regions_left"]
    return pd.DataFrame(rows).merge(beside, on="year", how="left").astype(dict.fromkeys(counts, "Int64"))


def _compare_years(networks: Mapping[int, nx.Graph], *, permutations: int, seed: int) -> pd.DataFrame:
    """Correlate the links of every pair of years; NaN where one of them is the same for all pairs."""
    codes = sorted({code for network in networks.values() for code in network}, key=str)
    tables = {
        year: build_matrix(network).reindex(index=codes, columns=codes).fillna(0.0).map(math.log1p)
        for year, network in sorted(networks.items())
    }
    strengths = {year: table.sum(axis=1) for year, table in tables.items()}
    links = {year: set(read_link_weights(network)) for year, network in networks.items()}
    rows = []
    for year, other in combinations(tables, 2):
        varied = len(codes) >= _FEW and all(_varies(tables[each]) for each in (year, other))
        qap = measure_qap(tables[year], tables[other], permutations=permutations, seed=seed) if varied else None
        either = links[year] | links[other]
        rows.append(
            {
                "year": year,
                "other_year": other,
                "correlation": qap.r if qap else np.nan,
                "p": qap.p if qap else np.nan,
                "rank_correlation": _correlate_ranks(strengths[year], strengths[other]),
                "persistence": len(links[year] & links[other]) / len(either) if either else np.nan,
            }
        )
    columns = ["year", "other_year", "correlation", "p", "rank_correlation", "persistence"]
    return pd.DataFrame(rows, columns=columns)


def _correlate_ranks(one: "pd.Series[float]", other: "pd.Series[float]") -> float:
    if one.min() == one.max() or other.min() == other.max():
        return float("nan")
    return float(one.corr(other, method="spearman"))


def _varies(table: pd.DataFrame) -> bool:
    cells = table.to_numpy()[~np.eye(len(table), dtype=bool)]
    return bool(cells.max() > cells.min())
