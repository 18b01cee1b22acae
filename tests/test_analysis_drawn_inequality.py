"""Inequality of many resamplings at once: the same as of each one by itself."""

import numpy as np
import pandas as pd

from analysis.inequality.drawn_inequality import count_drawn, measure_drawn, split_drawn
from analysis.inequality.inequality_indices import (
    measure_gini,
    measure_theil,
    measure_variation,
    split_gini,
    split_theil,
)
from analysis.inequality.inequality_table import WHOLE, measure_inequality

NEAR = {"rtol": 1e-9, "atol": 1e-12}


def test_each_resampling_is_the_regions_repeated_as_they_were_drawn() -> None:
    generator = np.random.default_rng(4)
    x, w = np.append(generator.lognormal(size=11).round(1), [0.0]), generator.uniform(1, 5, 12)
    groups = np.array(list("aaaabbbbbccc"))
    strata = [np.flatnonzero(groups == name) for name in "abc"]
    rows = np.concatenate([part[generator.integers(0, len(part), (30, len(part)))] for part in strata], axis=1)
    weights = w * count_drawn(rows, len(x))
    whole, parts = measure_drawn(x, weights), split_drawn(x, groups, weights)
    for place, row in enumerate(rows):
        one, own, name = x[row], w[row], groups[row]
        plain = [measure_gini(one, own), measure_theil(one, own), measure_variation(one, own)]
        np.testing.assert_allclose([whole[key][place] for key in ("gini", "theil", "cv")], plain, **NEAR)
        dagum, theil = split_gini(one, name, own), split_theil(one, name, own)
        wanted = [dagum.within, dagum.between, dagum.overlap, *theil]
        np.testing.assert_allclose([cells[place] for cells in parts.values()], wanted, **NEAR)


def test_a_resampling_of_zeros_only_has_no_inequality() -> None:
    found = measure_drawn(np.array([0.0, 0.0, 1.0]), np.array([[1.0, 2.0, 0.0], [1.0, 1.0, 1.0]]))
    assert np.isnan([cells[0] for cells in found.values()]).all()
    assert np.isfinite([cells[1] for cells in found.values()]).all()
    parts = split_drawn(np.array([0.0, 1.0, 0.0, 1.0]), np.array(list("aabb")), np.array([[2.0, 0.0, 2.0, 0.0]]))
    assert np.isnan([cells[0] for cells in parts.values()]).all()


def test_intervals_do_not_hang_on_the_number_of_draws() -> None:
    x = pd.Series(np.random.default_rng(1).lognormal(sigma=0.4, size=31))
    x.index = pd.MultiIndex.from_product([range(31), [2020]], names=["code", "year"])
    groups = pd.Series(np.arange(31) % 3, index=range(31))
    few, many = (
        measure_inequality(x, groupings={"thirds": groups}, draws=draws).set_index(["group", "index"])
        for draws in (1_000, 8_000)
    )
    width = (many["high"] - many["low"]).loc[WHOLE, "gini"]
    for end in ("low", "high"):
        assert abs(few.loc[(WHOLE, "gini"), end] - many.loc[(WHOLE, "gini"), end]) < width / 8
