"""The two steps of the Leiden algorithm, taken by many runs at the same time.

In every step each run visits one node. A node is visited only when it may gain: for each node an upper bound is kept
of what it would have in another community, so that the many nodes that are content cost nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_RANDOMNESS = 0.01  # of the merges while refining, in units of modularity times total weight

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """Several runs in the course of moving nodes; the arrays change with every move.

    Attributes
    ----------
    matrix
        (R, N, N) modularity between nodes, symmetric.
    labels
        (R, N) communities, numbers below N.
    ties
        (R, N, N) modularity between community (row) and node (column), the node itself included.
    own
        (R, N) modularity between a node and the rest of its community.
    bound
        (R, N) at least what the node would have in the best of the other communities.
    """

    matrix: Floats
    labels: Integers
    ties: Floats
    own: Floats
    bound: Floats


def move_nodes(matrix: Floats, labels: Integers, rng: np.random.Generator, *, least: float) -> Integers:
    """Move nodes to the community where they gain most, in a random order, until none gains.

    Parameters
    ----------
    matrix
        (R, N, N) modularity between nodes, symmetric.
    labels
        (R, N) communities, 0 to N - 1: to start from here, to refine in `refine_communities`.
    rng
        Source of the order.
    least
        A gain up to this is none.

    Returns
    -------
    ndarray
        (R, N) communities, with gaps in the numbers.
    """
    moves = _begin(matrix, labels)
    runs, n = labels.shape
    turn = rng.permuted(np.tile(np.arange(n), (runs, 1)), axis=1)
    never = np.iinfo(turn.dtype).max
    first = np.arange(runs) * n
    while n:
        waiting = np.where(moves.bound > moves.own + least, turn, never)
        node = waiting.argmin(axis=1)
        rows = np.flatnonzero(waiting.reshape(-1).take(first + node) < never)
        if not len(rows):
            break
        _visit(moves, rows, node[rows], least)
        turn[rows, node[rows]] += n  # to the end of the queue
    return moves.labels


def add_rows(
    matrix: Floats,
    group: Integers,
    size: int,
    *,
    of: Integers | None = None,
    real: npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """Add up the rows of each group in each run.

    Parameters
    ----------
    matrix
        (R, N, M).
    group
        (r, N) numbers below ``size``.
    of
        (r,) the runs of ``matrix`` that ``group`` is of; all in order when None.
    real
        (r, N) which rows count; all when None.

    Returns
    -------
    ndarray
        (r, size, M); 0 for a group without rows.
    """
    cells = np.arange(group.size) if real is None else np.flatnonzero(real)
    key = (group + np.arange(len(group))[:, None] * size).ravel()[cells]
    order = np.argsort(key, kind="stable")
    key, cells = key[order], cells[order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    run, row = np.divmod(cells, group.shape[1])
    total = np.zeros((len(group) * size, matrix.shape[2]))
    if len(key):
        total[key[starts]] = np.add.reduceat(matrix[run if of is None else of[run], row], starts, axis=0)
    return total.reshape(len(group), size, matrix.shape[2])


def _begin(matrix: Floats, labels: Integers) -> _Moves:
    ties = add_rows(matrix, labels, labels.shape[1])
    home = labels[:, None, :]
    own = np.take_along_axis(ties, home, axis=1)[:, 0]
    others = ties.copy()
    np.put_along_axis(others, home, -np.inf, axis=1)
    bound = others.max(axis=1, initial=-np.inf)
    own = own - np.diagonal(matrix, axis1=1, axis2=2)
    # In one stretch of memory each, as visits write through flat views.
    return _Moves(matrix, labels.copy(), ties, np.ascontiguousarray(own), np.ascontiguousarray(bound))


def _visit(moves: _Moves, rows: Rows, node: Rows, least: float) -> None:
    """Let one node in each of ``rows`` choose; where it stays, its bound becomes exact."""
    n = moves.labels.shape[1]
    at, first = np.arange(len(rows)), rows * n  # flat places: indexing by one number is much faster than by two
    labels, own, bound = (each.reshape(-1) for each in (moves.labels, moves.own, moves.bound))
    here = labels[first + node]
    gain = moves.ties[rows, :, node]
    gain[at, here] = -np.inf
    there = gain.argmax(axis=1)
    best, stay = gain[at, there], own[first + node]
    bound[first + node] = best
    going = best > stay + least
    if going.all():
        _move(moves, rows, node, here, there)
    elif going.any():
        _move(moves, rows[going], node[going], here[going], there[going])
    else:
        return
    gain[at, there] = -np.inf
    place = (first + node)[going]
    own[place] = best[going]
    bound[place] = np.maximum(gain.max(axis=1), stay)[going]


def _move(moves: _Moves, rows: Rows, node: Rows, here: Integers, there: Integers) -> None:
    """Move nodes and bring up to date what the others of their run have and are offered, all but the nodes' own."""
    n = moves.labels.shape[1]
    ties = moves.ties.reshape(-1, n)
    change = moves.matrix[rows, node]
    less, more = ties.take(rows * n + here, axis=0), ties.take(rows * n + there, axis=0)
    less -= change
    more += change
    ties[rows * n + here], ties[rows * n + there] = less, more
    labels = moves.labels.take(rows, axis=0)
    left, joined = labels == here[:, None], labels == there[:, None]
    moves.own[rows] += change * joined - change * left
    # What the two communities now offer to those that are not in them; other bounds hold as they are.
    less[left] = -np.inf
    more[joined] = -np.inf
    moves.bound[rows] = np.maximum(moves.bound.take(rows, axis=0), np.maximum(less, more))
    moves.labels[rows, node] = there


def refine_communities(matrix: Floats, labels: Integers, rng: np.random.Generator, *, least: float) -> Integers:
    """Build each community up again from single nodes, by random merges that gain.

    Parameters
    ----------
    matrix, labels, rng, least
        As for `move_nodes`.

    Returns
    -------
    ndarray
        (R, N) parts, each named after the node that it began with.
    """
    runs, n = labels.shape
    parts = np.tile(np.arange(n, dtype=np.int64), (runs, 1))
    # Communities know nothing of each other: each is a row of its own, and all rows go in step.
    names = (labels + np.arange(runs)[:, None] * n).ravel()
    run, community = np.divmod(np.flatnonzero(np.bincount(names) > 1), max(n, 1))
    member = labels[run] == community[:, None]
    turn = np.where(member, rng.permuted(np.tile(np.arange(n), (runs, 1)), axis=1)[run], n)
    while True:
        node = turn.argmin(axis=1) if n else np.zeros(0, dtype=np.intp)
        rows = np.flatnonzero(turn[np.arange(len(run)), node] < n)
        if not len(rows):
            return parts
        node = node[rows]
        turn[rows, node] = n  # visited
        tie = np.where(member[rows], matrix[run[rows], node], 0.0)
        gain = _measure_merges(tie, parts[run[rows]], node)
        able = np.flatnonzero(gain.max(axis=1) > least)
        rows, node = rows[able], node[able]
        part = _draw_merge(gain[able], rng.random(len(rows)), least)
        parts[run[rows], node] = part
        turn[rows, part] = n  # no longer alone


def _measure_merges(tie: Floats, parts: Integers, node: Rows) -> Floats:
    """Return what a node would gain by joining each part: (r, N), from its ties within its community."""
    count, n = tie.shape
    at = np.arange(count)
    place = (parts + at[:, None] * n).ravel()
    gain = np.bincount(place, weights=tie.ravel(), minlength=count * n).reshape(count, n)
    gain[at, node] = 0.0  # to stay alone
    return np.asarray(gain, dtype=float)


def _draw_merge(gain: Floats, chance: Floats, least: float) -> Integers:
    """Draw one of the parts that gain, the more likely the more it gains."""
    top = gain.max(axis=1, keepdims=True, initial=least)
    odds = np.where(gain > least, np.exp((gain - top) / (_RANDOMNESS * top)), 0.0)
    heap = odds.cumsum(axis=1)
    return np.asarray((heap <= chance[:, None] * heap[:, -1:]).sum(axis=1), dtype=np.int64)
