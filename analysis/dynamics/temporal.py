"""How a network changes from year to year: entry and exit of links and regions, persistence, ranks.

Yearly networks come from `analysis.barriers.panel.build_yearly_networks`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from analysis.inference.bootstrap import rank_scores
from analysis.scores.centrality import measure_centrality
from regions.errors import MethodError
from regions.words import Words

ONE_YEAR = Words(
    "The collaboration data have one year only: nothing can be said about change over time.",
    "合作数据只有一个年份，无法说明随时间的变化。",
)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What changed from year to year.

    Attributes
    ----------
    table
        As the function says that gives it.
    notes
        Why it says nothing of change, where there are fewer than two years.
    """

    table: pd.DataFrame
    notes: tuple[Words, ...]


def note_years(table: pd.DataFrame, networks: Mapping[int, nx.Graph]) -> Changes:
    """Put beside a table of changes, where it is so, that one year shows none."""
    return Changes(table, (ONE_YEAR,) if len(networks) < 2 else ())  # noqa: PLR2004 - change needs two


def measure_link_changes(networks: Mapping[int, nx.Graph]) -> Changes:
    """Compare the links of each year with those of the year before (the previous one that has data).

    Parameters
    ----------
    networks
        Year -> network; of one region system.

    Returns
    -------
    Changes
        One row per year but the first: ``year``, ``previous``, ``links``, ``entered``, ``left``, ``stayed``,
        ``persistence`` (Jaccard: stayed / links in either year; NaN when neither has any), ``weight_entered``,
        ``weight_left``, ``regions`` (with links), ``regions_entered``, ``regions_left``. Empty with fewer than two
        years.

    Examples
    --------
    >>> years = {2020: nx.Graph([("a", "b")]), 2021: nx.Graph([("a", "b"), ("b", "c")])}
    >>> measure_link_changes(years).table[["links", "entered", "left"]].to_numpy().tolist()
    [[2, 1, 0]]
    """
    rows = []
    for (previous, before), (year, after) in _list_steps(networks):
        old, new = read_link_weights(before), read_link_weights(after)
        stayed, either = old.keys() & new.keys(), old.keys() | new.keys()
        regions = [{end for pair in links for end in pair} for links in (old, new)]
        rows.append(
            {
                "year": year,
                "previous": previous,
                "links": len(new),
                "entered": len(new) - len(stayed),
                "left": len(old) - len(stayed),
                "stayed": len(stayed),
                "persistence": len(stayed) / len(either) if either else np.nan,
                "weight_entered": float(sum(new[pair] for pair in new.keys() - stayed)),
                "weight_left": float(sum(old[pair] for pair in old.keys() - stayed)),
                "regions": len(regions[1]),
                "regions_entered": len(regions[1] - regions[0]),
                "regions_left": len(regions[0] - regions[1]),
            }
        )
    columns = ["year", "previous", "links", "entered", "left", "stayed", "persistence", "weight_entered", "weight_left"]
    return note_years(pd.DataFrame(rows, columns=[*columns, "regions", "regions_entered", "regions_left"]), networks)


def find_entries_exits(networks: Mapping[int, nx.Graph]) -> Changes:
    """List which links and regions came and went.

    Parameters
    ----------
    networks
        Year -> network.

    Returns
    -------
    Changes
        ``year`` (of the change: the first year with, or the first without), ``kind`` (``link`` or ``region``: its
        first link came or its last one went), ``event`` (``entry`` or ``exit``), ``source``, ``target`` (empty for a
        region), ``weight`` (of the link when it was there; strength of the region). Empty with fewer than two years.

    Examples
    --------
    >>> years = {2020: nx.Graph([("a", "b")]), 2021: nx.Graph([("a", "b"), ("b", "c")])}
    >>> find_entries_exits(years).table[["kind", "event", "source"]].to_numpy().tolist()
    [['link', 'entry', 'b'], ['region', 'entry', 'c']]
    """
    rows = []
    for (_, before), (year, after) in _list_steps(networks):
        for event, here, there in (("entry", after, before), ("exit", before, after)):
            mine, other = read_link_weights(here), read_link_weights(there)
            gone = mine.keys() - other.keys()
            rows += [(year, "link", event, a, b, mine[a, b]) for a, b in sorted(gone, key=str)]
            linked = {end for pair in other for end in pair}
            changed = sorted({end for pair in mine for end in pair} - linked, key=str)
            strength = dict(here.degree(weight="weight"))
            rows += [(year, "region", event, code, "", float(strength[code])) for code in changed]
    table = pd.DataFrame(rows, columns=["year", "kind", "event", "source", "target", "weight"])
    return note_years(table, networks)


def measure_rank_changes(
    networks: Mapping[int, nx.Graph],
    *,
    column: str = "strength",
    measure: Callable[[nx.Graph], pd.DataFrame] = measure_centrality,
) -> Changes:
    """Rank the regions in each year by one score, and follow the ranks.

    Parameters
    ----------
    networks
        Year -> network.
    column
        Column of the table that ``measure`` gives.
    measure
        Network -> DataFrame, index code.

    Returns
    -------
    Changes
        ``code``, ``year``, ``value``, ``rank`` (1 is the highest, ties share the best), ``change`` (places climbed
        since the year before; <NA> in the first).

    Raises
    ------
    MethodError
        When ``measure`` gives no such column.

    Examples
    --------
    >>> years = {2020: nx.Graph([("a", "b")]), 2021: nx.Graph([("a", "b"), ("b", "c")])}
    >>> ranks = measure_rank_changes(years).table.set_index(["code", "year"])
    >>> int(ranks.loc[("a", 2021), "rank"])
    2
    """
    parts: list[pd.DataFrame] = []
    for year, network in sorted(networks.items()):
        scores = measure(network)
        if column not in scores:
            raise MethodError(f"no score {column!r}; there are: {', '.join(map(str, scores))}")
        value = scores[column].astype(float)
        rank = pd.Series(rank_scores(np.asarray(value, dtype=np.float64)[None])[0], index=value.index)
        before = parts[-1].set_index("code")["rank"] if parts else pd.Series(dtype="Int64")
        change = before.reindex(value.index).astype("Int64") - rank.astype("Int64")
        facts = {"code": value.index, "year": year, "value": value.to_numpy(), "rank": rank.to_numpy()}
        parts.append(pd.DataFrame({**facts, "change": change.to_numpy()}).astype({"change": "Int64"}))
    if not parts:
        return note_years(pd.DataFrame(columns=["code", "year", "value", "rank", "change"]), networks)
    return note_years(pd.concat(parts, ignore_index=True), networks)


def _list_steps(networks: Mapping[int, nx.Graph]) -> Iterable[tuple[tuple[int, nx.Graph], tuple[int, nx.Graph]]]:
    ordered = sorted(networks.items())
    return pairwise(ordered)


def read_link_weights(network: nx.Graph) -> dict[tuple[str, str], float]:
    """Return pair -> weight of the links above 0 between two regions; an undirected pair stands once, sorted."""
    links = ((a, b, float(w)) for a, b, w in network.edges(data="weight", default=1) if a != b and w > 0)
    if network.is_directed():
        return {(a, b): w for a, b, w in links}
    return {(min(a, b), max(a, b)): w for a, b, w in links}
