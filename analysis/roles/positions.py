"""The wide table: everything that is measured of the position of a region, in one go."""

from collections.abc import Iterable
from typing import Literal

import networkx as nx
import pandas as pd

from analysis.networks.adjacency import build_adjacency
from analysis.roles.modules import MODULES
from analysis.roles.partitions import COMMUNITIES, CORE, label_regions
from analysis.roles.structural_holes import STRUCTURAL_HOLES
from analysis.scores.batch import Context, build_batch
from analysis.scores.centrality import CENTRALITY, read_surroundings, tabulate_scores
from analysis.scores.concentration import CONCENTRATION
from analysis.scores.cores import CORES
from analysis.scores.opsahl import OPSAHL
from analysis.scores.registry import Measure, find_measures, list_measures, register_measure
from analysis.scores.spillover import SPILLOVER

_BUILT_IN = (CENTRALITY, SPILLOVER, OPSAHL, CORES, STRUCTURAL_HOLES, CORE, COMMUNITIES, MODULES, CONCENTRATION)

for _measure in _BUILT_IN:
    register_measure(_measure)


def measure_positions(
    network: nx.Graph, *, measures: Literal["all"] | Iterable[str] = "all", alpha: float = 0.5, seed: int = 0
) -> pd.DataFrame:
    """Measure the position of each region by all registered measures, or some.

    Parameters
    ----------
    network
        Any Graph or DiGraph, as for `analysis.scores.centrality.measure_centrality`.
    measures
        ``all``, or names of `analysis.scores.registry.list_measures`: ``centrality`` (`measure_centrality`), ``opsahl``
        (`measure_opsahl`), ``cores`` (`measure_cores`), ``structural_holes`` (`measure_structural_holes`), ``core``
        (`find_core`), ``communities`` (`find_communities`), ``modules`` (`measure_modules` of these communities), and
        what has been added by `analysis.scores.registry.register_measure`. Spillover needs an indicator: see
        `measure_spillover`.
    alpha
        Of Opsahl's measures.
    seed
        Of communities and core.

    Returns
    -------
    DataFrame
        Index ``code`` in the order of the network; the columns of the measures, in the order of the list. NaN where
        the function of the measure says so: constraint, effective size, efficiency and participation of isolates,
        external share where it is not known.

    Raises
    ------
    MethodError
        For an unknown measure, or a network that one of the functions refuses.

    Examples
    --------
    >>> import networkx as nx
    >>> list(measure_positions(nx.path_graph(3), measures=["cores"]))
    ['core_number', 'core_strength']
    """
    chosen = choose_measures(measures)
    adjacency = build_adjacency(network)
    labels = label_regions(adjacency, {name for each in chosen for name in each.needs}, seed=seed)
    context = Context(alpha=alpha, labels=labels)
    return tabulate_scores(
        chosen, build_batch(adjacency, context=context, around=read_surroundings(network)), adjacency
    )


def choose_measures(
    measures: Literal["all"] | Iterable[str] = "all", *, shown: bool | None = None
) -> tuple[Measure, ...]:
    """Return the named measures that need no indicator, in the order of the list.

    Parameters
    ----------
    measures
        ``all`` or some names.
    shown
        True: those of demo, page and report only; False: the others; None: both.
    """
    named = list_measures() if isinstance(measures, str) and measures == "all" else find_measures(measures)
    return tuple(each for each in named if "own" not in each.needs and shown in {None, each.shown})
