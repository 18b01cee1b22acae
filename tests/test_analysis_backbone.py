from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.inference.backbone import find_backbone, measure_link_significance
from analysis.networks.network import build_network
from regions import MethodError, load_study


def make_triangle() -> nx.Graph:
    network = nx.Graph()
    network.add_weighted_edges_from([("A", "B", 6), ("A", "C", 2), ("B", "C", 1), ("C", "D", 1)])
    network.add_node("E", name="Epsilon")
    return network


def read_directed(path: Path) -> nx.DiGraph:
    table = pd.read_csv(path).iloc[:, :3].astype(int)
    table.columns = ["source", "target", "weight"]
    return nx.from_pandas_edgelist(table, edge_attr="weight", create_using=nx.DiGraph)


def by_pair(table: pd.DataFrame, column: str) -> dict[tuple[str, str], float]:
    return dict(zip(zip(table["source"], table["target"], strict=True), table[column], strict=True))


def test_disparity_by_hand() -> None:
    alpha = by_pair(measure_link_significance(make_triangle()), "alpha_disparity")
    # Strengths A 8, B 7, C 4, D 1; degrees 2, 2, 3, 1. D has one link: only C speaks for C - D.
    expected = {
        ("A", "B"): min(2 / 8, 1 / 7),
        ("A", "C"): min(6 / 8, (2 / 4) ** 2),
        ("B", "C"): min(6 / 7, (3 / 4) ** 2),
        ("C", "D"): (3 / 4) ** 2,
    }
    assert alpha == pytest.approx(expected, rel=1e-15)


def test_noise_corrected_by_hand() -> None:
    """One pair in fractions: N = 20, s_A = 8, s_B = 7, w = 6, so the lift is 15/7."""
    row = measure_link_significance(make_triangle()).iloc[0]
    assert row["score_nc"] == pytest.approx((15 / 7 - 1) / (15 / 7 + 1), rel=1e-14)
    prior = 56 / 400
    assert row["p_nc"] == pytest.approx(sum(_binomial(20, k, prior) for k in range(6, 21)), rel=1e-12)


def _binomial(n: int, k: int, p: float) -> float:
    from math import comb  # noqa: PLC0415 - used by one test

    return float(comb(n, k) * p**k * (1 - p) ** (n - k))


def test_a_pair_alone_proves_nothing() -> None:
    pair = nx.Graph([("A", "B")])
    pair.edges["A", "B"]["weight"] = 100
    table = measure_link_significance(pair)
    assert table["alpha_disparity"].tolist() == [1.0]
    assert find_backbone(pair, level=1).number_of_edges() == 0


def test_a_single_directed_link_is_what_its_ends_give() -> None:
    network = nx.DiGraph()
    network.add_edge("A", "B", weight=50)
    row = measure_link_significance(network).iloc[0]
    assert (row["score_nc"], row["error_nc"], row["p_nc"]) == (0, 0, 1)
    assert find_backbone(network, method="noise_corrected").number_of_edges() == 0


def test_direction_counts() -> None:
    """X gives two links and gets none; each end of a star's link is judged on its own side."""
    network = nx.DiGraph()
    network.add_weighted_edges_from([("X", "A", 9), ("X", "B", 1), ("A", "B", 5)])
    alpha = by_pair(measure_link_significance(network), "alpha_disparity")
    assert alpha == pytest.approx({("X", "A"): 0.1, ("X", "B"): min(0.9, 5 / 6), ("A", "B"): 1 / 6})


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3), nx.DiGraph()])
def test_nothing_in_nothing_out(network: nx.Graph) -> None:
    table = measure_link_significance(network)
    assert len(table) == 0
    assert list(table) == ["source", "target", "weight", "alpha_disparity", "score_nc", "error_nc", "p_nc"]
    backbone = find_backbone(network, method="noise_corrected")
    assert list(backbone) == list(network)
    assert backbone.graph["backbone"]["weight_share"] == 0


def test_loops_and_zero_weights_are_no_links() -> None:
    network = make_triangle()
    plain = measure_link_significance(network)
    network.add_edge("A", "A", weight=7)
    network.add_edge("A", "E", weight=0)
    pd.testing.assert_frame_equal(measure_link_significance(network), plain)


def test_backbone_keeps_nodes_and_facts() -> None:
    network = make_triangle()
    network.graph["origin"] = "observed"
    before = nx.to_dict_of_dicts(network)
    backbone = find_backbone(network, level=0.2)
    assert list(backbone.edges(data=True)) == [("A", "B", {"weight": 6})]
    assert list(backbone) == list("ABCDE")
    assert backbone.nodes["E"] == {"name": "Epsilon"}
    assert backbone.graph["origin"] == "observed"
    facts = {"method": "disparity", "threshold": 0.2, "links": 1, "of": 4, "weight_share": 0.6}
    assert backbone.graph["backbone"] == facts
    backbone.edges["A", "B"]["weight"] = 0
    assert nx.to_dict_of_dicts(network) == before
    assert "backbone" not in network.graph


def test_fractional_weights_are_brought_to_events() -> None:
    """Halving every weight, with the counts beside it, must not make the network look half as well known."""
    whole, half = make_triangle(), make_triangle()
    for a, b, weight in whole.edges(data="weight"):
        whole.edges[a, b]["count"] = half.edges[a, b]["count"] = weight
        half.edges[a, b]["weight"] = weight / 2
    first, second = (measure_link_significance(each).drop(columns="weight") for each in (whole, half))
    pd.testing.assert_frame_equal(first, second)
    for edge in half.edges:
        del half.edges[edge]["count"]
    assert (measure_link_significance(half)["error_nc"] > first["error_nc"]).all()


def test_too_few_events_tell_nothing() -> None:
    network = nx.Graph()
    network.add_weighted_edges_from([("A", "B", 0.3), ("B", "C", 0.2)])
    table = measure_link_significance(network)
    assert table["error_nc"].tolist() == table["p_nc"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"method": "mst"}, "method must be"),
        ({"level": 0.0}, "level must"),
        ({"level": 1.5}, "level must"),
        ({"method": "noise_corrected", "delta": float("nan")}, "delta must be finite"),
    ],
)
def test_bad_options(options: dict[str, object], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        find_backbone(make_triangle(), **options)  # type: ignore[arg-type]


weights = st.lists(st.integers(0, 30), min_size=15, max_size=15)


@given(weights, st.floats(1e-3, 1e3))
def test_invariances(values: list[int], scale: float) -> None:
    """The disparity filter knows no unit, and nothing depends on the order of the nodes."""
    cells = list(zip(*np.triu_indices(6, 1), strict=True))
    network, other = nx.empty_graph(6), nx.empty_graph(range(5, -1, -1))
    for (a, b), weight in zip(cells, values, strict=True):
        network.add_edge(int(a), int(b), weight=weight)
        other.add_edge(int(b), int(a), weight=weight * scale)
    one = by_pair(measure_link_significance(network), "alpha_disparity")
    two = by_pair(measure_link_significance(other), "alpha_disparity")
    assert {(min(pair), max(pair)): alpha for pair, alpha in two.items()} == pytest.approx(one, rel=1e-9, abs=1e-12)
    table = measure_link_significance(network)
    assert table["score_nc"].between(-1, 1).all()
    assert (table["error_nc"] >= 0).all()
    assert np.isfinite(table[["score_nc", "error_nc", "p_nc"]]).all(axis=None)


def test_china() -> None:
    network = build_network(load_study("china"))
    table = measure_link_significance(network)
    backbone = find_backbone(network, method="noise_corrected")
    assert len(table) == network.number_of_edges()
    assert 0 < backbone.number_of_edges() < len(table) / 2
    assert set(backbone.edges) <= set(network.edges)
    assert (backbone.number_of_nodes(), backbone.graph["study"]) == (31, "china")


def test_disparity_golden_undirected(golden: Callable[[str], Path]) -> None:
    """The R package backbone 3.0.3 on Davis' women. 5e-16 is two roundings of a number below 1."""
    theirs = pd.read_csv(golden("significance/davis_undirected_backboneR.csv"))
    network = nx.Graph()
    network.add_weighted_edges_from(theirs[["i", "j", "w"]].itertuples(index=False, name=None))
    ours = pd.Series(by_pair(measure_link_significance(network), "alpha_disparity"))
    expected = theirs.set_index(["i", "j"])["p_disparity"]
    np.testing.assert_allclose(ours.loc[list(expected.index)], expected, rtol=0, atol=5e-16)


def test_disparity_golden_directed(golden: Callable[[str], Path]) -> None:
    theirs = pd.read_csv(golden("significance/disparity_directed_backboneR.csv"))
    network = read_directed(golden("significance/cross_parker_consulting_value_edges.csv"))
    ours = pd.Series(by_pair(measure_link_significance(network), "alpha_disparity"))
    expected = theirs.set_index(["i", "j"])["p_disparity_min"]
    assert len(ours) == len(expected) == 855
    np.testing.assert_allclose(ours.loc[list(expected.index)], expected, rtol=0, atol=5e-16)


def test_noise_corrected_golden(golden: Callable[[str], Path]) -> None:
    """Coscia and Neffke's formulas on the Cross-Parker information network: 333 of 877 edges at 1.64."""
    theirs = pd.read_csv(golden("significance/noise_corrected_crossparker_info.csv"))
    network = read_directed(golden("network/cross_parker_consulting_info_edges.csv"))
    table = measure_link_significance(network).set_index(["source", "target"])
    table = table.loc[list(zip(theirs["src"].astype(int), theirs["trg"].astype(int), strict=True))]
    np.testing.assert_allclose(table["score_nc"], theirs["score"], rtol=0, atol=1e-15)
    np.testing.assert_allclose(table["error_nc"], theirs["sdev_mom"], rtol=1e-12)
    np.testing.assert_allclose(table["p_nc"], theirs["p_binom"], rtol=1e-10)
    assert np.abs(table["error_nc"].to_numpy() - theirs["sdev_code"]).max() < 0.00043  # the slip in their program
    backbone = find_backbone(network, method="noise_corrected", delta=1.64)
    assert (backbone.number_of_edges(), network.number_of_edges()) == (333, 877)
