"""Draws of links between two regions: the same whatever was asked before, and the ends of their interval."""

import numpy as np
import pytest

import analysis
import geodata
from analysis.chains.link_draws import DRAWS, LinkDraws, bound_interval
from analysis.expectation.gravity import GravityFit
from regions import load_study


@pytest.fixture(scope="module")
def fit() -> GravityFit:
    study = load_study("france")
    return analysis.fit_expectation(study, analysis.build_network(study), geodata.measure_distances(study))


def test_draws_do_not_depend_on_what_was_asked_before(fit: GravityFit) -> None:
    one, other = LinkDraws(fit, seed=3), LinkDraws(fit, seed=3)
    one.draw([5, 1])
    assert np.array_equal(one.draw([2, 5]), other.draw([2, 5]))
    assert not np.array_equal(one.draw([2]), LinkDraws(fit, seed=4).draw([2]))
    assert (one.draw([0, 1, 2]) > 0).all()


def test_a_pair_is_found_in_both_directions_and_a_stranger_is_not(fit: GravityFit) -> None:
    draws = LinkDraws(fit)
    source, target = fit.table[["source", "target"]].iloc[3]
    assert fit.table[["source", "target"]].iloc[draws.find(source, target)].tolist() == [source, target]
    assert draws.find(target, source) >= 0
    assert draws.find(source, "Atlantis") == -1


def test_nothing_asked_gives_no_row(fit: GravityFit) -> None:
    assert LinkDraws(fit).draw([]).shape == (0, DRAWS)
    assert LinkDraws(fit).order([]).shape == (0, 4)


def test_the_interval_is_that_of_the_quantiles_of_all_draws(fit: GravityFit) -> None:
    draws, places = LinkDraws(fit), [0, 4, 7]
    chance = -np.expm1(-draws.draw(places) * 0.2)
    low, high = bound_interval(-np.expm1(-draws.order(places) * 0.2))
    wanted = np.quantile(chance, [0.025, 0.975], axis=1)
    assert low == pytest.approx(wanted[0], rel=1e-12)
    assert high == pytest.approx(wanted[1], rel=1e-12)
