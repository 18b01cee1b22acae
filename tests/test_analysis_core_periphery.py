import itertools
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis.roles.core_periphery
from analysis.roles.core_periphery import find_core
from regions import MethodError


def correlate_plainly(network: nx.Graph, core: set[Any], pattern: str) -> float:
    ties, ideal = [], []
    for a, b in itertools.permutations(network, 2):
        ties.append(float(network.has_edge(a, b)))
        inside = (a in core) + (b in core)
        ideal.append(float(inside >= (1 if pattern == "any" else 2)))
    if np.ptp(ties) == 0 or np.ptp(ideal) == 0:
        return -np.inf
    return float(np.corrcoef(ties, ideal)[0, 1])


@pytest.mark.parametrize(("pattern", "fit"), [("any", 1.0), ("both", None)])
def test_star(pattern: Any, fit: float | None) -> None:
    """A star is the ideal of ``any``; ``both`` needs a tie within the core, so centre and one leaf."""
    found = find_core(nx.star_graph(5), pattern=pattern)
    assert found.core[0]
    assert found.exact
    if fit is not None:
        assert found.core.tolist() == [True] + [False] * 5
        assert found.correlation == pytest.approx(fit)
    else:
        assert found.core.sum() == 2


def test_clique_with_isolates_is_the_ideal_of_both() -> None:
    network = nx.disjoint_union(nx.complete_graph(4), nx.empty_graph(3))
    found = find_core(network, pattern="both")
    assert found.core.tolist() == [True] * 4 + [False] * 3
    assert found.correlation == pytest.approx(1)


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(4), nx.complete_graph(4), nx.path_graph(2)])
def test_no_variation_no_core(network: nx.Graph) -> None:
    found = find_core(network)
    assert not found.core.any()
    assert np.isnan(found.correlation)


def test_florentine_families() -> None:
    """Marriages of 15 (16 with the isolate Pucci) families."""
    found = find_core(nx.florentine_families_graph())
    assert set(found.core.index[found.core]) == {"Medici", "Strozzi", "Guadagni"}
    assert found.correlation == pytest.approx(0.3298529395717705, abs=1e-13)


@pytest.mark.parametrize("seed", [0, 1])
def test_karate(seed: int) -> None:
    found = find_core(nx.karate_club_graph(), seed=seed)
    assert found.core.index[found.core].tolist() == [0, 1, 2, 32, 33]
    assert found.correlation == pytest.approx(0.43147501098394003, abs=1e-13)
    assert not found.exact


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_search_finds_what_trying_all_finds(data: st.DataObject) -> None:
    n, directed = data.draw(st.integers(3, 7)), data.draw(st.booleans())
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    network = (nx.DiGraph if directed else nx.Graph)()
    network.add_nodes_from(range(n))
    network.add_edges_from([e for e in data.draw(st.lists(ends, max_size=20)) if e[0] != e[1]])
    pattern: Any = data.draw(st.sampled_from(["any", "both"]))
    sets = itertools.chain.from_iterable(itertools.combinations(range(n), k) for k in range(n + 1))
    best = max(correlate_plainly(network, set(each), pattern) for each in sets)
    found = find_core(network, pattern=pattern)
    if best == -np.inf:
        assert np.isnan(found.correlation)
        return
    assert found.correlation == pytest.approx(best, abs=1e-12)
    core = set(found.core.index[found.core])
    assert correlate_plainly(network, core, pattern) == pytest.approx(best, abs=1e-12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.roles.core_periphery, "_EXHAUSTIVE", 0)
        assert find_core(network, pattern=pattern, starts=100).correlation == pytest.approx(best, abs=1e-12)


def test_weights_can_move_the_core() -> None:
    network = nx.complete_graph(6)
    nx.set_edge_attributes(network, 1, "weight")
    for a, b in [(0, 1), (0, 2), (1, 2)]:
        network[a][b]["weight"] = 50
    assert np.isnan(find_core(network).correlation)
    found = find_core(network, weighted=True, pattern="both")
    assert found.core.tolist() == [True] * 3 + [False] * 3
    assert found.correlation == pytest.approx(1)


def test_wrong_options() -> None:
    with pytest.raises(MethodError, match="pattern"):
        find_core(nx.path_graph(3), pattern="all")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="starts"):
        find_core(nx.path_graph(3), starts=-1)
