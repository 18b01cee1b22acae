"""Masses instead of region effects."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study

from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.masses import read_masses
from analysis.loglinear.covariance import measure_model_errors
from regions import MethodError


def make_indicators() -> pd.DataFrame:
    codes = ["R000", "R001", "R002"]
    rows = [(code, year, 10.0 * i + year) for year in (2020, 2021) for i, code in enumerate(codes)]
    table = pd.DataFrame(rows, columns=["code", "year", "gdp"])
    table.loc[len(table)] = ["R000", 2022, 1.0]
    return table


def test_the_latest_year_that_most_regions_have() -> None:
    study = replace(make_study(4)[0], indicators=make_indicators(), indicator="gdp")
    assert read_masses(study, None, codes=["R000", "R002"]).tolist() == [2021.0, 2041.0]


def test_masses_of_the_user() -> None:
    study, _ = make_study(4)
    assert read_masses(study, pd.Series({"R001": 2.0, "R000": 1.0}), codes=["R000", "R001"]).tolist() == [1.0, 2.0]


def test_missing_masses_are_refused() -> None:
    study, _ = make_study(4)
    with pytest.raises(MethodError, match=r"1 regions have no mass > 0 \(R001\)"):
        read_masses(study, pd.Series({"R001": 0.0, "R000": 1.0}), codes=["R000", "R001"])
    with pytest.raises(MethodError, match="names no indicator"):
        read_masses(study, None, codes=["R000"])
    with pytest.raises(MethodError, match="no indicator is named 'gdp'; there are: none"):
        read_masses(study, "gdp", codes=["R000"])
    with pytest.raises(MethodError, match="has no value for any region"):
        read_masses(replace(study, indicators=make_indicators()), "gdp", codes=["R003"])


@pytest.mark.parametrize("directed", [False, True])
def test_elasticities_of_masses_are_recovered(*, directed: bool) -> None:
    study, distances = make_study(30)
    rng = np.random.default_rng(4)
    codes = list(study.regions.index)
    mass = pd.Series(np.exp(rng.normal(0, 1, 30)), index=codes)
    network: nx.Graph = nx.DiGraph() if directed else nx.Graph()
    network.add_nodes_from(codes)
    for a in codes:
        for b in codes:
            if a != b and (directed or a < b):
                mean = 8 * mass[a] ** 0.8 * mass[b] ** (0.5 if directed else 0.8) / (distances.loc[a, b] / 300) ** 0.7
                if count := rng.poisson(mean):
                    network.add_edge(a, b, weight=int(count), count=int(count))
    fit = fit_gravity(study, network, distances, options=GravityOptions(effects="mass", mass=mass))
    table = fit.model.coefficients
    truth = {"ln_mass_source": 0.8, "ln_mass_target": 0.5} if directed else {"ln_mass": 0.8}
    for name, value in {**truth, "ln_distance": -0.7}.items():
        assert abs(table.loc[name, "estimate"] - value) < 4 * table.loc[name, "error"]
    assert "constant" not in table.index
    assert "constant" not in fit.covariates
    assert fit.model.parameters == len(table) + 1


def test_without_region_effects_pairs_of_a_region_are_not_alone() -> None:
    """Regions differ in more than their mass: the error is then the dyadic-cluster-robust one where it is larger."""
    fit = fit_embedded("china", effects="mass")
    names = list(fit.regression.names)
    dyadic = np.sqrt(fit.regression.clustered.diagonal())  # type: ignore[union-attr]
    model = measure_model_errors(fit.regression.design, fit.regression.mean.eta, alpha=fit.model.dispersion)
    for name, error in fit.model.coefficients["error"].items():
        place = names.index(str(name))
        assert error == pytest.approx(max(dyadic[place], model[place]))
    assert (dyadic > model).any()
    assert (model > dyadic).any()


def test_provinces_by_their_research_spending() -> None:
    model = fit_embedded("china", effects="mass").model
    assert model.effects == "mass"
    assert 0 < model.coefficients.loc["ln_mass", "estimate"] < 1
    assert model.pseudo_r2 < fit_embedded("china").model.pseudo_r2
    assert "one effect per region" not in model.describe("en")


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"family": "ols"}, "family must be one of ppml, nb2; got 'ols'"),
        ({"effects": "none"}, "effects must be one of region, mass"),
        ({"mass": "gdp"}, 'a mass needs effects="mass"'),
        ({"covariates": "ln_distance"}, "covariates must be a sequence of names"),
    ],
)
def test_impossible_options_are_refused(choices: dict[str, str], words: str) -> None:
    with pytest.raises(MethodError, match=words):
        GravityOptions(**choices)  # type: ignore[arg-type]
