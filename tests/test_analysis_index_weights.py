"""Scales, weights and sums of a composite index, against the books."""

import numpy as np
import pytest

from analysis.composite.aggregation import aggregate_columns, measure_topsis
from analysis.composite.benefit_of_doubt import measure_benefit_of_doubt
from analysis.composite.index_weights import weigh_by_critic, weigh_by_entropy, weigh_equally
from analysis.composite.indicator_normalisation import find_constant, lift_for_products, normalise_columns
from analysis.productivity.frontier_distance import measure_efficiency
from regions.errors import MethodError

# Hwang & Yoon (1981), choice of a fighter: full digits by scikit-criteria 0.8.6 and pymcdm 1.4.0, which agree.
FIGHTER = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5.0, 5, 5],
    ]
)
# Diakoulaki et al. (1995): scikit-criteria, tests/preprocessing/test_weighters.py
FIRMS = np.array(
    [
        [61, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4, 4.12, 1.21],
        [-6.1, 3.52, 2.1],
        [-34.6, 3.31, 0.98],
    ]
)
PRINTED = 6e-9  # eight digits are printed


def test_entropy_weights_of_the_fighter() -> None:
    expected = [0.06418973, 0.20608816, 0.01344459, 0.08132563, 0.35868002, 0.27627186]
    assert weigh_by_entropy(FIGHTER) == pytest.approx(expected, abs=PRINTED)


def test_entropy_weights_by_hand() -> None:
    # p = (0, 1): e = 0; p = (1/2, 1/2): e = 1
    assert weigh_by_entropy(np.array([[0.0, 3.0], [5.0, 3.0]])).tolist() == [1.0, 0.0]


def test_entropy_takes_zeros_constants_and_gaps() -> None:
    values = np.array([[0.0, 1.0, 0.0, 0.2], [0.5, 1.0, 0.0, np.nan], [1.0, 1.0, 0.0, 0.9]])
    weights = weigh_by_entropy(values)
    assert weights[1:3].tolist() == [0.0, 0.0]
    assert weights.sum() == pytest.approx(1)
    # the fourth column has two known rows: ln n is ln 2
    p = np.array([0.2, 0.9]) / 1.1
    q = np.array([0.5, 1.0]) / 1.5
    spread = [1 + (q * np.log(q)).sum() / np.log(3), 1 + (p * np.log(p)).sum() / np.log(2)]
    assert weights[[0, 3]] == pytest.approx(np.array(spread) / sum(spread), rel=1e-9)


def test_entropy_of_a_panel_is_that_of_all_rows_together() -> None:
    year = np.array([[0.1, 0.6], [0.9, 0.7]])
    later = np.array([[0.2, 0.6], [1.0, 0.9]])
    pooled = weigh_by_entropy(np.vstack([year, later]))
    assert not np.allclose(pooled, (weigh_by_entropy(year) + weigh_by_entropy(later)) / 2)


def test_entropy_refuses_what_has_no_logarithm() -> None:
    with pytest.raises(MethodError, match="not negative"):
        weigh_by_entropy(np.array([[-1.0, 1.0], [2.0, 3.0]]))
    with pytest.raises(MethodError, match="no indicator gets a weight"):
        weigh_by_entropy(np.ones((3, 2)))


def test_critic_weights_of_the_firms() -> None:
    scaled = normalise_columns(FIRMS, np.ones(3))
    assert weigh_by_critic(scaled) == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=PRINTED)


def test_critic_turns_costs_round_first() -> None:
    scaled = normalise_columns(FIRMS, np.array([-1.0, 1.0, 1.0]))
    assert weigh_by_critic(scaled) == pytest.approx([0.21469582, 0.27721836, 0.50808582], abs=PRINTED)


def test_critic_gives_a_constant_column_nothing() -> None:
    weights = weigh_by_critic(np.column_stack([normalise_columns(FIRMS, np.ones(3)), np.full(8, 0.3)]))
    assert weights[3] == 0
    assert weights[:3] == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=PRINTED)


def test_critic_knows_no_units_of_measurement_nor_offset() -> None:
    scaled = normalise_columns(FIRMS, np.ones(3))
    plain = weigh_by_critic(scaled)
    assert weigh_by_critic(1e-7 * scaled) == pytest.approx(plain, rel=1e-9)
    assert weigh_by_critic(1e8 + scaled) == pytest.approx(plain, rel=1e-6)  # eight of sixteen digits are the offset's
    assert weigh_by_critic(scaled[::-1]) == pytest.approx(plain, rel=1e-9)
    order = [2, 0, 1]
    assert weigh_by_critic(scaled[:, order]) == pytest.approx(plain[order], rel=1e-9)


@pytest.mark.parametrize("method", ["minmax", "z", "rank", "goalposts", "vector"])
def test_scales_and_weights_know_no_units_of_measurement(method: str) -> None:
    units, directions = np.array([1e12, 1e-6, 1.0]), np.array([1.0, -1.0, 1.0])
    plain, moved = (normalise_columns(x, directions, method=method) for x in (FIRMS, FIRMS * units))  # type: ignore[arg-type]
    assert moved == pytest.approx(plain, rel=1e-9, abs=1e-12)
    positive = np.abs(FIRMS)
    assert weigh_by_entropy(positive * units) == pytest.approx(weigh_by_entropy(positive), rel=1e-9)


def test_no_weight_at_all_is_refused() -> None:
    with pytest.raises(MethodError, match="no indicator gets a weight"):
        aggregate_columns(np.ones((2, 2)), np.zeros(2))
    with pytest.raises(MethodError, match="finite values"):
        weigh_by_entropy(np.array([[1.0, np.inf], [2.0, 1.0]]))


def test_critic_of_one_column_or_of_copies_goes_by_spread() -> None:
    column = np.array([[0.0], [0.5], [1.0]])
    assert weigh_by_critic(column).tolist() == [1.0]
    assert weigh_by_critic(np.column_stack([column, column])) == pytest.approx([0.5, 0.5])


def test_equal_weights_are_equal_by_pillar() -> None:
    assert weigh_equally(["a", "b", "a", "c"]) == pytest.approx([1 / 6, 1 / 3, 1 / 6, 1 / 3])


def test_topsis_of_the_fighter() -> None:
    directions = np.array([1, 1, 1, -1, 1, 1.0])
    closeness = measure_topsis(FIGHTER, np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3]), directions)
    assert closeness == pytest.approx([0.643277, 0.26838357, 0.61354229, 0.31229107], abs=PRINTED)


def test_topsis_by_hand() -> None:
    # distances to (1, 1) and (0, 0) under equal weights: the middle is as far from both
    x = np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.5]])
    assert aggregate_columns(x, np.array([0.5, 0.5]), method="topsis").tolist() == [0.0, 1.0, 0.5]


def test_means_are_of_what_is_known() -> None:
    x = np.array([[0.2, 0.8, np.nan], [0.5, np.nan, np.nan], [np.nan, np.nan, 0.3]])
    weights = np.array([0.4, 0.4, 0.2])
    assert aggregate_columns(x, weights)[:1] == pytest.approx([0.5])
    assert np.isnan(aggregate_columns(x, weights)[1:]).tolist() == [True, True]  # .4 and .2 of the weight: under half
    assert aggregate_columns(x, weights, least=0.3)[1] == pytest.approx(0.5)
    assert aggregate_columns(x, weights, method="geometric")[0] == pytest.approx(0.4)


def test_many_weights_at_once_are_the_same_as_one_by_one() -> None:
    rng = np.random.default_rng(1)
    x, weights = rng.uniform(0.1, 1, (7, 4)), rng.uniform(0.1, 1, (5, 4))
    x[2, 1] = np.nan
    for method in ("additive", "geometric", "topsis"):
        together = aggregate_columns(x, weights, method=method)  # type: ignore[arg-type]
        single = [aggregate_columns(x, row, method=method) for row in weights]  # type: ignore[arg-type]
        assert pytest.approx(np.array(single), rel=1e-9) == together.T


def test_a_geometric_mean_refuses_zero() -> None:
    with pytest.raises(MethodError, match="positive values; 1 are 0 or less"):
        aggregate_columns(np.array([[0.0, 0.5]]), np.array([0.5, 0.5]), method="geometric")


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("minmax", [[0, 1], [0.5, 0.5], [1, 0]]),
        ("z", [[-(1.5**0.5), 1.5**0.5], [0, 0], [1.5**0.5, -(1.5**0.5)]]),
        ("rank", [[0, 1], [0.5, 0.5], [1, 0]]),
        ("vector", [[1 / 14**0.5, -1 / 14**0.5], [2 / 14**0.5, -2 / 14**0.5], [3 / 14**0.5, -3 / 14**0.5]]),
    ],
)
def test_scales_by_hand(method: str, expected: list[list[float]]) -> None:
    x = np.array([[1.0, 1], [2, 2], [3, 3]])
    scaled = normalise_columns(x, np.array([1.0, -1.0]), method=method)  # type: ignore[arg-type]
    assert scaled == pytest.approx(np.array(expected), abs=1e-12)


def test_given_goalposts_are_cut_and_others_are_percentiles() -> None:
    x = np.column_stack([np.arange(101.0), np.arange(101.0), np.arange(101.0)])
    posts = np.array([[20, 80, np.nan], [70, 30, np.nan]], dtype=float)
    scaled = normalise_columns(x, np.array([1.0, -1.0, 1.0]), method="goalposts", goalposts=posts)
    assert scaled[[0, 45, 100], 0].tolist() == [0, 0.5, 1]
    assert scaled[[0, 55, 100], 1].tolist() == [1, 0.5, 0]
    assert scaled[[5, 95], 2] == pytest.approx([0, 1])


def test_a_column_mostly_of_zeros_keeps_its_differences() -> None:
    x = np.array([[0.0]] * 40 + [[5.0]])
    assert normalise_columns(x, np.ones(1), method="goalposts").ravel().tolist() == [0.0] * 40 + [1.0]


def test_constant_columns_are_known_by_their_scale() -> None:
    x = np.array([[1e9, 0.1 + 0.2, np.nan, 1.0], [1e9 + 1, 0.3, np.nan, np.nan]])
    assert find_constant(x).tolist() == [False, True, True, True]
    assert np.isnan(normalise_columns(x, np.ones(4))[:, 1:]).all()


def test_unknown_ways_are_named() -> None:
    with pytest.raises(MethodError, match="normalisation 'log' is unknown; there are: minmax"):
        normalise_columns(FIRMS, np.ones(3), method="log")  # type: ignore[arg-type]
    with pytest.raises(MethodError, match="aggregation 'harmonic' is unknown"):
        aggregate_columns(FIRMS, np.ones(3), method="harmonic")  # type: ignore[arg-type]


def test_scales_for_products_are_positive() -> None:
    assert lift_for_products(np.array([0.0, 1.0]), "minmax").tolist() == [0.01, 1.0]
    assert lift_for_products(np.array([-2.0, 0.0]), "z").tolist() == [80.0, 100.0]


def test_benefit_of_doubt_by_hand() -> None:
    # two extreme regions are 1; the third is best where both bind: w = (1, 1)
    scores, weights = measure_benefit_of_doubt(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.3]]))
    assert scores == pytest.approx([1, 1, 0.9])
    assert weights[2] == pytest.approx([1, 1])


def test_benefit_of_doubt_is_efficiency_with_one_input_of_one() -> None:
    x = np.random.default_rng(5).uniform(0.05, 1, (15, 3))
    scores, _ = measure_benefit_of_doubt(x)
    assert scores == pytest.approx(measure_efficiency(np.ones((15, 1)), x), rel=1e-9)
    assert measure_benefit_of_doubt(x * [1e12, 1e-6, 1])[0] == pytest.approx(scores, rel=1e-9)


def test_benefit_of_doubt_with_a_least_share_is_lower() -> None:
    x = np.random.default_rng(3).uniform(0.05, 1, (12, 4))
    free, bound = (measure_benefit_of_doubt(x, least_share=share)[0] for share in (0.0, 0.2))
    assert (bound <= free + 1e-9).all()
    assert (bound < free - 1e-3).any()
    weights = measure_benefit_of_doubt(x, least_share=0.2)[1]
    assert (weights * x >= 0.2 * bound[:, None] - 1e-9).all()


def test_benefit_of_doubt_does_not_lean_on_what_is_missing() -> None:
    scores, weights = measure_benefit_of_doubt(np.array([[np.nan, 0.5], [1.0, 1.0], [np.nan, np.nan]]))
    assert scores[:2] == pytest.approx([0.5, 1])
    assert weights[0, 0] == 0
    assert np.isnan(scores[2])


def test_benefit_of_doubt_refuses_shares_that_cannot_be() -> None:
    with pytest.raises(MethodError, match=r"between 0 and 0\.500, not 0\.6"):
        measure_benefit_of_doubt(np.ones((2, 2)), least_share=0.6)
