"""Communities followed from year to year: the flows of an alluvial diagram."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from analysis.dynamics.temporal import Changes, note_years
from regions.errors import MethodError

Partition = Callable[[nx.Graph], "Mapping[str, Hashable] | Iterable[Iterable[str]]"]


def measure_alluvial(networks: Mapping[int, nx.Graph], partition: Partition) -> Changes:
    """Follow communities from year to year: the flows of an alluvial diagram.

    Parameters
    ----------
    networks
        Year -> network.
    partition
        Any function from a network to its communities: code -> label, or sets of codes.

    Returns
    -------
    Changes
        One row per pair of communities that share regions: ``year``, ``community``, ``next_year``,
        ``next_community``, ``regions`` (how many), ``share`` (of the earlier community), ``codes`` (blank between).
        Communities are numbered from 1, the largest first; in later years a community keeps the number of the one it
        shares most regions with (best assignment over all), new ones get new numbers. Empty with fewer than two
        years.

    Raises
    ------
    MethodError
        When the partition leaves out a region or has one twice.

    Examples
    --------
    >>> years = {2020: nx.Graph([("a", "b")]), 2021: nx.Graph([("a", "b"), ("b", "c")])}
    >>> measure_alluvial(years, nx.connected_components).table[["regions", "codes"]].to_numpy().tolist()
    [[2, 'a b']]
    """
    steps: list[dict[str, int]] = []
    used = 0
    for _, network in sorted(networks.items()):
        groups = _read_groups(network, partition)
        steps.append(_number_groups(groups, steps[-1] if steps else {}, used))
        used = max([used, *steps[-1].values()])
    rows = []
    years = sorted(networks)
    for at, (year, after) in enumerate(pairwise(years)):
        old, new = steps[at], steps[at + 1]
        flows: dict[tuple[int, int], list[str]] = {}
        for code, number in old.items():
            if code in new:
                flows.setdefault((number, new[code]), []).append(code)
        size = pd.Series(old).value_counts()
        for (a, b), codes in sorted(flows.items()):
            rows.append((year, a, after, b, len(codes), len(codes) / size[a], " ".join(map(str, codes))))
    columns = ["year", "community", "next_year", "next_community", "regions", "share", "codes"]
    return note_years(pd.DataFrame(rows, columns=columns), networks)


def _read_groups(network: nx.Graph, partition: Partition) -> list[list[str]]:
    found = partition(network)
    if isinstance(found, Mapping):
        labels: dict[Hashable, list[str]] = {}
        for code, label in found.items():
            labels.setdefault(label, []).append(code)
        groups = list(labels.values())
    else:
        groups = [list(group) for group in found]
    members = [code for group in groups for code in group]
    if len(members) != len(set(members)) or set(members) != set(network):
        raise MethodError("the partition must put every region of the network into one community")
    return sorted((sorted(group, key=str) for group in groups), key=lambda group: (-len(group), str(group[0])))


def _number_groups(groups: list[list[str]], before: Mapping[str, int], used: int) -> dict[str, int]:
    numbers = sorted(set(before.values()))
    shared = np.array([[sum(before.get(code) == number for code in group) for number in numbers] for group in groups])
    kept: dict[int, int] = {}
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - a third of the import time, rarely used

    if numbers and groups:
        for group, number in zip(*linear_sum_assignment(-shared), strict=True):
            if shared[group, number] > 0:
                kept[int(group)] = numbers[number]
    numbered: dict[str, int] = {}
    for at, group in enumerate(groups):
        if at not in kept:
            used += 1
            kept[at] = used
        numbered.update(dict.fromkeys(group, kept[at]))
    return numbered
