import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_samples import BY_HAND, build_graph, draw_weights, make_study
from network_samples import networks

import analysis.scores.batch
from analysis import measure_spillover, measure_structural_holes
from analysis.inference.bootstrap import measure_score_intervals
from analysis.roles.modules import measure_modules
from analysis.roles.positions import choose_measures, measure_positions
from analysis.scores.batch import Batch, Context
from analysis.scores.centrality import CENTRALITY, SURROUNDINGS, measure_centrality
from analysis.scores.cores import measure_cores
from analysis.scores.opsahl import measure_opsahl
from analysis.scores.paths import measure_betweenness, measure_path_lengths
from analysis.scores.registry import measure_batch
from analysis.scores.spillover import SPILLOVER
from regions import MethodError
from regions.arrays import Floats

MEASURES = ("degree", "strength", "external_share", "betweenness", "closeness", "eigenvector", "pagerank")
WIDE = [
    *MEASURES,
    *("opsahl_degree", "opsahl_betweenness", "opsahl_closeness", "core_number", "core_strength"),
    *("constraint", "effective_size", "efficiency", "participation", "module_z"),
    *("received", "given", "net", "multiplier", "internal", "external"),
]


def measure_many(weights: Floats, internal: Floats, external: Floats) -> dict[str, Floats]:
    return measure_batch((CENTRALITY,), Batch(weights, False, internal, external))


def measure_wide(weights: Floats, community: np.ndarray, own: Floats | None = None) -> dict[str, Floats]:
    around = np.ones(weights.shape[:2])
    context = Context(own=own, labels={"community": community})
    return measure_batch((*choose_measures(), SPILLOVER, SURROUNDINGS), Batch(weights, False, around, around, context))


def compare_one_by_one(weights: np.ndarray, *, tolerance: float = 1e-11) -> None:
    rng = np.random.default_rng(1)
    internal, external = rng.random((2, *weights.shape[:2]))
    many = measure_many(weights, internal, external)
    for row, each in enumerate(weights):
        table = measure_centrality(build_graph(each, internal[row], external[row]))
        for name in MEASURES:
            np.testing.assert_allclose(many[name][row], table[name], rtol=tolerance, atol=tolerance, err_msg=name)


def test_the_columns_are_those_of_the_table() -> None:
    table = measure_centrality(build_graph(draw_weights(1, 4, share=1)[0], np.ones(4), np.ones(4)))
    assert list(table) == list(MEASURES)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 1.0])
def test_as_one_by_one(share: float) -> None:
    """Small whole weights give many equal paths; at .1 most networks fall into several components."""
    compare_one_by_one(draw_weights(40, 11, share=share, seed=int(share * 10)))


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 7), st.floats(0.1, 1))
def test_as_one_by_one_at_random(seed: int, n: int, share: float) -> None:
    compare_one_by_one(draw_weights(3, n, share=share, seed=seed))


def test_star_by_hand() -> None:
    weights = np.zeros((1, 5, 5))
    weights[0, 0, 1:] = weights[0, 1:, 0] = 2.0
    scores = measure_many(weights, np.zeros((1, 5)), np.zeros((1, 5)))
    assert scores["betweenness"][0].tolist() == [1, 0, 0, 0, 0]
    assert scores["closeness"][0].tolist() == pytest.approx([2, *[(2 + 3 * 1) / 4] * 4])
    assert scores["eigenvector"][0].tolist() == pytest.approx([1, *[0.5] * 4], abs=1e-12)
    assert scores["degree"][0].tolist() == [4, 1, 1, 1, 1]
    assert scores["external_share"][0].tolist() == [1] * 5


def test_two_equal_components_are_both_scored() -> None:
    weights = np.zeros((1, 5, 5))
    for a, b in ((0, 1), (2, 3)):
        weights[0, a, b] = weights[0, b, a] = 3.0
    scores = measure_many(weights, np.zeros((1, 5)), np.zeros((1, 5)))
    assert scores["eigenvector"][0].tolist() == [1, 1, 1, 1, 0]
    assert np.isnan(scores["external_share"][0, 4])
    assert np.isfinite(scores["external_share"][0, :4]).all()


def test_a_second_eigenvalue_close_to_the_first() -> None:
    """Two cliques and one thin bridge: squaring does not settle, the exact solver must take over."""
    weights = np.zeros((12, 12))
    weights[:6, :6] = weights[6:, 6:] = 1.0
    weights[0, 6] = weights[6, 0] = 1e-4
    weights[0, 1] = weights[1, 0] = 1.01
    np.fill_diagonal(weights, 0)
    compare_one_by_one(weights[None], tolerance=1e-9)


def test_sums_of_fractions_are_equal_paths() -> None:
    """0.1 + 0.2 and 0.3: the direct link and the way round are equally short."""
    weights = np.zeros((1, 3, 3))
    for a, b, length in ((0, 1, 0.1), (1, 2, 0.2), (0, 2, 0.3)):
        weights[0, a, b] = weights[0, b, a] = 1 / length
    found = measure_betweenness(weights, measure_path_lengths(weights))
    assert found[0].tolist() == [0, 1, 0]


@pytest.mark.parametrize("directed", [False, True])
def test_directed_networks_as_one_by_one(directed: bool) -> None:
    rng = np.random.default_rng(5)
    weights = rng.integers(1, 4, (6, 9, 9)) * (rng.random((6, 9, 9)) < 0.3).astype(float)
    weights[:, range(9), range(9)] = 0
    weights = weights if directed else weights + weights.transpose(0, 2, 1)
    around = np.ones((6, 9))
    families = ["centrality", "opsahl", "cores", "structural_holes"]
    many = measure_batch(choose_measures(families), Batch(weights, directed, around, around))
    for row, each in enumerate(weights):
        network = nx.from_numpy_array(each, create_using=nx.DiGraph if directed else nx.Graph)
        one = measure_positions(network, measures=families)
        for name in one.columns.drop("external_share"):
            np.testing.assert_allclose(many[name][row], one[name], rtol=1e-9, atol=1e-12, err_msg=name)


@settings(deadline=None, max_examples=40)
@given(networks(lengths=True))
def test_sparse_weights_of_a_large_network_give_the_same(network: nx.Graph) -> None:
    dense = measure_positions(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis.scores.batch, "DENSE", 0)
        pd.testing.assert_frame_equal(measure_positions(network), dense, rtol=1e-9, atol=1e-12)


def test_spillover_on_sparse_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nx.DiGraph([(0, 1), (1, 0), (1, 2)])
    table = pd.DataFrame({"code": [0, 1, 2], "year": 2020, "x": [1.0, 2, 4]})
    dense = measure_spillover(network, table, column="x", year=2020)
    monkeypatch.setattr(analysis.scores.batch, "DENSE", 0)
    pd.testing.assert_frame_equal(measure_spillover(network, table, column="x", year=2020), dense, rtol=1e-12)


def test_many_parts_and_none() -> None:
    """More networks than are in work at once; and no network, no region."""
    weights = draw_weights(700, 10, share=0.4)
    every = measure_many(weights, np.ones((700, 10)), np.ones((700, 10)))
    alone = measure_many(weights[650:651], np.ones((1, 10)), np.ones((1, 10)))
    for name in MEASURES:
        np.testing.assert_allclose(every[name][650], alone[name][0], rtol=1e-12)
    empty = measure_many(np.zeros((2, 0, 0)), np.zeros((2, 0)), np.zeros((2, 0)))
    assert {name: scores.shape for name, scores in empty.items()} == dict.fromkeys(MEASURES, (2, 0))


def test_weights_too_far_apart() -> None:
    weights = draw_weights(1, 4, share=1)
    weights[0, 0, 1] = weights[0, 1, 0] = 1e13
    with pytest.raises(MethodError, match="weights run from"):
        measure_many(weights, np.zeros((1, 4)), np.zeros((1, 4)))


def score_one(network: nx.Graph, community: np.ndarray, own: np.ndarray) -> pd.DataFrame:
    indicators = pd.DataFrame({"code": list(network), "year": 2020, "x": own})
    return pd.concat(
        [
            measure_opsahl(network),
            measure_cores(network),
            measure_structural_holes(network),
            measure_modules(network, dict(enumerate(community.tolist())))[["participation", "module_z"]],
            measure_spillover(network, indicators, column="x", year=2020)[["received", "given", "net", "multiplier"]],
        ],
        axis=1,
    )


def compare_wide(weights: np.ndarray, community: np.ndarray, own: np.ndarray) -> None:
    around = np.ones(weights.shape[:2])
    many = measure_wide(weights, community, own)
    assert [name for name in many if name in WIDE] == WIDE
    for row, each in enumerate(weights):
        one = score_one(build_graph(each, around[row], around[row]), community, own)
        for name in one:
            np.testing.assert_allclose(many[name][row], one[name], rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("share", [0.0, 0.15, 0.4, 1.0])
def test_wide_as_one_by_one(share: float) -> None:
    """Each column is that of the function for one network; at .15 there are isolates and several components."""
    own = np.array([3.0, np.nan, 0, 1, 2, 5, 8, 1, 1])
    compare_wide(draw_weights(12, 9, share=share, seed=int(share * 20)), np.array([0, 0, 0, 1, 1, 1, 2, 2, 3]), own)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7), st.floats(0.1, 1))
def test_wide_as_one_by_one_at_random(seed: int, n: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    weights = draw_weights(2, n, share=share, seed=seed) * rng.choice([1.0, 0.1, 1 / 3])
    compare_wide(weights, rng.integers(0, 2, n), rng.random(n))


def test_wide_star_by_hand() -> None:
    """Centre with two rays of weight 4: the centre has constraint 1/2, its rays 1; all in the 1-core."""
    weights = np.zeros((1, 3, 3))
    weights[0, 0, 1:] = weights[0, 1:, 0] = 4.0
    scores = measure_wide(weights, np.array([0, 0, 1]))
    assert scores["constraint"][0].tolist() == [0.5, 1, 1]
    assert scores["effective_size"][0].tolist() == [2, 1, 1]
    assert scores["core_number"][0].tolist() == [1, 1, 1]
    assert scores["core_strength"][0].tolist() == [4, 4, 4]
    assert scores["participation"][0].tolist() == [0.5, 0, 0]
    assert scores["opsahl_degree"][0].tolist() == pytest.approx([4, 2, 2])  # square roots of 2 x 8 and 1 x 4
    assert scores["opsahl_closeness"][0].tolist() == pytest.approx([2 / 1, 2 / 1.5, 2 / 1.5])
    assert "given" not in scores  # without an indicator nothing spills over


def test_wide_no_network_and_no_region() -> None:
    found = measure_wide(np.zeros((2, 0, 0)), np.zeros(0, dtype=np.int64), np.zeros(0))
    assert {scores.shape for scores in found.values()} == {(2, 0)}


def test_intervals_of_every_column_that_is_drawn() -> None:
    context = Context(own=np.array([1.0, 2, 3, np.nan]), labels={"community": np.array([0, 0, 1, 1])})
    measures = (*choose_measures(), SPILLOVER, SURROUNDINGS)
    table = measure_score_intervals(make_study(BY_HAND), draws=50, measures=measures, context=context)
    assert [name for name in dict.fromkeys(table["measure"]) if name in WIDE] == WIDE
    rows = table[table["measure"] == "internal"].set_index("code")
    assert rows.loc["A", "value"] == 1  # r1 holds two actors of A
    assert rows.loc["A", "low"] == 0  # and some draws do not hold it
    given = table[table["measure"] == "given"].set_index("code")
    assert np.isnan(given.loc["D", "value"])
    assert given.loc["D", "rank"] == 4
    net = table[table["measure"] == "net"]
    assert net["value"].min() < 0
    assert net.loc[net["value"].idxmin(), "rank"] > net.loc[net["value"].idxmax(), "rank"]
