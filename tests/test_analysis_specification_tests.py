"""Lagrange multiplier tests and likelihood ratios: against other programs, by property, at the edges."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring, read_columbus, read_expected, read_panel

from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import fit_spatial
from analysis.spatial.specification_tests import measure_lagrange, measure_likelihood_ratio
from regions.errors import MethodError

Golden = Callable[[str], Path]
_NAMES = {
    "error": "LM_error",
    "lag": "LM_lag",
    "robust_error": "robust_LM_error",
    "robust_lag": "robust_LM_lag",
    "both": "SARMA",
}


def test_columbus_agrees_with_spdep(golden: Golden) -> None:
    """Spdep and spreg agree to 2e-13; printed to ten digits."""
    table, weights = read_columbus(golden)
    found = measure_lagrange(table, weights, y="CRIME", x=["INC", "HOVAL"])
    wanted = [5.723130946, 9.363683566, 0.07949492913, 3.720047549, 9.443178495]
    assert found["statistic"].tolist() == pytest.approx(wanted, rel=1e-9)
    p = [0.01674284868, 0.002213269007, 0.7779830373, 0.05376283995, 0.008901021377]
    assert found["p"].tolist() == pytest.approx(p, rel=1e-9)


def test_panels_agree_with_dummies(golden: Golden) -> None:
    """Spdep on regressions with dummies, where it was run; pooled needs none."""
    expected = read_expected(golden)["lm_panel"]
    effects: dict[str, Any] = {"pooled": "none", "individual": "region", "time": "year", "twoways": "both"}
    for data in ("cigar", "produc"):
        table, weights, y, x = read_panel(golden, data)
        for name, chosen in effects.items():
            wanted = expected[f"{data}.{name}"]
            wanted = wanted.get("with_dummies", wanted)
            found = measure_lagrange(table, weights, y=y, x=x, effects=chosen)["statistic"]
            assert found.to_dict() == pytest.approx({key: wanted[other] for key, other in _NAMES.items()}, rel=2e-6)


def test_the_right_test_speaks() -> None:
    weights = build_ring(40)
    lagged = simulate_spatial_panel(weights, years=10, rho=0.5, seed=1)
    found = measure_lagrange(lagged, weights, y="y", x=["x"], effects="both")
    assert found.loc["robust_lag", "p"] < 1e-4
    assert found.loc["robust_lag", "statistic"] > found.loc["robust_error", "statistic"]
    none = simulate_spatial_panel(weights, years=10, rho=0.0, seed=2)
    assert measure_lagrange(none, weights, y="y", x=["x"], effects="both").loc["both", "p"] > 0.01


def test_weights_that_link_nobody_are_refused() -> None:
    weights = build_ring(8)
    table = simulate_spatial_panel(weights, years=3, rho=0.3, seed=3)
    with pytest.raises(MethodError, match="link no two"):
        measure_lagrange(table, weights * 0, y="y", x=["x"])


def test_likelihood_ratios_of_columbus(golden: Golden) -> None:
    table, weights = read_columbus(golden)
    models: list[Any] = ["sdm", "sar", "sem", "ols"]
    fits = {model: fit_spatial(table, weights, y="CRIME", x=["INC", "HOVAL"], model=model) for model in models}
    assert measure_likelihood_ratio(fits["sdm"], fits["sar"])["statistic"] == pytest.approx(1.993832654, abs=1e-7)
    common = measure_likelihood_ratio(fits["sdm"], fits["sem"])
    assert common["statistic"] == pytest.approx(3.973916227, abs=1e-6)
    assert common["df"] == 2
    assert measure_likelihood_ratio(fits["sdm"], fits["ols"])["df"] == 3
    with pytest.raises(MethodError, match="no special case"):
        measure_likelihood_ratio(fits["sar"], fits["sem"])


def test_fits_of_other_data_are_not_compared() -> None:
    weights = build_ring(10)
    table = simulate_spatial_panel(weights, years=4, rho=0.3, seed=4)
    general = fit_spatial(table, weights, y="y", x=["x"], model="sdm", effects="both")
    other = fit_spatial(table, weights, y="y", x=["x"], model="sar", effects="region")
    with pytest.raises(MethodError, match="not fitted to the same data"):
        measure_likelihood_ratio(general, other)


def test_a_ratio_is_never_below_zero() -> None:
    weights = build_ring(10)
    table = pd.DataFrame({"code": weights.index, "x": np.arange(10.0), "y": np.sin(np.arange(10.0))})
    general = fit_spatial(table, weights, y="y", x=["x"], model="sdm")
    assert measure_likelihood_ratio(general, fit_spatial(table, weights, y="y", x=["x"]))["statistic"] >= 0
