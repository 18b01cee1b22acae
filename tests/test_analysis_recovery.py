"""Planted gaps are found, found gaps are planted, intervals hold; benchmarks/recovery.py has more networks."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.gaps.register import find_gaps

NETWORKS = 16


def find_planted(planted: float, *, dispersion: float = 0.02, seed: int = 0) -> pd.DataFrame:
    study, distances = scatter_regions(30, seed=seed)
    truth = Truth(mean=3.0, dispersion=dispersion, planted=planted)
    network = simulate_network(study, distances, truth, seed=1000 + seed)
    known = network.graph.pop("truth")[["planted", "mean"]]
    gaps = find_gaps(study, network, distances, options=GravityOptions(stability=False))
    return gaps.join(known, on=["source", "target"]).assign(seed=seed)


@cache
def find_many(planted: float, dispersion: float) -> pd.DataFrame:
    found = pd.concat([find_planted(planted, dispersion=dispersion, seed=seed) for seed in range(NETWORKS)])
    return found.assign(strong=found["grade"] == "strong")


@pytest.mark.parametrize(("planted", "power"), [(0.05, 0.9), (0.15, 0.95)])
def test_planted_gaps_are_recovered_and_few_others_are_flagged(planted: float, power: float) -> None:
    found = find_many(planted, 0.02)
    assert found.loc[found["planted"], "strong"].mean() > power
    by_seed = found.assign(false=found["strong"] & ~found["planted"]).groupby("seed")[["false", "strong"]].sum()
    # the rate promised is 5 %; the mean of 16 networks has a standard error of 1 to 2 %
    assert (by_seed["false"] / by_seed["strong"].clip(lower=1)).mean() < 0.08


@pytest.mark.parametrize(("planted", "dispersion"), [(0.0, 0.02), (0.0, 0.3), (0.15, 0.02), (0.15, 0.1)])
def test_intervals_hold_what_they_promise_with_and_without_gaps(planted: float, dispersion: float) -> None:
    """95 % of the counts of the pairs left alone, of which at least 20 links are expected."""
    found = find_many(planted, dispersion)
    plain = found[~found["planted"] & (found["mean"] > 20)]
    inside = plain["observed"].between(plain["low"], plain["high"]).mean()
    assert 0.93 < inside < 0.97


def test_networks_without_gaps_have_none() -> None:
    """Of 16 networks one or two may have a false gap at the level of 5 %."""
    found = find_many(0.0, 0.02)
    assert found.groupby("seed")["strong"].any().sum() <= 3
    assert np.isfinite(found[["expected", "low", "high", "p", "q"]].to_numpy()).all()
