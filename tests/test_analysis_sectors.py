"""Regions split into science and industry."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gravity_samples import make_study

from analysis.barriers.barriers import measure_institutional_barrier
from analysis.barriers.sectors import split_by_sector
from analysis.expectation.gravity_options import GravityOptions
from regions import MethodError, Study


def make_acting(size: int = 4) -> tuple[Study, pd.DataFrame]:
    """Give every region a university and an enterprise, the first also a government."""
    study, distances = make_study(size)
    codes = list(study.regions.index)
    kinds = {"u": "university", "e": "enterprise"}
    rows = [(f"{mark}{i}", kind, code) for i, code in enumerate(codes) for mark, kind in kinds.items()]
    actors = pd.DataFrame([*rows, ("g0", "government", codes[0])], columns=["id", "kind", "region"]).set_index("id")
    return replace(study, actors=actors, records=pd.DataFrame({"record": [], "actor": []})), distances


def with_records(study: Study, records: list[tuple[str, ...]]) -> Study:
    rows = [(str(number), actor) for number, actors in enumerate(records) for actor in actors]
    return replace(study, records=pd.DataFrame(rows, columns=["record", "actor"]))


def test_ties_stand_between_sectors_of_regions() -> None:
    study, distances = make_acting()
    found = split_by_sector(with_records(study, [("u0", "e0"), ("u0", "u1", "g0"), ("u0", "e1")]), distances)
    weights = {frozenset((a, b)): data["weight"] for a, b, data in found.network.edges(data=True)}
    assert weights == {
        frozenset(("R000:science", "R000:industry")): 1,
        frozenset(("R000:science", "R001:science")): 1,
        frozenset(("R000:science", "R001:industry")): 1,
    }
    assert list(found.network) == list(found.study.regions.index)
    assert found.study.borders == ("parent", "sector")


def test_other_kinds_count_in_what_a_tie_weighs() -> None:
    study, distances = make_acting()
    found = split_by_sector(with_records(study, [("u0", "u1", "g0")]), distances, counting="newman")
    assert found.network.edges["R000:science", "R001:science"]["weight"] == 0.5


def test_distances_and_neighbours_are_those_of_the_regions() -> None:
    study, distances = make_acting()
    found = split_by_sector(with_records(study, [("u0", "e1")]), distances)
    assert found.distances.loc["R000:science", "R000:industry"] == 0
    assert found.distances.loc["R000:science", "R002:industry"] == distances.loc["R000", "R002"]
    assert found.study.neighbours is not None
    ends = set(zip(found.study.neighbours["source"], found.study.neighbours["target"], strict=True))
    assert {("R000:science", "R001:industry"), ("R000:industry", "R001:industry")} <= ends
    same = found.dyadic.set_index(["source", "target"])["same_region"]
    assert same.sum() == 4
    assert same["R000:industry", "R000:science"] == 1


def test_one_side_is_no_fence() -> None:
    study, distances = make_acting()
    assert study.actors is not None
    science = replace(study, actors=study.actors[study.actors["kind"] != "enterprise"])
    with pytest.raises(MethodError, match="no actors of industry"):
        split_by_sector(science, distances)
    with pytest.raises(MethodError, match="has no records of actors"):
        split_by_sector(replace(study, records=None), distances)


def test_a_planted_fence_is_recovered_though_industry_is_smaller() -> None:
    """Crossing halves collaboration; enterprises have a third of the ties of universities."""
    study, distances = make_acting(16)
    rng = np.random.default_rng(2)
    sizes = {"u": 1.0, "e": 1 / 3}
    names = [f"{mark}{i}" for i in range(16) for mark in sizes]
    place = distances.to_numpy()
    records = []
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            i, j = int(a[1:]), int(b[1:])
            mean = 8 * sizes[a[0]] * sizes[b[0]] * (0.5 if a[0] != b[0] else 1.0)
            mean *= 2.0 if i == j else (max(place[i, j], 1.0) / 300) ** -0.8
            records += [(a, b)] * rng.poisson(mean)
    found = measure_institutional_barrier(with_records(study, records), distances)
    row = found.loc["different_sector"]
    assert row["low"] < np.log(0.5) < row["high"]
    assert row["error"] < 0.15
    assert row["lost"] > row["lost_conditional"] > 0
    options = GravityOptions(covariates=("ln_distance",))
    alone = measure_institutional_barrier(with_records(study, records), distances, options=options)
    assert list(alone.index) == ["different_sector"]
    assert alone.loc["different_sector", "estimate"] == pytest.approx(row["estimate"], abs=0.1)
    with pytest.raises(MethodError, match="says nothing about pairs of sectors"):
        measure_institutional_barrier(
            with_records(study, records), distances, options=GravityOptions(dyadic=pd.DataFrame())
        )
