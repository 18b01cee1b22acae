"""Covariates by name."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study, simulate

from analysis.expectation.covariates import list_optional
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.pairs import Pairs, build_pairs
from regions import MethodError, load_study

CODES = [f"R{i:03d}" for i in range(6)]


def build(wanted: tuple[str, ...] | None = None, dyadic: pd.DataFrame | None = None, **tables: pd.DataFrame) -> Pairs:
    study, distances = make_study(6)
    network = simulate(study, distances, alpha=0.3, seed=1, mean=2.0)
    options = GravityOptions(covariates=wanted, dyadic=dyadic)
    return build_pairs(replace(study, **tables), network, distances, options=options)


def look(pairs: Pairs, name: str, source: int, target: int) -> float:
    return float(pairs.table.set_index(["source", "target"]).loc[(CODES[source], CODES[target]), name])


def test_regions_that_share_any_group_do_not_differ() -> None:
    groups = pd.DataFrame({"group": ["delta", "delta", "belt", "belt"], "code": [CODES[i] for i in (0, 1, 1, 2)]})
    pairs = build(("ln_distance", "different_group"), groups=groups)
    assert pairs.covariates == ("ln_distance", "different_group")
    assert [look(pairs, "different_group", *ends) for ends in ((0, 1), (1, 2), (0, 2), (3, 4))] == [0, 0, 1, 1]


def test_a_table_of_pairs_gives_covariates_by_its_columns() -> None:
    i, j = np.triu_indices(6, k=1)
    table = pd.DataFrame({"source": [CODES[k] for k in j], "target": [CODES[k] for k in i], "language": i * 10.0 + j})
    pairs = build(dyadic=table)
    assert pairs.covariates == ("ln_distance", "contiguous", "different_parent", "language")
    assert look(pairs, "language", 2, 4) == 24
    with pytest.raises(MethodError, match="language is not known for 1 of 15 pairs, first R000 - R001"):
        build(dyadic=table.iloc[1:])
    with pytest.raises(MethodError, match="names R001 - R000 more than once"):
        build(dyadic=pd.concat([table, table.head(1)]))
    assert "language" not in build(("ln_distance",), dyadic=table).table


def test_unknown_names_are_answered_with_those_there_are() -> None:
    groups = pd.DataFrame({"group": ["a"], "code": ["R000"]})
    with pytest.raises(MethodError, match=r"unknown covariates tongue; .* ln_distance, contiguous, .* different_group"):
        build(("tongue",), groups=groups)
    with pytest.raises(MethodError, match="unknown covariates different_group"):
        build(("different_group",))


def test_what_a_study_could_have() -> None:
    assert list_optional(make_study(4)[0]) == []
    assert list_optional(load_study("china")) == ["different_group", "technological_distance", "actor_mix_distance"]


def test_a_region_without_known_fields_is_named() -> None:
    actors = pd.DataFrame({"kind": "university", "region": CODES[:5]}, index=pd.Index(list("abcde"), name="id"))
    with pytest.raises(MethodError, match="actor_mix_distance is not known for 1 regions: R005"):
        build(("actor_mix_distance",), actors=actors)


def test_mixes_say_that_they_contain_the_pair() -> None:
    study, distances = make_study(6)
    kinds = ["university", "enterprise", "institute"] * 2
    actors = pd.DataFrame({"kind": kinds, "region": CODES}, index=pd.Index(list("abcdef"), name="id"))
    network = simulate(study, distances, alpha=0.3, seed=1, mean=2.0)
    options = GravityOptions(covariates=("actor_mix_distance",))
    pairs = build_pairs(replace(study, actors=actors), network, distances, options=options)
    assert [look(pairs, "actor_mix_distance", *ends) for ends in ((0, 3), (0, 1))] == [0.0, 1.0]
    assert any("those of the pair itself included" in note.en for note in pairs.notes)


def test_a_recovered_covariate_of_the_user() -> None:
    study, distances = make_study(40)
    network = simulate(study, distances, alpha=0.2, seed=3, mean=2.0)
    i, j = np.triu_indices(40, k=1)
    codes = study.regions.index
    friend = np.random.default_rng(1).integers(0, 2, len(i))
    for a, b, bond in zip(i, j, friend, strict=True):
        if bond and network.has_edge(codes[a], codes[b]):
            for key in ("weight", "count"):
                network.edges[codes[a], codes[b]][key] *= 3
    table = pd.DataFrame({"source": codes[i], "target": codes[j], "friend": friend})
    found = fit_gravity(study, network, distances, options=GravityOptions(dyadic=table)).model.coefficients.loc[
        "friend"
    ]
    assert found["estimate"] == pytest.approx(np.log(3), abs=3 * found["error"])
