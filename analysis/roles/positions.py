"""The wide table: everything that is measured of the position of a region, in one go."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args

import networkx as nx
import pandas as pd

from analysis.networks.adjacency import Adjacency, build_adjacency
from analysis.roles.communities import find_communities
from analysis.roles.core_periphery import find_core
from analysis.roles.holes import measure_holes
from analysis.roles.modules import measure_modules
from analysis.scores.centrality import measure_centrality
from analysis.scores.cores import measure_cores
from analysis.scores.opsahl import measure_opsahl
from regions.errors import MethodError

Family = Literal["centrality", "opsahl", "cores", "holes", "core", "modules"]

FAMILIES: tuple[Family, ...] = get_args(Family)


def measure_positions(
    network: nx.Graph, *, measures: Literal["all"] | Iterable[Family] = "all", alpha: float = 0.5, seed: int = 0
) -> pd.DataFrame:
    """Measure the position of each region by all families of measures, or some.

    Parameters
    ----------
    network
        Any Graph or DiGraph, as for `analysis.scores.centrality.measure_centrality`.
    measures
        ``all`` or any of ``centrality`` (`measure_centrality`), ``opsahl`` (`measure_opsahl`), ``cores``
        (`measure_cores`), ``holes`` (`measure_holes`), ``core`` (`find_core`) and ``modules`` (`find_communities`,
        then `measure_modules`).
    alpha
        Of Opsahl's measures.
    seed
        Of communities and core.

    Returns
    -------
    DataFrame
        Index ``code`` in the order of the network; the columns of the families, in the order above. NaN where the
        function of the family says so: constraint, effective size, efficiency and participation of isolates, external
        share where it is not known. ``attrs``: ``modularity``, ``stability`` and ``core_correlation`` where computed.

    Raises
    ------
    MethodError
        For an unknown family, or a network that one of the functions refuses.
    """
    chosen = FAMILIES if isinstance(measures, str) and measures == "all" else tuple(measures)
    unknown = [name for name in chosen if name not in FAMILIES]
    if unknown:
        raise MethodError(f"measures are all, or some of {', '.join(FAMILIES)}; got {', '.join(map(repr, unknown))}")
    adjacency = build_adjacency(network)
    jobs: Mapping[Family, Callable[[], pd.DataFrame]] = {
        "centrality": lambda: measure_centrality(network, adjacency=adjacency),
        "opsahl": lambda: measure_opsahl(adjacency, alpha=alpha),
        "cores": lambda: measure_cores(adjacency),
        "holes": lambda: measure_holes(adjacency),
        "core": lambda: _tabulate_core(adjacency, seed),
        "modules": lambda: _tabulate_modules(adjacency, seed),
    }
    tables = [jobs[name]() for name in FAMILIES if name in chosen]
    wide = pd.concat(tables, axis=1) if tables else pd.DataFrame(index=pd.Index(list(network), name="code"))
    wide.attrs = {key: value for table in tables for key, value in table.attrs.items()}
    return wide


def _tabulate_core(network: Adjacency, seed: int) -> pd.DataFrame:
    found = find_core(network, seed=seed)
    table = found.core.astype("int64").to_frame("in_core")
    table.attrs["core_correlation"] = found.correlation
    return table


def _tabulate_modules(network: Adjacency, seed: int) -> pd.DataFrame:
    found = find_communities(network, seed=seed)
    names = pd.DataFrame({"community": found.labels, "community_agreement": found.agreement})
    table = pd.concat([names, measure_modules(network, found.labels)], axis=1)
    table.attrs.update(modularity=found.modularity, stability=found.stability)
    return table
