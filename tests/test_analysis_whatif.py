"""What links would change: against inverting and searching anew."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.gaps.whatif import measure_added_links, measure_whatif
from analysis.networks.network import build_network
from analysis.scores.centrality import measure_centrality
from analysis.scores.spillover import measure_spillover
from regions import MethodError, load_study

SIZE = 9
CODES = [str(number) for number in range(SIZE)]
OWN = pd.Series(np.random.default_rng(1).uniform(1, 5, SIZE), index=CODES)
PAIRS = pd.DataFrame({"source": ["0", "2", "3", "7"], "target": ["5", "1", "8", "0"]}, index=[10, 20, 30, 40])
LINKS = pd.Series([3.0, 1.0, 7.0, 0.0], index=PAIRS.index)


def draw(kind: type[nx.Graph], *, seed: int = 0) -> nx.Graph:
    rng = np.random.default_rng(seed)
    network = kind()
    network.add_nodes_from(CODES)
    for a in CODES:
        for b in CODES:
            if a != b and rng.random() < 0.4:
                network.add_edge(a, b, weight=float(rng.integers(1, 9)))
    return network


def add(network: nx.Graph, source: str, target: str, links: float) -> nx.Graph:
    changed = network.copy()
    changed.add_edge(source, target, weight=changed.get_edge_data(source, target, {"weight": 0.0})["weight"] + links)
    return changed


def receive(network: nx.Graph, *, radius: float, rho: float = 0.5) -> np.ndarray:
    """Sum the effects of the others by inverting anew, normalised as before the links."""
    weights = nx.to_numpy_array(network, nodelist=CODES).T / radius
    inverse = np.linalg.inv(np.eye(SIZE) - rho * weights)
    return np.asarray(inverse @ OWN - inverse.diagonal() * OWN)


def find_radius(network: nx.Graph) -> float:
    return float(np.abs(np.linalg.eigvals(nx.to_numpy_array(network, nodelist=CODES))).max())


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_many_pairs_equal_one_inversion_each(kind: type[nx.Graph]) -> None:
    network = draw(kind)
    radius = find_radius(network)
    found = measure_added_links(network, PAIRS, LINKS, own=OWN)
    before, closeness = receive(network, radius=radius), measure_centrality(network)["closeness"]
    for row, (source, target) in PAIRS.iterrows():
        changed = add(network, source, target, LINKS[row]) if LINKS[row] else network
        more = receive(changed, radius=radius) - before
        assert found.loc[row, "gain_received_source"] == pytest.approx(more[int(source)], abs=1e-12)
        assert found.loc[row, "gain_received_target"] == pytest.approx(more[int(target)], abs=1e-12)
        assert found.loc[row, "gain_received_all"] == pytest.approx(more.sum(), abs=1e-12)
        nearer = 100 * (measure_centrality(changed)["closeness"] / closeness - 1)
        assert found.loc[row, "gain_closeness_source"] == pytest.approx(nearer[source], abs=1e-9)
        assert found.loc[row, "gain_closeness_target"] == pytest.approx(nearer[target], abs=1e-9)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_one_pair_for_every_region(kind: type[nx.Graph]) -> None:
    network = draw(kind, seed=3)
    found = measure_whatif(network, "0", "5", links=4.0, own=OWN)
    changed = add(network, "0", "5", 4.0)
    scores = measure_centrality(changed)
    for name in ("strength", "closeness", "betweenness"):
        assert found[f"{name}_after"].reindex(CODES).to_numpy() == pytest.approx(scores[name].to_numpy())
        assert (found[f"{name}_after"] - found[name]).to_numpy() == pytest.approx(found[f"{name}_gain"].to_numpy())
    radius = find_radius(network)
    assert found["received_after"].reindex(CODES).to_numpy() == pytest.approx(receive(changed, radius=radius))
    assert found["received_gain"].is_monotonic_decreasing


def test_by_hand_a_first_link_between_two_pairs() -> None:
    """A-B and C-D, weight 1 each, radius 1; then B-C of weight 1: a chain of four.

    Closeness of B: A at 1 (sum 1) before; A 1, C 1, D 1/2 after: + 150 %.
    """
    network = nx.Graph()
    network.add_edges_from([("A", "B"), ("C", "D")], weight=1.0)
    own = pd.Series([1.0, 0.0, 0.0, 0.0], index=list("ABCD"))
    pairs = pd.DataFrame({"source": ["B"], "target": ["C"]})
    (found,) = measure_added_links(network, pairs, pd.Series([1.0]), own=own).to_dict("records")
    assert found["gain_closeness_source"] == pytest.approx(150)
    # column A of the inverse of I - P4/2, tridiagonal: (4/5)(2, ... ) by Cramer; det = 1 - 3/4 + 1/16 = 5/16
    received = np.array([(1 / 2) * (3 / 4), 1 / 4, 1 / 8]) / (5 / 16)
    before = np.array([2 / 3, 0.0, 0.0])
    assert found["gain_received_source"] == pytest.approx(received[0] - before[0])
    assert found["gain_received_target"] == pytest.approx(received[1])
    assert found["gain_received_all"] == pytest.approx((received - before).sum())


def test_the_present_is_that_of_the_table_of_spillover() -> None:
    study = load_study("china")
    network = build_network(study)
    assert study.indicators is not None
    spillover = measure_spillover(network, study.indicators, column="rd_expenditure", year=2022)
    found = measure_whatif(network, "510000", "620000", links=10.0, own=spillover["own"])
    now = spillover["received"].reindex(found.index)
    assert found["received"].to_numpy() == pytest.approx(now.to_numpy())
    assert set(found.index[:2]) == {"510000", "620000"}
    assert (found["received_gain"] > 0).all()


def test_a_region_without_a_value_gives_nothing() -> None:
    network = draw(nx.Graph)
    some = OWN.drop("4")
    found = measure_added_links(network, PAIRS, LINKS, own=some)
    other = measure_added_links(network, PAIRS, LINKS, own=OWN.where(OWN.index != "4", 0.0))
    pd.testing.assert_frame_equal(found, other)


def test_without_an_indicator_there_is_closeness_alone() -> None:
    found = measure_added_links(draw(nx.Graph), PAIRS, LINKS)
    assert list(found) == ["gain_closeness_source", "gain_closeness_target"]
    assert found.index.tolist() == [10, 20, 30, 40]
    alone = measure_whatif(draw(nx.Graph), "0", "5", links=2.0)
    assert "received" not in alone
    assert alone["closeness_gain"].is_monotonic_decreasing


def test_an_isolate_has_no_share_to_gain_but_gains() -> None:
    network = draw(nx.Graph)
    network.add_node("new")
    pairs = pd.DataFrame({"source": ["0"], "target": ["new"]})
    found = measure_added_links(network, pairs, pd.Series([2.0]), own=OWN)
    assert np.isnan(found.loc[0, "gain_closeness_target"])
    assert found.loc[0, "gain_received_target"] > 0


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_effects_that_grow_without_end_are_no_figure(kind: type[nx.Graph]) -> None:
    network = draw(kind)
    network.add_edge("0", "5", weight=1.0)
    network.add_edge("5", "0", weight=1.0)
    radius = find_radius(network)
    pairs = pd.DataFrame({"source": ["0", "0"], "target": ["5", "5"]})
    # the links alone would have a radius of 2.5 r, and rho is .5; back and forth in a directed network far more
    few, many = 0.5 * radius, (2.5 if kind is nx.Graph else 1000.0) * radius
    found = measure_added_links(network, pairs, pd.Series([few, many]), own=OWN)
    assert found["gain_received_all"].isna().tolist() == [False, True]
    assert found["gain_closeness_source"].notna().all()
    with pytest.raises(MethodError, match="effects would grow without end"):
        measure_whatif(network, "0", "5", links=many, own=OWN)


def test_more_links_bring_more() -> None:
    pairs = pd.DataFrame({"source": ["0"] * 4, "target": ["5"] * 4})
    found = measure_added_links(draw(nx.Graph), pairs, pd.Series([0.0, 1.0, 2.0, 4.0]), own=OWN)
    assert found.loc[0].tolist() == pytest.approx([0.0] * 5, abs=1e-12)
    assert (found["gain_received_all"].diff().dropna() > 0).all()
    # spillover feeds back: each link brings more than the one before
    assert found.loc[2, "gain_received_all"] > 2 * found.loc[1, "gain_received_all"]


def test_the_network_is_not_changed() -> None:
    network = draw(nx.Graph)
    before = sorted(network.edges(data="weight"))
    measure_whatif(network, "0", "5", links=3.0, own=OWN)
    assert sorted(network.edges(data="weight")) == before


@pytest.mark.parametrize(
    ("pair", "links", "message"),
    [
        (("0", "x"), 1.0, "no region 'x'"),
        (("0", "0"), 1.0, "two different regions"),
        (("0", "5"), 0.0, "more than 0 links; got 0"),
        (("0", "5"), -1.0, "more than 0 links; got -1"),
        (("0", "5"), float("inf"), "finite and >= 0"),
        (("0", "5"), float("nan"), "more than 0 links; got nan"),
    ],
)
def test_impossible_questions_are_refused(pair: tuple[str, str], links: float, message: str) -> None:
    with pytest.raises(MethodError, match=message):
        measure_whatif(draw(nx.Graph), *pair, links=links)


def test_a_network_without_links_is_refused() -> None:
    empty = nx.empty_graph(3)
    with pytest.raises(MethodError, match="without links"):
        measure_whatif(empty, 0, 1, links=1.0)  # type: ignore[arg-type]


def test_negative_links_are_refused_for_many_pairs_too() -> None:
    with pytest.raises(MethodError, match="finite and >= 0"):
        measure_added_links(draw(nx.Graph), PAIRS, -LINKS, own=OWN)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
def test_a_link_no_shorter_than_the_way_there_brings_nobody_closer(kind: type[nx.Graph]) -> None:
    """On a chain A - B - C of links of 2 (length 1/2) the way from A to C is 1 long: 1 link more gains nothing."""
    network = kind([("A", "B"), ("B", "C"), ("C", "B"), ("B", "A")])
    nx.set_edge_attributes(network, 2.0, "weight")
    pairs = pd.DataFrame({"source": ["A", "A", "A"], "target": ["C", "C", "C"]})
    found = measure_added_links(network, pairs, pd.Series([0.5, 1, 4]))
    assert found["gain_closeness_target"].tolist()[:2] == [0.0, 0.0]
    # C was reached in 1/2 from B and in 1 from A, now from A in 1/4
    assert found["gain_closeness_target"].iloc[2] == pytest.approx(100 * (4 - 1) / (1 + 2))


def test_many_pairs_in_pieces_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    network = draw(nx.Graph)
    whole = measure_added_links(network, PAIRS, LINKS)
    monkeypatch.setattr("analysis.gaps.whatif._CHUNK", 1)
    assert measure_added_links(network, PAIRS, LINKS).equals(whole)


@pytest.mark.parametrize("rho", [-0.5, 0.5])
@pytest.mark.parametrize(("links", "ends"), [(0.9, True), (1.1, False), (2.0, False)])
def test_a_negative_rho_is_bounded_at_the_same_radius(rho: float, links: float, *, ends: bool) -> None:
    """By hand: a pair of weight 1, radius 1; with w more links it is 1 + w, and effects die out below 1 / .5 = 2."""
    network: nx.Graph = nx.Graph()
    network.add_weighted_edges_from([("a", "b", 1.0), ("c", "d", 1.0)])
    own, pair = pd.Series(1.0, index=list("abcd")), pd.DataFrame({"source": ["a"], "target": ["b"]})
    found = measure_added_links(network, pair, pd.Series([links]), own=own, rho=rho)
    if not ends:
        assert found[["gain_received_source", "gain_received_target", "gain_received_all"]].isna().all(axis=None)
        with pytest.raises(MethodError, match="would grow without end"):
            measure_whatif(network, "a", "b", links=links, own=own, rho=rho)
        return
    # a receives of b: rho w / (1 - rho^2 w^2) + rho^2 w^2 / (1 - rho^2 w^2) of itself, which is no spillover
    received = [rho * w / (1 - (rho * w) ** 2) for w in (1.0, 1.0 + links)]
    assert found["gain_received_source"].item() == pytest.approx(received[1] - received[0])
    table = measure_whatif(network, "a", "b", links=links, own=own, rho=rho)
    assert table.loc["a", "received_gain"] == pytest.approx(received[1] - received[0])


def test_a_negative_rho_is_bounded_in_a_directed_network_too() -> None:
    """A cycle of three with weights 1: w on one arc more makes the radius (1 + w)^(1/3), and (1 / .5)^3 = 8."""
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    nx.set_edge_attributes(network, 1.0, "weight")
    own, pairs = pd.Series(1.0, index=list("abc")), pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"]})
    for rho in (-0.5, 0.5):
        found = measure_added_links(network, pairs, pd.Series([6.9, 7.1]), own=own, rho=rho)
        assert found["gain_received_all"].notna().tolist() == [True, False]
