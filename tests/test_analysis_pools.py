"""Pools of research, exposure along links, and whether linked regions grow alike."""

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring

from analysis.spillover.network_growth import measure_growth_alike
from analysis.spillover.pools import measure_exposure, measure_technological_pool
from regions.errors import MethodError

CODES = ["A", "B", "C"]


def test_the_pool_by_hand() -> None:
    """A does both fields alike, cosine 1/sqrt 2 with B and C; B and C share nothing."""
    fields = pd.DataFrame({"seeds": [2, 5, 0], "pigs": [2, 0, 1]}, index=CODES)
    found = measure_technological_pool(pd.Series([1.0, 10.0, 100.0], index=CODES), fields)
    assert found.tolist() == pytest.approx([110 / 2**0.5, 1 / 2**0.5, 1 / 2**0.5])


def test_a_region_without_fields_has_no_pool_and_adds_none() -> None:
    fields = pd.DataFrame({"seeds": [1, 1, 0]}, index=CODES)
    found = measure_technological_pool(pd.Series([1.0, 10.0, 100.0], index=CODES), fields)
    assert found.iloc[:2].tolist() == [10, 1]
    assert np.isnan(found["C"])


def test_scale_of_the_profile_plays_no_part() -> None:
    fields = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 1.0, 1.0]}, index=CODES)
    stock = pd.Series([1.0, 2.0, 3.0], index=CODES)
    one = measure_technological_pool(stock, fields)
    other = measure_technological_pool(stock, fields.mul([1, 10, 100], axis=0))
    assert one.tolist() == pytest.approx(other.tolist(), rel=1e-12)


def test_exposure_is_the_mean_of_partners() -> None:
    ring = build_ring(4)
    found = measure_exposure(pd.Series([1.0, 2.0, 3.0, 4.0], index=ring.index), ring)
    assert found.tolist() == [3.0, 2.0, 3.0, 2.0]


def test_faults_are_named() -> None:
    fields = pd.DataFrame({"seeds": [1, 1, -1]}, index=CODES)
    with pytest.raises(MethodError, match="look at: C"):
        measure_technological_pool(pd.Series([1.0, 2.0, 3.0], index=CODES), fields)
    with pytest.raises(MethodError, match="no value for B"):
        measure_exposure(pd.Series([1.0, np.nan], index=["A", "B"]), build_ring(4))


def _places(seed: int, pull: float) -> tuple[pd.Series, pd.Series, pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    n = 30
    codes = [f"R{k:02d}" for k in range(n)]
    place = rng.uniform(0, 1_000, (n, 2))
    apart = np.hypot(*(place[:, None] - place[None]).T)
    links = np.triu(rng.random((n, n)) < 0.15, 1) * 5.0
    links = links + links.T
    links[links.sum(axis=1) == 0, 0] = links[0, links.sum(axis=0) == 0] = 5.0
    np.fill_diagonal(links, 0.0)
    start = rng.standard_normal(n)
    rows = links / np.maximum(links.sum(axis=1, keepdims=True), 1)
    growth = np.linalg.solve(np.eye(n) - pull * rows, -0.3 * start + rng.standard_normal(n))
    frames = [pd.DataFrame(values, index=codes, columns=codes) for values in (links, apart)]
    return pd.Series(growth, index=codes), pd.Series(start, index=codes), frames[0], frames[1]


def test_a_pull_of_partners_is_found_where_it_is() -> None:
    found = measure_growth_alike(*_places(1, 0.8), permutations=499)
    assert found.lag.rho == pytest.approx(0.8, abs=0.25)
    assert found.lag.table.loc["rho", "low"] > 0
    assert found.pairs.table.loc["link", "estimate"] > 0
    none = measure_growth_alike(*_places(2, 0.0), permutations=199)
    assert none.lag.table.loc["rho", "low"] < 0


def test_growth_needs_all_regions_everywhere() -> None:
    growth, start, links, apart = _places(3, 0.2)
    with pytest.raises(MethodError, match="look at: R04"):
        measure_growth_alike(growth, start.drop("R04"), links, apart)
    with pytest.raises(MethodError, match="look at: tables"):
        measure_growth_alike(growth, start, links.drop(index="R04"), apart)
