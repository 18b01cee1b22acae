"""The gravity model: recovered, honest, on real data."""

import copy

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from gravity_samples import fit_embedded, make_study, simulate

from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import MethodError, load_study

ENDS = ("source", "target")


def test_coefficients_and_dispersion_are_recovered() -> None:
    study, distances = make_study(60)
    fit = fit_gravity(study, simulate(study, distances, alpha=0.4, seed=1), distances)
    table = fit.model.coefficients
    truth = pd.Series({"ln_distance": -0.8, "contiguous": 0.0, "different_parent": -0.4})
    assert list(table.index) == list(truth.index)
    assert (((table["estimate"] - truth) / table["error"]).abs() < 3).all()
    assert fit.model.dispersion == pytest.approx(0.4, abs=0.1)
    assert table.loc["different_parent", "percent"] == pytest.approx(
        100 * np.expm1(table.loc["different_parent", "estimate"])
    )


def test_errors_and_intervals_are_those_of_the_model() -> None:
    """By hand from the table: dummies for the regions, fitted values and the dispersion give the NB2 sandwich."""
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.5, seed=11)
    for family in ("ppml", "nb2"):
        fit = fit_gravity(study, network, distances, options=GravityOptions(family=family))  # type: ignore[arg-type]
        ends = [pd.get_dummies(fit.table[end]).reindex(columns=study.regions.index, fill_value=0) for end in ENDS]
        x = np.hstack([fit.table[list(fit.covariates)].to_numpy(dtype=float), sum(ends).to_numpy(dtype=float)])
        mu, alpha = fit.table["fitted"].to_numpy(), fit.model.dispersion
        weights = mu / (1 + alpha * mu) if family == "nb2" else mu
        inverse = np.linalg.inv(x.T @ (weights[:, None] * x))
        full = inverse if family == "nb2" else inverse @ (x.T @ ((mu + alpha * mu**2)[:, None] * x)) @ inverse
        table = fit.model.coefficients
        assert list(table.columns) == ["estimate", "error", "low", "high", "percent"]
        assert table["error"].to_numpy() == pytest.approx(np.sqrt(full.diagonal()[: len(table)]), rel=1e-8)
        assert (table["high"] - table["low"]).to_numpy() == pytest.approx(
            3.919928 * table["error"].to_numpy(), rel=1e-6
        )
        assert ((table["high"] + table["low"]) / 2).to_numpy() == pytest.approx(table["estimate"].to_numpy())


def test_the_sentence_says_the_error_of_the_table() -> None:
    fit = fit_embedded("china")
    estimate, error = fit.model.coefficients.loc["ln_distance", ["estimate", "error"]]
    assert f"elasticity of distance {estimate:.2f} ± {error:.2f};" in fit.model.describe("en")
    # the robust error, .10, is what seems right as long as the region effects are not seen to follow the noise
    assert error > 1.2 * fit.regression.errors[0]


def test_expectations_keep_the_total_of_every_region() -> None:
    study, distances = make_study(20)
    table = fit_gravity(study, simulate(study, distances, alpha=0.3, seed=2), distances).table
    for column in ("source", "target"):
        assert set(table[column]) <= set(study.regions.index)
    both = pd.concat([table, table.rename(columns={"source": "target", "target": "source"})])
    totals = both.groupby("source")[["observed", "fitted"]].sum()
    assert totals["fitted"].to_numpy() == pytest.approx(totals["observed"].to_numpy(), rel=1e-8)


def test_directed_networks_get_source_and_target_effects() -> None:
    study, distances = make_study(12)
    rng = np.random.default_rng(3)
    network = nx.DiGraph()
    network.add_nodes_from(study.regions.index)
    network.add_weighted_edges_from(
        (a, b, int(rng.poisson(3))) for a in network for b in network if a not in (b, "R003")
    )
    fit = fit_gravity(study, network, distances)
    assert fit.model.directed
    assert fit.model.pairs == 11 * 11  # R003 receives but never gives
    assert fit.model.dropped == ()
    assert fit.table.groupby("source")["fitted"].sum().to_numpy() == pytest.approx(
        fit.table.groupby("source")["observed"].sum().to_numpy()
    )
    assert "ordered pairs" in fit.model.describe("en")


def test_units_do_not_matter_to_the_fit() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=4)
    scaled = network.copy()
    for *_, data in scaled.edges(data=True):
        data["weight"] *= 0.25
    one, other = (fit_gravity(study, graph, distances) for graph in (network, scaled))
    assert other.model.unit == pytest.approx(0.25)
    assert other.model.dispersion == pytest.approx(one.model.dispersion, rel=1e-6)
    assert other.table["expected"].to_numpy() == pytest.approx(0.25 * one.table["expected"].to_numpy(), rel=1e-7)
    assert other.table["linear_error"].to_numpy() == pytest.approx(one.table["linear_error"].to_numpy(), rel=1e-6)


def test_a_saturated_model_is_refused() -> None:
    study, distances = make_study(4)
    network = nx.complete_graph(list(study.regions.index))
    with pytest.raises(MethodError, match="6 pairs of regions stand behind 6 parameters"):
        fit_gravity(study, network, distances)


def test_fewer_than_two_pairs_per_parameter_are_refused() -> None:
    """Eleven cities of the northeast have six links: 15 pairs of the 6 linked within, 9 parameters."""
    study = load_study("northeast")
    with pytest.raises(MethodError, match=r"15 pairs of regions stand behind \d parameters.*join regions") as caught:
        fit_gravity(study, build_network(study), measure_distances(study))
    assert "个参数" in caught.value.describe("zh")
    assert "15 个地区对" in caught.value.zh


def test_thin_data_are_said_to_be_thin() -> None:
    study, distances = make_study(6)
    options = GravityOptions(covariates=("ln_distance",))
    fit = fit_gravity(study, simulate(study, distances, alpha=0.3, seed=5), distances, options=options)
    assert any("barely determined" in note.en for note in fit.model.notes)


def test_an_explained_covariate_is_left_out_with_a_note() -> None:
    study, distances = make_study(20)
    lonely = distances.copy()
    lonely[:] = 1.0  # every pair equally far: the region effects explain it
    fit = fit_gravity(study, simulate(study, distances, alpha=0.3, seed=6), lonely)
    assert "ln_distance" not in fit.covariates
    assert any(note.en.startswith("ln_distance is the same for all pairs") for note in fit.model.notes)


def test_isolates_are_named_in_both_languages() -> None:
    study, distances = make_study(20)
    network = simulate(study, distances, alpha=0.3, seed=7)
    network.remove_edges_from(list(network.edges("R004")))
    model = fit_gravity(study, network, distances).model
    assert [item.code for item in model.dropped] == ["R004"]
    assert model.regions == 19
    assert "Left out: 1 regions with no link to another region of the study (R004)." in model.describe("en")
    assert "未纳入 1 个地区（与研究范围内的其他地区没有联系）：R004。" in model.describe("zh")


def test_descriptions_say_what_was_found() -> None:
    model = fit_embedded("china").model
    english, chinese = model.describe("en"), model.describe("zh")
    assert "465 unordered pairs of 31 regions" in english
    assert "elasticity of distance -0.5" in english
    assert "31 个地区、465 个无向地区对：距离弹性 -0.5" in chinese
    assert "different macro region" in english
    assert "不同大区" in chinese


def test_a_summary_is_not_copied_again_and_again() -> None:
    model = fit_embedded("china").model
    assert copy.deepcopy(model) is model


def test_provinces_distance_elasticity() -> None:
    """An independent trial fit, PPML on ln distance alone: about -0.53."""
    fit = fit_embedded("china", covariates=("ln_distance",))
    assert fit.model.pairs == 465
    assert fit.model.coefficients.loc["ln_distance", "estimate"] == pytest.approx(-0.533, abs=0.002)


def test_cities() -> None:
    model = fit_embedded("china-cities").model
    assert (model.regions, model.pairs) == (69, 2346)
    assert len(model.dropped) == 300


def test_fractional_counting_counts_events() -> None:
    full, newman = (fit_embedded("china", counting) for counting in ("full", "newman"))
    assert full.model.unit == 1.0
    assert 0.2 < newman.model.unit < 0.3
    assert newman.table["fitted"].sum() == pytest.approx(413.989, abs=5e-4)
    assert full.table["fitted"].sum() == pytest.approx(1844)
