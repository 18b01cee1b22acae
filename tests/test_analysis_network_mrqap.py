"""MRQAP of a network by names of predictors: what the tables hold, what is left out, and a known effect."""

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.inference.network_mrqap import list_predictors, measure_network_mrqap
from regions import MethodError, Study, load_study

N = 16


@pytest.fixture(scope="module")
def sample() -> tuple[Study, nx.Graph, pd.DataFrame]:
    study, km = scatter_regions(N)
    return study, simulate_network(study, km, Truth(), seed=1), km


def test_named_predictors_are_the_regression_of_their_columns(sample: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = sample
    found = measure_network_mrqap(study, network, km, on=["ln_distance", "same_parent"], permutations=49)
    codes, parent = list(study.regions.index), study.regions["parent"]
    rows, columns = np.triu_indices(N, 1)
    weight = nx.to_numpy_array(network, nodelist=codes)[rows, columns]
    x = np.column_stack(
        [
            np.ones(len(rows)),
            np.log(np.maximum(km.to_numpy()[rows, columns], 1.0)),
            parent.to_numpy()[rows] == parent.to_numpy()[columns],
        ]
    )
    b = np.linalg.lstsq(x, np.log1p(weight), rcond=None)[0]
    np.testing.assert_allclose([found.fit.constant, *found.table["estimate"]], b, rtol=1e-9)
    scale = x[:, 1:].std(axis=0) / np.log1p(weight).std()
    np.testing.assert_allclose(found.table["standardised"], b[1:] * scale, rtol=1e-9)
    alone = [np.corrcoef(x[:, k], np.log1p(weight))[0, 1] for k in (1, 2)]
    np.testing.assert_allclose(found.table["correlation"], alone, rtol=1e-9)
    assert found.table.loc["ln_distance", "p"] == 0.02  # the simulated effect of distance: no rearrangement is as far
    assert (found.regions, found.notes) == (N, ())


def test_outcomes_differ(sample: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = sample
    fits = [
        measure_network_mrqap(study, network, km, on=["ln_distance"], outcome=outcome, permutations=9).table
        for outcome in ("weight", "ln_weight", "linked")
    ]
    assert len({round(float(fit["estimate"].iloc[0]), 9) for fit in fits}) == 3


def test_unknown_pairs_and_unlinked_regions_are_counted(sample: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = sample
    codes = list(study.regions.index)
    lone = nx.Graph(network)
    lone.remove_edges_from(list(lone.edges(codes[0])))
    ends = [(codes[i], codes[j]) for i in range(2, N) for j in range(2, i)]
    dyads = pd.DataFrame(ends, columns=["source", "target"]).assign(minutes=np.arange(10.0, 10.0 + len(ends)))
    known = replace(study, dyads=dyads)
    found = measure_network_mrqap(known, lone, km, on=["minutes", "ln_distance"], permutations=19)
    assert found.fit.pairs == len(ends)
    assert found.regions == N - 2
    assert [note.en for note in found.notes] == [
        "1 region(s) without a link are left out",
        "1 regions of which no pair is known by every measure are left out",
    ]
    fewer = replace(study, dyads=dyads.iloc[:-5])
    notes = measure_network_mrqap(fewer, lone, km, on=["minutes"], permutations=19).notes
    assert notes[-1].en == "5 of 91 pairs are not known by every measure and left out"
    assert notes[-1].zh == "91 对中有 5 对缺少某项指标，未纳入"


def test_indicators_compare_two_regions(sample: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = sample
    values = np.linspace(1.0, 9.0, N)
    codes = study.regions.index
    table = pd.DataFrame({"code": codes, "year": 2020, "gdp": values})
    table = pd.concat([table, pd.DataFrame({"code": codes[:2], "year": 2021, "gdp": [100.0, 1.0]})], ignore_index=True)
    with_gdp = replace(study, indicators=table)
    found = measure_network_mrqap(with_gdp, network, km, on=["ln_ratio_gdp", "ln_product_gdp"], permutations=19)
    rows, columns = np.triu_indices(N, 1)
    ratio, product = (
        np.abs(np.log(values[rows] / values[columns])),
        np.log(values[rows] * values[columns]),
    )
    y = np.log1p(nx.to_numpy_array(network, nodelist=list(codes))[rows, columns])
    b = np.linalg.lstsq(np.column_stack([np.ones(len(rows)), ratio, product]), y, rcond=None)[0]
    np.testing.assert_allclose(found.table["estimate"], b[1:], rtol=1e-9)
    assert found.notes[0].en == "ln_ratio_gdp: gdp of 2020"  # 2021 knows two regions
    with pytest.raises(MethodError, match=r"ln_ratio_rain.*gdp"):
        measure_network_mrqap(with_gdp, network, km, on=["ln_ratio_rain"])


def test_what_cannot_be_asked_is_refused(sample: tuple[Study, nx.Graph, pd.DataFrame]) -> None:
    study, network, km = sample
    with pytest.raises(MethodError, match="unknown covariates weather"):
        measure_network_mrqap(study, network, km, on=["weather"])
    modelled = nx.Graph(network, origin="modelled")
    with pytest.raises(MethodError, match="modelled"):
        measure_network_mrqap(study, modelled, km)


def test_the_usual_predictors_of_real_studies() -> None:
    assert list_predictors(load_study("europe")) == ["ln_distance", "same_country"]
    assert list_predictors(load_study("china-cities"))[0] == "ln_distance"
