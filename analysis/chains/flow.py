r"""Maximum flow through nodes of limited capacity, where it clogs, and what is lost when nodes go.

Every node k is split in two, an arc of its capacity between its halves, so that a cut goes through nodes as well as
through links (Ford & Fulkerson 1956). Everything is in whole units: `count_units` makes them of strengths.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from regions.arrays import Booleans, Floats, Integers
from regions.errors import MethodError

UNLIMITED = 2**30
"""Capacity of an arc that limits nothing; more than all limited ones together."""

_FINE = (2520, 60, 1)
"""Units of a strength of 1 that keep thirds, quarters and so on whole, the finest that fits first."""


@dataclass(frozen=True, slots=True, eq=False)
class FlowNetwork:
    """Nodes and arcs with capacities in whole units.

    Attributes
    ----------
    capacity
        (n,) of each node, >= 0; `UNLIMITED` for one that limits nothing.
    tails, heads
        (m,) places of the nodes that an arc leaves and enters; no arc twice.
    room
        (m,) capacity of each arc.
    sources, sinks
        Places of the nodes where flow may enter and leave.
    """

    capacity: Integers
    tails: Integers
    heads: Integers
    room: Integers
    sources: Integers
    sinks: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A maximum flow.

    Attributes
    ----------
    network
        What it flows through.
    value
        Units that arrive.
    through
        (n,) units through each node.
    in_cut
        (n,) nodes of the minimum cut nearest to the sources: full, reached, and nothing gets beyond them.
    cut_arcs
        (m,) arcs of the same cut.
    before, beyond
        (n,) whether one more unit could reach the node, and leave through it to a sink: an arc from a node of the first
        kind to one of the second adds flow. ``before`` looks at the far half of a node, ``beyond`` at its near half.
    widens
        (n,) whether one more unit of the node's own capacity adds flow.
    """

    network: FlowNetwork
    value: int
    through: Integers
    in_cut: Booleans
    cut_arcs: Booleans
    before: Booleans
    beyond: Booleans
    widens: Booleans
    arcs: tuple[Integers, Integers, Integers, Integers]


def count_units(strength: Floats) -> tuple[Integers, int]:
    """Return strengths in whole units, and how many units make 1.

    The finest of 2520, 60 and 1 units at which all strengths together stay below `UNLIMITED`: halves, thirds, quarters
    and fifths stay exact at the first two. A positive strength has at least one unit.

    Raises
    ------
    MethodError
        A strength is negative or not finite, or all together are too large.

    Examples
    --------
    >>> units, one = count_units(np.array([0.5, 2.0, 1 / 3]))
    >>> units.tolist(), one
    ([1260, 5040, 840], 2520)
    """
    if not (np.isfinite(strength) & (strength >= 0)).all():
        raise MethodError("strengths in a chain must be finite and >= 0")
    for one in _FINE:
        units = np.rint(strength * one).astype(np.int64)
        units[(strength > 0) & (units == 0)] = 1
        if units.sum() < UNLIMITED:
            return units, one
    raise MethodError("the strengths in the chain are too large for a flow: divide them by a common number")


def find_flow(network: FlowNetwork) -> Flow:
    """Find a maximum flow and where it clogs.

    Dinic's algorithm, as scipy has it; the value and the minimum cuts do not depend on which maximum flow was found.

    References
    ----------
    Ford & Fulkerson (1956), Maximal flow through a network, doi:10.4153/CJM-1956-045-5.

    Examples
    --------
    >>> one = np.array([1])
    >>> arcs = np.array([0, 1]), np.array([1, 2]), np.array([9, 9])
    >>> network = FlowNetwork(np.array([5, 2, 5]), *arcs, one * 0, one * 2)
    >>> flow = find_flow(network)
    >>> flow.value, flow.in_cut.tolist()
    (2, [False, True, False])
    """
    n, m = len(network.capacity), len(network.tails)
    start, end = 2 * n, 2 * n + 1
    inside, outside = 2 * np.arange(n), 2 * np.arange(n) + 1
    first = np.concatenate([inside, 2 * network.tails + 1, np.full(len(network.sources), start), 2 * network.sinks + 1])
    second = np.concatenate([outside, 2 * network.heads, 2 * network.sources, np.full(len(network.sinks), end)])
    ends = np.full(len(network.sources) + len(network.sinks), UNLIMITED)
    room = np.concatenate([network.capacity, network.room, ends]).astype(np.int64)
    shape = (2 * n + 2, 2 * n + 2)
    graph = csr_array((room.astype(np.int32), (first, second)), shape=shape)
    found = maximum_flow(graph, start, end)
    flows = np.asarray(found.flow[first, second]).ravel().astype(np.int64)
    left = _build_residual(first, second, room - flows, flows, shape)
    reached = _reach(left, start)
    reaching = _reach(csr_array(left.T), end)
    return Flow(
        network,
        int(found.flow_value),
        flows[:n],
        reached[inside] & ~reached[outside],
        reached[first[n : n + m]] & ~reached[second[n : n + m]],
        reached[outside],
        reaching[inside],
        reached[inside] & reaching[outside] & (network.capacity < UNLIMITED),
        (first, second, room, flows),
    )


def _build_residual(
    first: Integers, second: Integers, forward: Integers, back: Integers, shape: tuple[int, int]
) -> csr_array:
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    matrix = csr_array((np.concatenate([forward, back]), (rows, columns)), shape=shape)
    matrix.eliminate_zeros()
    return matrix


def _reach(graph: csr_array, start: int) -> Booleans:
    reached = np.zeros(graph.shape[0], dtype=bool)
    reached[breadth_first_order(graph, start, return_predecessors=False)] = True
    return reached


class FlowLosses:
    """What a flow loses when nodes go: rerouted from the flow that is there, not computed anew.

    Without nodes K, what entered K is left over at the nodes before it and lacking at the nodes behind it. As much of
    it as gets from there to here through the residual network is saved; the rest is lost.

    Parameters
    ----------
    flow
        From `find_flow`.

    Examples
    --------
    >>> one = np.array([1])
    >>> arcs = np.array([0, 1]), np.array([1, 2]), np.array([9, 9])
    >>> network = FlowNetwork(np.array([5, 2, 5]), *arcs, one * 0, one * 2)
    >>> FlowLosses(find_flow(network)).measure(np.array([1]))
    2
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        first, second, room, flows = flow.arcs
        self._size = 2 * len(flow.network.capacity) + 2
        nodes, source, sink = np.arange(self._size), self._size, self._size + 1
        rows = np.concatenate([first, second, np.full(self._size, source), nodes])
        columns = np.concatenate([second, first, nodes, np.full(self._size, sink)])
        data = np.concatenate([room - flows, flows, np.zeros(2 * self._size, dtype=np.int64)])
        order = coo_array((np.arange(1, len(rows) + 1), (rows, columns)), shape=(self._size + 2, self._size + 2))
        table = csr_array(order)
        self._place = table.data - 1  # no pair of nodes has arcs both ways, so that no entry is a sum
        self._indices, self._indptr, self._left = table.indices, table.indptr, data
        self._ends = rows, columns

    def measure(self, removed: Integers) -> int:
        """Return the units that no longer arrive without the nodes ``removed``."""
        first, second, _, flows = self.flow.arcs
        gone = np.zeros(self._size + 2, dtype=bool)
        gone[2 * removed] = gone[2 * removed + 1] = True
        enters, leaves = gone[second] & ~gone[first], gone[first] & ~gone[second]
        excess = np.bincount(first[enters], flows[enters], minlength=self._size).astype(np.int64)
        lacking = np.bincount(second[leaves], flows[leaves], minlength=self._size).astype(np.int64)
        amount = int(excess.sum())
        if amount == 0:
            return 0
        data = self._left.copy()
        data[gone[self._ends[0]] | gone[self._ends[1]]] = 0
        data[-2 * self._size :] = np.concatenate([excess, lacking])
        shape = (self._size + 2, self._size + 2)
        values, indices, indptr = data[self._place].astype(np.int32), self._indices.copy(), self._indptr.copy()
        residual = csr_array((values, indices, indptr), shape=shape)
        residual.eliminate_zeros()  # in place: most places of the two ends are empty
        return amount - int(maximum_flow(residual, self._size, self._size + 1).flow_value)
