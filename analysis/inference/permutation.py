"""Relabelling regions at random: the engine of the permutation tests.

Links that share a region are not independent, so that tests which take pairs as observations are too sure of
themselves. Rearranging the regions of one table, rows and columns together, keeps that dependence and breaks its
relation to other tables.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from regions.arrays import Floats, Integers
from regions.errors import MethodError

_SINGLE_FROM = 128  # regions; below it double precision costs nothing
_CHUNK = 8  # numpy moves 32 bytes (8 floats of single precision) at once four times as fast as 40
_CACHED = 30_000  # cells whose chunks (1 MB) a processor keeps near


def draw_permutations(n: int, *, permutations: int, seed: int) -> Integers:
    """Draw ``permutations`` random orders of n regions, independent of each other.

    Raises
    ------
    MethodError
        When no permutation is asked for.
    """
    if permutations < 1:
        raise MethodError(f"at least one permutation is needed; got {permutations}")
    return np.random.default_rng(seed).permuted(np.tile(np.arange(n), (permutations, 1)), axis=1)


def measure_products(fixed: Floats, moved: Floats, orders: Integers) -> Floats:
    r"""Measure the inner products of fixed tables with rearranged ones.

    Parameters
    ----------
    fixed
        (n, n, l) tables that stay.
    moved
        (n, n, m) tables whose rows and columns are rearranged together.
    orders
        (P, n) permutations.

    Returns
    -------
    ndarray
        (P, l, m) with :math:`\sum_{ij} F_{ijl} M_{p(i)p(j)m}`. From 128 regions on in single precision: good to about
        1e-6 times the norms of the two tables, which is far less than what one permutation more or less changes.
    """
    n, n_fixed, n_moved = len(fixed), fixed.shape[2], moved.shape[2]
    kind = np.float32 if n >= _SINGLE_FROM else np.float64
    left = np.zeros((-(-n_fixed // _CHUNK) * _CHUNK, n * n), dtype=kind)
    left[:n_fixed] = fixed.reshape(n * n, -1).T
    products = np.zeros((len(orders), n_fixed, n_moved))
    for first in range(0, n_moved, _CHUNK):
        part = moved[:, :, first : first + _CHUNK]
        block = np.zeros((n, n, _CHUNK), dtype=kind)
        block[:, :, : part.shape[2]] = part
        products[:, :, first : first + _CHUNK] = _multiply(left, block, orders)[:, :n_fixed, : part.shape[2]]
    return products


def _multiply(left: npt.NDArray[Any], block: npt.NDArray[Any], orders: Integers) -> Floats:
    """Multiply (l, n n) with each rearrangement of (n, n, m), a few rows at a time, which stay in the cache."""
    n, _, m = block.shape
    step = max(1, _CACHED // n)
    slices = [(at, np.ascontiguousarray(left[:, at * n : (at + step) * n])) for at in range(0, n, step)]
    rows, right = np.empty((2, step, n, m), dtype=block.dtype)
    products = np.zeros((len(orders), len(left), m))
    for row, order in enumerate(orders):
        for at, some in slices:
            count = min(step, n - at)
            # "clip" has numpy write straight to the buffer; no index is out of range.
            block.take(order[at : at + step], axis=0, out=rows[:count], mode="clip")
            rows[:count].take(order, axis=1, out=right[:count], mode="clip")
            products[row] += some @ right[:count].reshape(count * n, m)
    return products


def count_extreme(draws: Floats, observed: Floats, *, rounding: float) -> tuple[Floats, Floats, Floats]:
    """Return p for as large or larger, as small or smaller, and as far from zero: (1 + number) / (1 + draws).

    Parameters
    ----------
    draws
        (P, m) the statistic under the permutations.
    observed
        (m,) the statistic.
    rounding
        A draw that misses the observed value by less counts as equal, so as extreme.
    """
    total = len(draws) + 1
    upper = 1 + (draws >= observed - rounding).sum(axis=0)
    lower = 1 + (draws <= observed + rounding).sum(axis=0)
    both = 1 + (np.abs(draws) >= np.abs(observed) - rounding).sum(axis=0)
    return upper / total, lower / total, both / total


def choose_rounding(n: int) -> float:
    """Return how far a correlation over pairs of n regions may be off in `measure_products`."""
    return 1e-6 if n >= _SINGLE_FROM else 1e-11
