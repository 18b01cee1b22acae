"""Spatial models: by hand, at the edges, against other programs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from spatial_samples import build_ring, read_columbus, read_expected, read_panel

from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import fit_spatial
from regions.errors import MethodError

Golden = Callable[[str], Path]
_EFFECTS = {"individual": "region", "time": "year", "twoways": "both"}


def _fit(table: pd.DataFrame, weights: pd.DataFrame, key: str, **columns: Any) -> Any:
    _, model, effects, correction = key.split(".")
    corrected = "lee-yu" if correction == "leeyu" else None
    chosen: Any = {"model": model, "effects": _EFFECTS[effects], "correction": corrected}
    return fit_spatial(table, weights, **columns, **chosen)


def _agree(fit: Any, wanted: dict[str, Any], rel: float) -> None:
    assert fit.rho == pytest.approx(wanted["rho"] if "rho" in wanted else wanted["lambda"], rel=rel)
    assert fit.table.loc["rho", "error"] == pytest.approx(wanted["se_spatial"], rel=rel)
    assert fit.sigma2 == pytest.approx(wanted["sigma2"], rel=rel)
    assert fit.loglik == pytest.approx(wanted["loglik"], rel=rel)
    assert fit.coefficients.to_dict() == pytest.approx(wanted["beta"], rel=rel)
    assert fit.table["error"].drop("rho").to_dict() == pytest.approx(wanted["se_beta"], rel=rel)


def _agree_impacts(fit: Any, wanted: dict[str, Any], rel: float) -> None:
    found = fit.impacts(draws=20_000).set_index(["variable", "effect"])
    for name, of in wanted.items():
        for place, effect in enumerate(("direct", "indirect", "total")):
            row, sd = found.loc[(name, effect)], of["sd"][place]
            assert row["estimate"] == pytest.approx(of[effect], rel=rel)
            # a quantile of 20,000 draws has a standard error of .019 sd, that of 40,000 of .013
            assert row["low"] == pytest.approx(of["q025"][place], abs=0.08 * sd)
            assert row["high"] == pytest.approx(of["q975"][place], abs=0.08 * sd)


def test_the_simulated_provinces_agree_with_other_programs(golden: Golden) -> None:
    """Expected values: an independent exact implementation, spreg 1.9.1; printed to ten digits."""
    table, weights, y, x = read_panel(golden, "province31")
    for key, wanted in read_expected(golden, free=True)["province31"].items():
        if len(key.split(".")) == 3 and "direct" not in key:
            fit = _fit(table, weights, f"province31.{key}", y=y, x=x)
            _agree(fit, wanted, 2e-9)
            if "impacts" in wanted:
                _agree_impacts(fit, wanted["impacts"], 2e-9)


def test_us_panels_agree_with_other_programs(golden: Golden) -> None:
    """Expected values: splm, spatialreg, spreg and an independent implementation; printed to ten digits."""
    seen = 0
    for key, wanted in read_expected(golden)["panel"].items():
        if len(key.split(".")) == 4 and "direct" not in key:
            table, weights, y, x = read_panel(golden, key.split(".")[0])
            _agree(_fit(table, weights, key, y=y, x=x), wanted, 2e-9)
            seen += 1
    assert seen == 48


def test_columbus_agrees_with_spatialreg(golden: Golden) -> None:
    """Spatialreg stops at 1e-8 of rho: its figures are good to seven digits."""
    table, weights = read_columbus(golden)
    fits: dict[str, Any] = {}
    for model in ("sar", "sdm", "sem", "slx", "sdem"):
        chosen: Any = {"model": model}
        fits[model] = fit_spatial(table, weights, y="CRIME", x=["INC", "HOVAL"], **chosen)
    assert fits["sar"].rho == pytest.approx(0.431023202, abs=1e-8)
    assert fits["sar"].loglik == pytest.approx(-182.390427167, rel=1e-10)
    assert fits["sar"].aic == pytest.approx(374.780854334, rel=1e-10)
    assert fits["sdm"].rho == pytest.approx(0.426335520, abs=1e-7)
    assert fits["sem"].rho == pytest.approx(0.561790283, abs=1e-7)
    assert fits["sdem"].rho == pytest.approx(0.42539899, abs=1e-7)
    assert fits["slx"].rho is None
    assert fits["slx"].coefficients["W_INC"] == pytest.approx(-1.370972450, rel=1e-9)
    assert fits["slx"].table.loc["INC", "error"] == pytest.approx(0.3738126209, rel=1e-6)
    sar, sdm = (fits[name].impacts(draws=10)["estimate"].tolist() for name in ("sar", "sdm"))
    assert sar == pytest.approx([-1.0860220, -0.7270848, -1.8131068, -0.2799509, -0.1874254, -0.4673763], rel=1e-6)
    assert sdm == pytest.approx([-1.0238910, -1.4767113, -2.5006022, -0.2792275, 0.1953850, -0.0838426], rel=1e-6)


def test_without_noise_the_truth_is_found() -> None:
    weights = build_ring(12)
    rng = np.random.default_rng(1)
    x = rng.standard_normal(12)
    y = np.linalg.solve(np.eye(12) - 0.4 * weights.to_numpy(), 2 + 3 * x + 1e-6 * rng.standard_normal(12))
    fit = fit_spatial(pd.DataFrame({"code": weights.index, "x": x, "y": y}), weights, y="y", x=["x"])
    assert fit.rho == pytest.approx(0.4, abs=1e-5)
    assert fit.coefficients.to_dict() == pytest.approx({"constant": 2.0, "x": 3.0}, abs=1e-4)


def test_the_order_of_rows_and_of_weights_does_not_matter() -> None:
    weights = build_ring(9)
    table = simulate_spatial_panel(weights, years=5, rho=0.3, seed=2)
    mixed = weights.sample(frac=1, random_state=3)
    first = fit_spatial(table, weights, y="y", x=["x"], effects="both")
    second = fit_spatial(table.sample(frac=1, random_state=4), mixed[mixed.index], y="y", x=["x"], effects="both")
    assert second.rho == pytest.approx(first.rho, rel=1e-9)
    assert second.table.loc["x"].tolist() == pytest.approx(first.table.loc["x"].tolist(), rel=1e-9)


def test_a_constant_and_effects_agree_where_they_must() -> None:
    """One year of a panel with year effects is a cross-section with a constant."""
    weights = build_ring(20)
    table = simulate_spatial_panel(weights, years=1, rho=0.3, seed=5)
    plain = fit_spatial(table.drop(columns="year"), weights, y="y", x=["x"])
    year = fit_spatial(table, weights, y="y", x=["x"], effects="year", correction=None)
    assert year.rho == pytest.approx(plain.rho, rel=1e-9)
    assert year.loglik == pytest.approx(plain.loglik, rel=1e-9)
    assert "constant" not in year.coefficients


def test_correction_undoes_the_pull_of_year_effects() -> None:
    """Thirty panels, rho .4: the plain mean lies two thirds of a standard deviation below the corrected one."""
    weights = build_ring(15)
    plain, corrected, spectral = [], [], []
    uneven = pd.DataFrame(np.eye(15, k=1) + np.eye(15, k=-1), index=weights.index, columns=weights.index)
    uneven.iloc[0, 5:9] = uneven.iloc[5:9, 0] = 1.0
    uneven /= np.abs(np.linalg.eigvalsh(uneven)).max()
    for seed in range(30):
        table = simulate_spatial_panel(weights, years=8, rho=0.4, seed=seed)
        plain.append(fit_spatial(table, weights, y="y", x=["x"], effects="both", correction=None).rho)
        corrected.append(fit_spatial(table, weights, y="y", x=["x"], effects="both").rho)
        table = simulate_spatial_panel(uneven, years=8, rho=0.4, seed=seed)
        spectral.append(fit_spatial(table, uneven, y="y", x=["x"], effects="both").rho)
    assert np.mean(plain) < 0.34
    assert np.mean(corrected) == pytest.approx(0.4, abs=0.04)
    assert np.mean(spectral) == pytest.approx(0.4, abs=0.04)


def test_a_recentred_fit_stays_where_its_moments_settle() -> None:
    """Blocks of four: the smallest eigenvalue is near -1/3, so that rho could run to -3 and the series not."""
    n = 24
    block = np.kron(np.eye(n // 4), np.ones((4, 4)) - np.eye(4))
    block[0, 4:12] = block[4:12, 0] = 0.5
    codes = [f"R{k:02d}" for k in range(n)]
    weights = pd.DataFrame(block / np.abs(np.linalg.eigvalsh(block)).max(), index=codes, columns=codes)
    found = []
    for seed in range(12):
        table = simulate_spatial_panel(weights, years=8, rho=-0.3, seed=seed)
        fit = fit_spatial(table, weights, y="y", x=["x"], effects="both")
        assert fit.determinant is not None
        assert fit.determinant.low < -1.5
        found.append(fit.rho)
    assert np.mean(found) == pytest.approx(-0.3, abs=0.12)


def test_a_recentred_fit_says_that_it_is_not_the_exact_transformation() -> None:
    weights = build_ring(10)
    table = simulate_spatial_panel(weights, years=4, rho=0.3, seed=1)
    assert fit_spatial(table, weights, y="y", x=["x"], effects="both").exact
    uneven = weights.copy()
    uneven.iloc[0] *= 0.5
    assert not fit_spatial(table, uneven, y="y", x=["x"], effects="both").exact
    assert fit_spatial(table, uneven, y="y", x=["x"], effects="region").exact


def test_islands_are_kept_and_named() -> None:
    weights = build_ring(10)
    weights.iloc[3] = 0.0
    table = simulate_spatial_panel(weights, years=5, rho=0.3, seed=6)
    fit = fit_spatial(table, weights, y="y", x=["x"], effects="region", model="sdm")
    assert fit.islands == ("R03",)
    assert np.isfinite(fit.table.to_numpy()).all()


def test_robust_and_cluster_errors_are_near_the_model_where_it_holds() -> None:
    weights = build_ring(60)
    table = simulate_spatial_panel(weights, years=20, rho=0.4, seed=7)
    kinds: list[Any] = ["model", "robust", "cluster"]
    for model in ("sar", "sem", "ols"):
        chosen: Any = {"model": model, "effects": "both"}
        found = [fit_spatial(table, weights, y="y", x=["x"], errors=kind, **chosen).table["error"] for kind in kinds]
        assert found[1].tolist() == pytest.approx(found[0].tolist(), rel=0.1)
        assert found[2].tolist() == pytest.approx(found[0].tolist(), rel=0.35)


def test_unequal_variances_widen_robust_errors() -> None:
    weights = build_ring(80)
    rng = np.random.default_rng(8)
    x = rng.standard_normal(80)
    y = np.linalg.solve(np.eye(80) - 0.3 * weights.to_numpy(), x + rng.standard_normal(80) * (0.2 + x**2))
    table = pd.DataFrame({"code": weights.index, "x": x, "y": y})
    plain = fit_spatial(table, weights, y="y", x=["x"]).table.loc["x", "error"]
    robust = fit_spatial(table, weights, y="y", x=["x"], errors="robust").table.loc["x", "error"]
    assert robust > 1.3 * plain


def _damage(change: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    return change(simulate_spatial_panel(build_ring(8), years=4, rho=0.3, seed=9))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(index=[3, 12]), "2 of 32 rows are missing, such as 2010 R03, 2011 R04"),
        (lambda t: pd.concat([t, t.iloc[[5]]]), "regions stand twice: 2010 R05"),
        (lambda t: t.assign(x=t["x"].where(t.index != 9)), "1 values are missing or infinite: x R01 2011"),
        (lambda t: t.assign(y=t["y"].where(t.index != 0, np.inf)), "y R00 2010"),
        (lambda t: t.assign(x=t["year"].astype(float)), r"no variation is left in: x \(constant, or absorbed"),
        (lambda t: t.assign(x=t["code"].str[1:].astype(float)), "no variation is left in: x"),
        (lambda t: t.drop(columns="x"), "lacking: x"),
        (lambda t: t.assign(code="Q" + t["code"]), "the weights have no region QR00"),
        (lambda t: t.assign(y=1.0), "the outcome 'y' does not vary"),
    ],
)
def test_faults_of_a_panel_are_named(change: Callable[[pd.DataFrame], pd.DataFrame], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        fit_spatial(_damage(change), build_ring(8), y="y", x=["x"], effects="both")


def test_collinear_columns_are_named() -> None:
    table = _damage(lambda t: t.assign(z=2 * t["x"] + 1))
    with pytest.raises(MethodError, match="a combination of the other columns: z"):
        fit_spatial(table, build_ring(8), y="y", x=["x", "z"])


def test_explosive_data_are_refused() -> None:
    """Every region's outcome is almost the mean of its neighbours: rho would be 1."""
    weights = build_ring(30)
    x = np.cos(np.arange(30) * 2 * np.pi / 30)
    y = 1e4 * np.sin(np.arange(30) * 2 * np.pi / 30) + 1e-3 * x
    with pytest.raises(MethodError, match="explosive"):
        fit_spatial(pd.DataFrame({"code": weights.index, "x": x, "y": y + x}), weights, y="y", x=["x"])


def test_weights_without_a_cycle_are_refused() -> None:
    codes = list("ABCDEFGHIJ")
    chain = pd.DataFrame(np.eye(10, k=1), index=codes, columns=codes)
    table = pd.DataFrame({"code": codes, "x": np.arange(10.0) ** 2, "y": np.sin(np.arange(10.0))})
    with pytest.raises(MethodError, match="without a cycle"):
        fit_spatial(table, chain, y="y", x=["x"])


@pytest.mark.parametrize("wrong", [{"model": "sarma"}, {"effects": "time"}, {"correction": "leeyu"}, {"errors": "hc3"}])
def test_unknown_options_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(MethodError, match="must be one of"):
        fit_spatial(_damage(lambda t: t), build_ring(8), y="y", x=["x"], **wrong)


def test_region_effects_need_years() -> None:
    table = simulate_spatial_panel(build_ring(8), years=1, rho=0.3, seed=1)
    with pytest.raises(MethodError, match="two years or more"):
        fit_spatial(table, build_ring(8), y="y", x=["x"], effects="region")


def test_many_regions_take_sparse_factors_and_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data by eigenvalues and by factors; the covariance by curvature differs a little, by design."""
    weights = build_ring(60)
    weights.iloc[0, 20], weights.iloc[20, 0] = 0.4, 0.4
    table = simulate_spatial_panel(weights, years=6, rho=0.5, seed=10)
    for model in ("sar", "sem"):
        chosen: Any = {"model": model, "effects": "both"}
        exact = fit_spatial(table, weights, y="y", x=["x"], **chosen)
        monkeypatch.setattr("analysis.spatial.log_determinant.DENSE", 10)
        monkeypatch.setattr("analysis.spatial.information.DENSE", 10)
        sparse = fit_spatial(table, weights, y="y", x=["x"], **chosen)
        monkeypatch.undo()
        assert sparse.determinant is not None
        assert sparse.determinant.eigenvalues is None
        assert sparse.rho == pytest.approx(exact.rho, rel=1e-8)
        assert sparse.loglik == pytest.approx(exact.loglik, rel=1e-9)
        assert sparse.table["error"].tolist() == pytest.approx(exact.table["error"].tolist(), rel=0.05)
        if model == "sar":
            one, other = (fit.impacts(draws=500)["estimate"].tolist() for fit in (exact, sparse))
            assert other == pytest.approx(one, rel=1e-7)
