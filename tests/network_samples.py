"""Random small networks for property tests: ties, detours, isolates and components all occur."""

from typing import Any

import networkx as nx
from hypothesis import strategies as st


@st.composite
def networks(
    draw: Any, directed: bool | None = None, *, most: int = 9, heaviest: int = 5, lengths: bool = False
) -> nx.Graph:
    """Draw a network of up to ``most`` nodes with whole weights up to ``heaviest``.

    ``directed`` None draws either. With ``lengths`` the whole number is the length of a link, ``distance``, and the
    weight is one over it: lengths tie often, and networkx gets exact ones.
    """
    n = draw(st.integers(1, most))
    kinds = [nx.Graph, nx.DiGraph] if directed is None else [nx.DiGraph if directed else nx.Graph]
    network: nx.Graph = draw(st.sampled_from(kinds))()
    network.add_nodes_from(range(n))
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, heaviest))
    for a, b, number in draw(st.lists(ends, max_size=30)):
        if a != b and lengths:
            network.add_edge(a, b, weight=1 / number, distance=number)
        elif a != b:
            network.add_edge(a, b, weight=number)
    return network
