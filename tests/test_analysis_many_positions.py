import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_samples import BY_HAND, build_graph, draw_weights, make_study

from analysis.inference.bootstrap import measure_score_intervals
from analysis.roles.holes import measure_holes
from analysis.roles.many_positions import Fixed, build_scorer
from analysis.roles.modules import measure_modules
from analysis.scores.cores import measure_cores
from analysis.scores.many_scores import MEASURES
from analysis.scores.opsahl import measure_opsahl
from analysis.scores.spillover import measure_spillover

WIDE = [
    *MEASURES,
    *("opsahl_degree", "opsahl_betweenness", "opsahl_closeness", "core_number", "core_strength"),
    *("constraint", "effective_size", "efficiency", "participation", "module_z"),
    *("received", "given", "net", "multiplier", "internal", "external"),
]


def score_one(network: nx.Graph, community: np.ndarray, own: np.ndarray) -> pd.DataFrame:
    indicators = pd.DataFrame({"code": list(network), "year": 2020, "x": own})
    return pd.concat(
        [
            measure_opsahl(network),
            measure_cores(network),
            measure_holes(network),
            measure_modules(network, dict(enumerate(community.tolist())))[["participation", "module_z"]],
            measure_spillover(network, indicators, column="x", year=2020)[["received", "given", "net", "multiplier"]],
        ],
        axis=1,
    )


def compare_one_by_one(weights: np.ndarray, community: np.ndarray, own: np.ndarray) -> None:
    around = np.ones(weights.shape[:2])
    many = build_scorer(Fixed(community, own))(weights, around, around)
    assert list(many) == WIDE
    for row, each in enumerate(weights):
        one = score_one(build_graph(each, around[row], around[row]), community, own)
        for name in one:
            np.testing.assert_allclose(many[name][row], one[name], rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("share", [0.0, 0.15, 0.4, 1.0])
def test_as_one_by_one(share: float) -> None:
    """Each column is that of the function for one network; at .15 there are isolates and several components."""
    own = np.array([3.0, np.nan, 0, 1, 2, 5, 8, 1, 1])
    compare_one_by_one(
        draw_weights(12, 9, share=share, seed=int(share * 20)), np.array([0, 0, 0, 1, 1, 1, 2, 2, 3]), own
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7), st.floats(0.1, 1))
def test_as_one_by_one_at_random(seed: int, n: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    weights = draw_weights(2, n, share=share, seed=seed) * rng.choice([1.0, 0.1, 1 / 3])
    compare_one_by_one(weights, rng.integers(0, 2, n), rng.random(n))


def test_star_by_hand() -> None:
    """Centre with two rays of weight 4: the centre has constraint 1/2, its rays 1; all in the 1-core."""
    weights = np.zeros((1, 3, 3))
    weights[0, 0, 1:] = weights[0, 1:, 0] = 4.0
    scores = build_scorer(Fixed(np.array([0, 0, 1])))(weights, np.zeros((1, 3)), np.zeros((1, 3)))
    assert scores["constraint"][0].tolist() == [0.5, 1, 1]
    assert scores["effective_size"][0].tolist() == [2, 1, 1]
    assert scores["core_number"][0].tolist() == [1, 1, 1]
    assert scores["core_strength"][0].tolist() == [4, 4, 4]
    assert scores["participation"][0].tolist() == [0.5, 0, 0]
    assert scores["opsahl_degree"][0].tolist() == pytest.approx([4, 2, 2])  # square roots of 2 x 8 and 1 x 4
    assert scores["opsahl_closeness"][0].tolist() == pytest.approx([2 / 1, 2 / 1.5, 2 / 1.5])
    assert "given" not in scores  # without an indicator nothing spills over


def test_no_network_and_no_region() -> None:
    scorer = build_scorer(Fixed(np.zeros(0, dtype=np.int64), np.zeros(0)))
    found = scorer(np.zeros((2, 0, 0)), np.zeros((2, 0)), np.zeros((2, 0)))
    assert {scores.shape for scores in found.values()} == {(2, 0)}


def test_intervals_of_every_column_of_the_scorer() -> None:
    scorer = build_scorer(Fixed(np.array([0, 0, 1, 1]), np.array([1.0, 2, 3, np.nan])))
    table = measure_score_intervals(make_study(BY_HAND), replicates=50, scorer=scorer)
    assert list(dict.fromkeys(table["measure"])) == WIDE
    rows = table[table["measure"] == "internal"].set_index("code")
    assert rows.loc["A", "value"] == 1  # r1 holds two actors of A
    assert rows.loc["A", "low"] == 0  # and some draws do not hold it
    given = table[table["measure"] == "given"].set_index("code")
    assert np.isnan(given.loc["D", "value"])
    assert given.loc["D", "rank"] == 4
    net = table[table["measure"] == "net"]
    assert net["value"].min() < 0
    assert net.loc[net["value"].idxmin(), "rank"] > net.loc[net["value"].idxmax(), "rank"]
