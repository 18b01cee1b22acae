"""False-discovery rates."""

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from analysis.expectation.false_discovery_rate import Correction, measure_q_values
from regions import MethodError


def test_by_hand() -> None:
    # sorted .01 .02 .03 .5 -> .04 .04 .04 .5
    assert measure_q_values(np.array([0.5, 0.01, 0.03, 0.02])) == pytest.approx([0.5, 0.04, 0.04, 0.04])


def test_any_dependence_costs_the_harmonic_sum() -> None:
    q = measure_q_values(np.array([0.01, 0.2]), correction="by")
    assert q == pytest.approx([0.02 * 1.5, 0.2 * 1.5])


@pytest.mark.parametrize("correction", ["bh", "by"])
def test_agrees_with_scipy(correction: Correction) -> None:
    p = np.random.default_rng(0).uniform(size=200) ** 3
    assert measure_q_values(p, correction=correction) == pytest.approx(false_discovery_control(p, method=correction))


def test_the_largest_p_is_its_own_q_to_the_last_bit() -> None:
    p = np.random.default_rng(1).uniform(size=276)
    q = measure_q_values(p)
    assert q[p.argmax()] == p.max()
    assert (q >= p).all()


def test_missing_tests_do_not_count() -> None:
    q = measure_q_values(np.array([0.01, np.nan, 0.2]))
    assert q[[0, 2]] == pytest.approx([0.02, 0.2])
    assert np.isnan(q[1])
    assert measure_q_values(np.array([0.01, None, 0.2], dtype=object))[2] == pytest.approx(0.2)


def test_never_above_one_and_nothing_from_nothing() -> None:
    assert measure_q_values(np.array([0.9, 1.0, 0.95]), correction="by").max() == 1.0
    assert measure_q_values(np.zeros(0)).shape == (0,)


def test_p_values_of_zero_and_one_are_possible() -> None:
    assert measure_q_values(np.array([0.0, 1.0])).tolist() == [0, 1]


def test_equal_p_values_have_one_q() -> None:
    assert measure_q_values(np.array([0.1, 0.02, 0.1, 0.02])) == pytest.approx([0.1, 0.04, 0.1, 0.04])


@pytest.mark.parametrize("p", [-0.1, -1e-9, 1 + 1e-9, 1.2, 3.0])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(MethodError, match=r"^p-values must lie between 0 and 1$"):
        measure_q_values(np.array([0.5, p]))


def test_an_unknown_correction_is_refused() -> None:
    with pytest.raises(MethodError, match=r"^correction must be one of bh, by; got 'holm'$"):
        measure_q_values(np.array([0.5]), correction="holm")  # type: ignore[arg-type]


def test_false_discoveries_stay_at_the_promised_share() -> None:
    rng = np.random.default_rng(2)
    shares = []
    for _ in range(200):
        p = np.r_[rng.uniform(size=180), rng.beta(0.05, 5, 20)]
        found = measure_q_values(p) < 0.1
        shares.append(found[:180].sum() / max(found.sum(), 1))
    assert np.mean(shares) == pytest.approx(0.09, abs=0.025)  # .1 x 180/200; four standard errors
