"""How much scores and ranks hang on links that may be missing, and on the way of counting."""

from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd

from analysis.inference.bootstrap import rank_scores
from analysis.loglinear.tolerance import merge_ties
from analysis.networks.adjacency import build_adjacency
from analysis.networks.network import build_network
from analysis.scores.batch import Batch
from analysis.scores.centrality import CENTRALITY, measure_centrality
from analysis.scores.registry import measure_batch
from regions.arrays import Floats
from regions.errors import MethodError
from regions.records.count_links import COUNTINGS
from regions.study import Study


def measure_missing_sensitivity(
    network: nx.Graph, *, share: float = 0.1, draws: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Remove a share of the links at random, again and again, and see what becomes of the ranks.

    Parameters
    ----------
    network
        Undirected.
    share
        Of the links to remove (rounded to whole links), between 0 and 1.
    draws
        Random removals.
    seed
        Of the removals.

    Returns
    -------
    DataFrame
        Index ``measure``: the centrality columns without ``external_share`` (its parts inside and outside are not
        links of the network). ``correlation`` (mean Spearman correlation with the full network), ``correlation_low``
        (its 5 % quantile), ``rank_change`` (mean over the removals of the largest change of rank of any region),
        ``largest_rank_change`` (the largest of all), ``code`` (region that it befell), ``removed`` (links).
        A removal that leaves all scores equal correlates 0 with anything.

    Raises
    ------
    MethodError
        For a directed network, a share that is out of range or removes no link, or all.

    Examples
    --------
    >>> table = measure_missing_sensitivity(nx.karate_club_graph(), draws=5)
    >>> bool(table.loc["degree"].notna().all())
    True
    """
    adjacency = build_adjacency(network)
    if adjacency.directed:
        raise MethodError("links are removed from undirected networks only; take network.to_undirected()")
    full = adjacency.weights.toarray()
    first, second = np.nonzero(np.triu(full))
    removed = round(share * len(first))
    if not 0 < share < 1 or not 0 < removed < len(first) or draws < 1:
        raise MethodError(f"share {share} of {len(first)} links must be at least one link and not all of them")
    rng = np.random.default_rng(seed)
    thinned = np.tile(full, (draws, 1, 1))
    for weights in thinned:
        gone = rng.choice(len(first), size=removed, replace=False)
        weights[first[gone], second[gone]] = weights[second[gone], first[gone]] = 0.0
    none = np.zeros((draws + 1, len(full)))
    scores = measure_batch((CENTRALITY,), Batch(np.concatenate([full[None], thinned]), False, none, none))
    rows = {name: _compare(table[:1], table[1:], adjacency.nodes) for name, table in scores.items()}
    del rows["external_share"]
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure").assign(removed=removed)


def compare_countings(study: Study) -> pd.DataFrame:
    """Compare the ranks that the ways of counting joint records give.

    Parameters
    ----------
    study
        With records.

    Returns
    -------
    DataFrame
        One row per measure and pair of countings: ``measure``, ``first``, ``second``, ``correlation`` (Spearman),
        ``rank_change`` (mean absolute change of rank), ``largest_rank_change``, ``code`` (region that it befell; of
        several the first).

    Raises
    ------
    MethodError
        When the study has no records.
    """
    tables = {name: measure_centrality(build_network(study, name, source="records")) for name in COUNTINGS}  # type: ignore[arg-type]
    rows = []
    for measure in tables["full"]:
        values = {name: np.asarray(table[measure], dtype=float)[None] for name, table in tables.items()}
        for first, second in combinations(COUNTINGS, 2):
            change = np.abs(rank_scores(values[first]) - rank_scores(values[second]))[0]
            rows.append(
                {
                    "measure": measure,
                    "first": first,
                    "second": second,
                    "correlation": float(_correlate(values[first], values[second])[0]),
                    "rank_change": float(change.mean()),
                    "largest_rank_change": int(change.max()),
                    "code": study.regions.index[int(change.argmax())],
                }
            )
    return pd.DataFrame(rows)


def _compare(full: Floats, thinned: Floats, nodes: "pd.Index[str]") -> Mapping[str, object]:
    correlation = _correlate(np.tile(full, (len(thinned), 1)), thinned)
    change = np.abs(rank_scores(thinned) - rank_scores(full))
    return {
        "correlation": float(correlation.mean()),
        "correlation_low": float(np.quantile(correlation, 0.05)),
        "rank_change": float(change.max(axis=1).mean()),
        "largest_rank_change": int(change.max()),
        "code": nodes[int(change.max(axis=0).argmax())],
    }


def _correlate(first: Floats, second: Floats) -> Floats:
    """Return the Spearman correlation of each row; 0 where one of them is constant, over the known pairs."""
    rows = []
    for one, two in zip(first, second, strict=True):
        known = ~(np.isnan(one) | np.isnan(two))
        a, b = (pd.Series(merge_ties(values[known])).rank().to_numpy() for values in (one, two))
        a, b = a - a.mean() if len(a) else a, b - b.mean() if len(b) else b
        norm = float(np.sqrt((a @ a) * (b @ b)))
        rows.append(float(a @ b) / norm if norm > 0 else 0.0)
    return np.array(rows)
