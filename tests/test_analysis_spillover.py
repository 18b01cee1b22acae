import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.networks.network import build_network
from analysis.scores.spillover import invert_network, measure_pairwise_spillover, measure_spillover
from regions import MethodError, load_study


def indicators_of(values: dict[Any, float], year: int = 2022) -> pd.DataFrame:
    return pd.DataFrame({"code": list(values), "year": year, "x": list(values.values())})


def row(table: pd.DataFrame, code: str) -> list[float]:
    return list(table.loc[[code]].to_numpy(dtype=float)[0])


def test_two_regions_by_hand() -> None:
    """The spectral radius of one link is its weight, so W = [[0, 1], [1, 0]] and S = [[1, r], [r, 1]] / (1 - r^2)."""
    network = nx.Graph([("a", "b", {"weight": 7})])
    scores = measure_spillover(network, indicators_of({"a": 3, "b": 6}), column="x", year=2022, rho=0.5)
    assert list(scores) == ["own", "received", "given", "net", "multiplier"]
    assert scores.index.tolist() == ["a", "b"]
    assert scores.index.name == "code"
    cross = 0.5 / 0.75
    assert row(scores, "a") == pytest.approx([3, 6 * cross, 3 * cross, -3 * cross, 2], rel=1e-14)
    assert row(scores, "b") == pytest.approx([6, 3 * cross, 6 * cross, 3 * cross, 2], rel=1e-14)


def test_path_of_three_by_hand() -> None:
    """Radius sqrt(2); q = r / sqrt(2): S = [[1-q^2, q, q^2], [q, 1, q], [q^2, q, 1-q^2]] / (1 - 2 q^2)."""
    values = {"a": 1.0, "b": 10.0, "c": 100.0}
    network = nx.Graph([("a", "b"), ("b", "c")])
    table = measure_pairwise_spillover(network, indicators_of(values), column="x", year=2022, rho=0.8)
    q2 = 0.32
    q, det = np.sqrt(q2), 1 - 2 * q2
    by_hand = np.array([[0, q, q2], [10 * q, 0, 10 * q], [100 * q2, 100 * q, 0]]) / det
    assert table.to_numpy() == pytest.approx(by_hand, rel=1e-13)
    assert (table.index.name, table.columns.name) == ("giver", "receiver")
    assert table.index.tolist() == table.columns.tolist() == ["a", "b", "c"]


def test_spillover_runs_along_directed_links() -> None:
    """Around the cycle a -> b -> c -> a (radius 1): a gives r to b and r^2 to c, over 1 - r^3."""
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    table = measure_pairwise_spillover(network, indicators_of({"a": 1, "b": 0, "c": 0}), column="x", year=2022)
    assert row(table, "a") == pytest.approx([0, 0.5 / 0.875, 0.25 / 0.875], rel=1e-14)
    assert not table.loc[["b", "c"]].any(axis=None)


def test_isolates_give_and_receive_nothing() -> None:
    network = nx.Graph([("a", "b")])
    network.add_node("alone")
    scores = measure_spillover(network, indicators_of({"a": 1, "b": 2, "alone": 50}), column="x", year=2022)
    assert row(scores, "alone") == [50, 0, 0, 0, 1]


def test_a_network_without_links() -> None:
    scores = measure_spillover(nx.empty_graph(2), indicators_of({0: 1, 1: 2}), column="x", year=2022)
    assert scores["received"].tolist() == scores["given"].tolist() == [0, 0]


def test_an_empty_network_gives_an_empty_table() -> None:
    assert measure_spillover(nx.Graph(), indicators_of({"a": 1}), column="x", year=2022).empty


@pytest.mark.parametrize("absent", [{"a": 1.0, "b": np.nan, "c": 4.0}, {"a": 1.0, "c": 4.0}])
def test_missing_values_are_named_and_never_zero(absent: dict[str, float]) -> None:
    network = nx.Graph([("a", "b"), ("b", "c")])
    scores = measure_spillover(network, indicators_of(absent), column="x", year=2022)
    assert scores.loc["b", ["own", "given", "net"]].isna().all()
    assert scores.loc["b", ["received", "multiplier"]].notna().all()
    assert scores.drop(index="b").notna().all(axis=None)
    pairs = measure_pairwise_spillover(network, indicators_of(absent), column="x", year=2022)
    assert pairs.loc["b"].isna().all()
    known = measure_pairwise_spillover(network, indicators_of({"a": 1, "b": 0, "c": 4}), column="x", year=2022)
    assert scores["received"].tolist() == pytest.approx(known.sum(axis=0).tolist(), rel=1e-14)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"column": "y"}, "no indicator 'y'; there are x"),
        ({"column": "code"}, "no indicator 'code'"),
        ({"year": 2021}, "no values for 2021; it has 2022"),
        ({"rho": 1.0}, "rho must be between -1 and 1"),
        ({"rho": -1.0}, "rho must be between -1 and 1"),
        ({"rho": float("nan")}, "rho must be between -1 and 1"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        measure_spillover(nx.path_graph(2), indicators_of({0: 1, 1: 2}), **{"column": "x", "year": 2022, **options})


def test_values_that_cannot_be_matched_are_refused() -> None:
    with pytest.raises(MethodError, match="no region of the network has a value; the values are of p, q"):
        measure_spillover(nx.path_graph(2), indicators_of({"p": 1, "q": 2}), column="x", year=2022)
    twice = pd.concat([indicators_of({0: 1, 1: 2})] * 2)
    with pytest.raises(MethodError, match=r"several values for region .*0.* in 2022"):
        measure_spillover(nx.path_graph(2), twice, column="x", year=2022)


def test_a_directed_network_without_cycle_is_refused() -> None:
    with pytest.raises(MethodError, match="no cycle"):
        measure_spillover(nx.DiGraph([(0, 1)]), indicators_of({0: 1, 1: 2}), column="x", year=2022)


def test_inputs_are_left_alone() -> None:
    network, indicators = nx.path_graph(2), indicators_of({0: 1, 1: 2})
    measure_spillover(network, indicators, column="x", year=2022)
    assert indicators.equals(indicators_of({0: 1, 1: 2}))
    assert nx.utils.graphs_equal(network, nx.path_graph(2))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 9)), max_size=20),
    st.lists(st.floats(0, 100), min_size=7, max_size=7),
    st.sampled_from([-0.9, -0.2, 0.0, 0.5, 0.95]),
)
def test_what_is_given_is_received(links: list[tuple[int, int, int]], values: list[float], rho: float) -> None:
    network = nx.empty_graph(7)
    network.add_weighted_edges_from([link for link in links if link[0] != link[1]])
    indicators = indicators_of(dict(enumerate(values)))
    scores = measure_spillover(network, indicators, column="x", year=2022, rho=rho)
    pairs = measure_pairwise_spillover(network, indicators, column="x", year=2022, rho=rho)
    # rho .95 makes S as large as 20; sums of a few hundred values are good to 1e-10.
    assert scores["given"].sum() == pytest.approx(scores["received"].sum(), rel=1e-9, abs=1e-9)
    assert pairs.sum(axis=1).to_numpy() == pytest.approx(scores["given"].to_numpy(), rel=1e-9, abs=1e-9)
    assert pairs.sum(axis=0).to_numpy() == pytest.approx(scores["received"].to_numpy(), rel=1e-9, abs=1e-9)


@settings(deadline=None)
@given(st.sampled_from([1e-6, 1 / 3, 1e6]))
def test_the_unit_of_weight_changes_nothing(factor: float) -> None:
    network = nx.Graph([(0, 1, {"weight": 2.0}), (1, 2, {"weight": 5.0}), (0, 3, {"weight": 1.0})])
    scaled = network.copy()
    for _, _, facts in scaled.edges(data=True):
        facts["weight"] *= factor
    indicators = indicators_of({0: 1, 1: 2, 2: 3, 3: 4})
    first, second = (measure_spillover(each, indicators, column="x", year=2022) for each in (network, scaled))
    pd.testing.assert_frame_equal(first, second, rtol=1e-12)


def test_multiplier_of_columbus_as_in_spatialreg(golden: Callable[[str], Path]) -> None:
    """Columbus crime, queen neighbours, row-standardised, rho of the spatial lag model (R spatialreg, 12 digits)."""
    neighbours = json.loads(golden("spatial/columbus_oldcol_nb.json").read_text())
    weights = np.zeros((49, 49))
    for row, others in enumerate(neighbours):
        weights[row, np.array(others) - 1] = 1 / len(others)
    multiplier = invert_network(weights, rho=0.431023201845)
    assert np.trace(multiplier) / 49 == pytest.approx(1.052738922905, rel=1e-9)
    assert multiplier[0, 1] == pytest.approx(0.1828300256952, rel=1e-9)
    assert multiplier[1, 0] == pytest.approx(0.1371225192714, rel=1e-9)
    assert multiplier.sum() / 49 == pytest.approx(1.757540910706, rel=1e-9)  # 1 / (1 - rho): blind to the links


def test_a_series_of_powers_gives_the_same_multiplier() -> None:
    weights = np.array([[0, 0.5, 0.2], [0.3, 0, 0.1], [0.0, 0.4, 0]])
    series = sum(np.linalg.matrix_power(0.5 * weights, k) for k in range(60))
    assert invert_network(weights, rho=0.5) == pytest.approx(series, rel=1e-14)


@pytest.mark.parametrize("name", ["china", "yangtze-delta"])
def test_embedded_studies(name: str) -> None:
    study = load_study(name)
    assert study.indicators is not None
    column = "rd_expenditure" if name == "china" else "gdp"
    network = build_network(study, "newman")
    scores = measure_spillover(network, study.indicators, column=column, year=2022)
    alone = np.array([network.degree(code) == 0 for code in scores.index])
    assert (scores.loc[alone, "received"] == 0).all()
    assert (scores.loc[~alone, "received"] > 0).all()
    if name == "china":
        assert scores["own"].notna().all()
        assert scores["given"].idxmax() == "110000"
        assert scores["given"].sum() == pytest.approx(scores["received"].sum(), rel=1e-12)
    else:  # only the cities of Jiangsu and Zhejiang have a figure of their own
        assert scores["own"].isna().sum() == 41 - 24


def test_more_links_spread_more() -> None:
    """Equal inputs in a clique: the rest of the network receives less than the clique."""
    network = nx.barbell_graph(4, 2)
    scores = measure_spillover(network, indicators_of(dict.fromkeys(network, 1.0)), column="x", year=2022)
    assert scores.loc[[0, 1, 2, 6, 7, 8, 9], "received"].min() > scores.loc[[4, 5], "received"].max()
