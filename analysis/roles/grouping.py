"""Which group each node belongs to, checked and numbered."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from regions.arrays import Integers
from regions.errors import MethodError
from regions.messages import say

Groups = Mapping[Any, Hashable] | pd.Series
"""A group for each node: a mapping or a Series indexed by node; more nodes than the network has do no harm."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Groups as numbers.

    Attributes
    ----------
    labels
        The k different groups, sorted (as text where they do not compare).
    member
        (n,) int: for each node of the network, in its order, the position of its group in ``labels``.
    """

    labels: tuple[Any, ...]
    member: Integers


def read_grouping(network: Iterable[Any], groups: Groups) -> Grouping:
    """Give each group of the nodes of a network (or of an index of nodes) a number.

    Raises
    ------
    MethodError
        When a node has no group, or one that is missing (None, NaN); the first ten are named.
    """
    nodes = list(network)
    chosen = [groups.get(node) for node in nodes]
    missing = [node for node, label in zip(nodes, chosen, strict=True) if label is None or label != label]  # noqa: PLR0124 - only NaN differs from itself
    if missing:
        named = ", ".join(repr(node) for node in missing[:10])
        raise MethodError(say("roles/no-group", count=len(missing), nodes=named))
    different: list[Any] = list(dict.fromkeys(chosen))
    try:
        different.sort()
    except TypeError:
        different.sort(key=str)
    position = {label: i for i, label in enumerate(different)}
    member = np.fromiter((position[label] for label in chosen), dtype=np.int64, count=len(chosen))
    return Grouping(tuple(different), member)
