"""A second region system, FP7 projects by country and by NUTS 2 region: gaps and borders, against statsmodels."""

import gzip
import shutil
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from conftest import DATA

from analysis.barriers.barriers import measure_barriers
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.gaps.reasons import explain_gaps
from analysis.gaps.register import find_gaps
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import Study, read_study

CARDS = {"countries": "level: country\n", "nuts2": "level: nuts2\nborders: [country, nuts1]\n"}


def open_system(name: str, folder: Path) -> tuple[Study, nx.Graph, pd.DataFrame]:
    """Write the counted links of one system as a study folder, and read it."""
    shutil.copy(DATA / "golden" / "fp7" / f"{name}_regions.csv", folder / "regions.csv")
    (folder / "links.csv").write_bytes(gzip.decompress((DATA / "golden" / "fp7" / f"{name}_links.csv.gz").read_bytes()))
    (folder / "study.yaml").write_text(f"name: fp7-{name}\n{CARDS[name]}", encoding="utf-8")
    study = read_study(folder)
    return study, build_network(study), measure_distances(study)


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, nx.Graph, pd.DataFrame]:
    return open_system("countries", tmp_path_factory.mktemp("fp7"))


@pytest.fixture(scope="module")
def nuts2(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, nx.Graph, pd.DataFrame]:
    return open_system("nuts2", tmp_path_factory.mktemp("fp7"))


def measure_errors(plain: "sm.GLM", fit: GravityFit) -> np.ndarray:
    """Return the HC1 errors of the covariates: those of statsmodels with the factor that its GLM leaves out."""
    factor = fit.model.pairs / (fit.model.pairs - fit.model.parameters)
    return np.asarray(plain.bse[: len(fit.covariates)] * np.sqrt(factor))


def measure_sandwich(plain: "sm.GLM", fit: GravityFit) -> np.ndarray:
    """Return the errors of the covariates under NB2, from the design and the fitted values of statsmodels."""
    x, mu, alpha = plain.model.exog, plain.fittedvalues, fit.model.dispersion
    inverse = np.linalg.inv(x.T @ (mu[:, None] * x))
    full = inverse @ (x.T @ ((mu + alpha * mu**2)[:, None] * x)) @ inverse
    return np.asarray(np.sqrt(full.diagonal()[: len(fit.covariates)]))


def fit_plainly(fit: GravityFit, rows: pd.DataFrame) -> "sm.GLM":
    """Fit the same pairs by a Poisson GLM with a dummy per region (both ends of a pair in one column)."""
    codes = sorted(set(rows["source"]) | set(rows["target"]))
    ends = [(rows[end].to_numpy()[:, None] == np.array(codes)).astype(float) for end in ("source", "target")]
    x = np.hstack([rows[list(fit.covariates)].to_numpy(dtype=float), ends[0] + ends[1]])
    return sm.GLM(rows["observed"].to_numpy(), x, family=sm.families.Poisson()).fit(cov_type="HC0")


def test_countries_equal_a_plain_poisson_regression(countries: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, distances = countries
    fit = fit_gravity(study, network, distances)
    assert (fit.model.regions, fit.model.pairs) == (37, 37 * 36 // 2)
    other = fit_plainly(fit, fit.table)
    k = len(fit.covariates)
    found = fit.model.coefficients
    assert found["estimate"].to_numpy() == pytest.approx(other.params[:k], abs=1e-7)
    assert fit.regression.errors == pytest.approx(measure_errors(other, fit), rel=1e-6)
    assert found["error"].to_numpy() == pytest.approx(measure_sandwich(other, fit), rel=1e-6)
    assert fit.table["fitted"].to_numpy() == pytest.approx(other.fittedvalues, rel=1e-6)


def test_countries_collaborate_less_the_farther_they_lie(countries: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    """Studies of the framework programmes find elasticities of distance of a few tenths, far below those of trade."""
    study, network, distances = countries
    fit = fit_gravity(study, network, distances)
    estimate, error = fit.model.coefficients.loc["ln_distance", ["estimate", "error"]]
    robust = fit.regression.errors[fit.regression.names.index("ln_distance")]
    assert -0.6 < estimate < -0.1
    assert estimate < -3 * robust
    # Thirty-seven countries with very unequal counts leave it uncertain: the error of the model is far larger.
    assert 4 * robust < error < -estimate / 1.96


def test_the_whole_register_of_countries(countries: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, distances = countries
    gaps = find_gaps(study, network, distances)
    reasons = explain_gaps(study, gaps)
    assert len(gaps) == 666
    assert gaps["observed"].sum() == network.size("weight")
    assert ((gaps["low"] <= gaps["observed"]) & (gaps["observed"] <= gaps["high"])).mean() > 0.9
    assert gaps["stability"].between(0, 1).all()
    assert reasons["reason"].str.startswith("Expected").sum() == (gaps["gap"] > 0).sum()
    assert not reasons["reason"].str.contains("province|China").any()


def test_borders_inside_and_between_countries(nuts2: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    """Projects need partners in three countries, so the border between countries costs next to nothing or pays.

    Either border moves expected collaboration by less than half; both intervals are narrower than that.
    """
    study, network, distances = nuts2
    fit = fit_gravity(study, network, distances)
    borders = measure_barriers(fit)
    assert list(borders.index) == ["different_country", "different_nuts1"]
    assert borders["percent"].between(-50, 50).all()
    assert (borders["percent_high"] - borders["percent_low"] < 100).all()
    same = study.regions.loc[fit.table["source"], "country"].to_numpy() == (
        study.regions.loc[fit.table["target"], "country"].to_numpy()
    )
    assert borders.loc["different_country", "pairs"] == (~same).sum()
    across = fit.table.loc[~same, "fitted"].sum()
    b = fit.model.coefficients.loc["different_country", "estimate"]
    assert borders.loc["different_country", "lost"] == pytest.approx(across * (np.exp(-b) - 1))


def test_regions_of_one_country_equal_a_plain_poisson_regression(nuts2: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    """Germany alone: the border that is left is the one between its states."""
    study, network, distances = nuts2
    german = [code for code in network if code.startswith("DE")]
    fit = fit_gravity(study, network.subgraph(german), distances)
    assert "different_nuts1" in fit.covariates
    assert "different_country" not in fit.covariates
    other = fit_plainly(fit, fit.table)
    k = len(fit.covariates)
    assert fit.model.coefficients["estimate"].to_numpy() == pytest.approx(other.params[:k], abs=1e-7)
    assert fit.regression.errors == pytest.approx(measure_errors(other, fit), rel=1e-6)
    assert fit.model.coefficients["error"].to_numpy() == pytest.approx(measure_sandwich(other, fit), rel=1e-6)


def test_the_register_of_regions(nuts2: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, distances = nuts2
    gaps = find_gaps(study, network, distances, options=GravityOptions(stability=False))
    model = gaps.attrs["model"]
    assert model.regions > 150
    assert len(gaps) == model.pairs
    assert model["calibration"][-1]["expected"] > 5 * model["calibration"][0]["expected"]
    assert model.auc > 0.8
    dropped = {item.code for item in model.dropped}
    assert dropped.isdisjoint(set(gaps["source"]) | set(gaps["target"]))
    assert len(dropped) + model.regions == len(study.regions)
