"""The size of regions in expected collaboration: effects where they can be fitted, else masses."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.expectation.size_control import SizedFit, find_centre, fit_sized_expectation
from regions import MethodError, Study
from regions.study_parts.study_masses import find_mass


def give_masses(study: Study, missing: int = 0) -> Study:
    codes = list(study.regions.index)
    size = 100.0 + 40.0 * np.arange(len(codes))
    table = pd.DataFrame({"code": codes, "year": 2020, "gdp": size})
    table.loc[len(codes) - missing :, "gdp"] = np.nan
    return replace(study, indicators=table, indicator=None)


def build_star(study: Study, km: pd.DataFrame, linked: int) -> nx.Graph:
    """Return links of the first region, as masses over distance say, to the first ``linked`` others."""
    codes = list(study.regions.index)
    network = nx.Graph()
    network.add_nodes_from(codes)
    for place, code in enumerate(codes[1 : linked + 1], start=1):
        weight = max(1.0, round(3.0 * (100.0 + 40.0 * place) / km.loc[codes[0], code]))
        network.add_edge(codes[0], code, weight=weight, count=int(weight))
    return network


@pytest.fixture(scope="module")
def star() -> tuple[Study, nx.Graph, pd.DataFrame]:
    study, km = analysis.scatter_regions(24)
    study = give_masses(study)
    return study, build_star(study, km, 19), km


def test_the_centre_is_the_region_of_every_link() -> None:
    assert find_centre(nx.Graph([("c", "a"), ("c", "b"), ("d", "c"), ("c", "c"), ("a", "a")])) == "c"
    assert find_centre(nx.Graph([("c", "a"), ("c", "b")])) is None  # a path of three is no list of one region's links
    assert find_centre(nx.Graph([("c", "a"), ("c", "b"), ("c", "d"), ("a", "b")])) is None
    assert find_centre(nx.Graph()) is None
    assert find_centre(nx.DiGraph([("a", "c"), ("b", "c"), ("d", "c")])) == "c"


def test_of_one_regions_links_masses_are_fitted_to_its_pairs_alone(star: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = star
    sized = fit_sized_expectation(study, network, km)
    table = sized.fit.table
    centre = study.regions.index[0]
    assert len(table) == 23  # pairs without a link are zeros that the list could have named
    assert ((table["source"] == centre) | (table["target"] == centre)).all()
    assert (table["observed"] == 0).sum() == 4
    assert sized.fit.model.effects == "mass"
    assert sized.note is not None
    assert "gdp 2020" in sized.note.en
    assert "只有" in sized.note.zh


def test_effects_are_refused_where_they_cannot_be_fitted_and_the_register_works_with_masses(
    star: tuple[Study, nx.Graph, pd.DataFrame],
) -> None:
    study, network, km = star
    with pytest.raises(MethodError, match="parameters"):
        fit_sized_expectation(study, network, km, size_control="effects")
    fit = fit_sized_expectation(study, network, km, size_control="mass").fit
    gaps = analysis.build_gap_register(study, network, km, fit=fit).table
    assert len(gaps) == 23
    assert gaps["expected"].notna().all()


def test_effects_are_the_rule_where_the_data_allow_them() -> None:
    study, km = analysis.scatter_regions(20)
    network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    plain = analysis.fit_expectation(study, network, km)
    for control in ("auto", "effects"):
        sized: SizedFit = fit_sized_expectation(study, network, km, size_control=control)  # type: ignore[arg-type]
        assert sized.note is None
        pd.testing.assert_frame_equal(sized.fit.table, plain.table)


def test_masses_may_be_asked_for_and_regions_without_one_are_counted() -> None:
    study, km = analysis.scatter_regions(20)
    network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    sized = fit_sized_expectation(give_masses(study, missing=3), network, km, size_control="mass")
    assert sized.fit.model.regions == 17
    assert sized.note is not None
    assert "3 region(s)" in sized.note.en


def test_a_centre_without_a_mass_is_no_obstacle(star: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = star
    assert study.indicators is not None
    bare = replace(study, indicators=study.indicators[study.indicators["code"] != study.regions.index[0]])
    first, second = (fit_sized_expectation(each, network, km).fit.table["expected"] for each in (study, bare))
    np.testing.assert_allclose(first, second, rtol=1e-6)


def test_without_effects_and_masses_both_reasons_are_said(star: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = star
    with pytest.raises(MethodError) as caught:
        fit_sized_expectation(replace(study, indicators=None), network, km)
    assert "parameters" in str(caught.value)
    assert "no indicator" in str(caught.value)
    assert "Words(" not in caught.value.describe("zh")


def test_the_mass_is_the_first_usual_indicator_that_covers_the_regions(
    star: tuple[Study, nx.Graph, pd.DataFrame],
) -> None:
    study, _, _ = star
    codes = list(study.regions.index)
    assert study.indicators is not None
    table = study.indicators.assign(rd_expenditure=np.nan, population=1.0)
    table.loc[:3, "rd_expenditure"] = 5.0
    assert find_mass(replace(study, indicators=table), codes)[0] == "gdp"
    table["rd_expenditure"] = 5.0
    assert find_mass(replace(study, indicators=table), codes)[0] == "rd_expenditure"
    assert find_mass(replace(study, indicators=table, indicator="population"), codes)[:2] == ("population", 2020)


def test_a_modelled_network_is_refused_whatever_the_control(star: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = star
    modelled = network.copy()
    modelled.graph["origin"] = "modelled"
    with pytest.raises(MethodError, match="modelled"):
        fit_sized_expectation(study, modelled, km)
