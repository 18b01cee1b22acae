"""Owners of actors as layers of the network and as a fence between them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from actor_samples import make_study

import geodata
from analysis import build_layers, build_network, measure_institutional_barrier
from regions import MethodError, Study


def with_owners(study: Study, owners: list[str]) -> Study:
    assert study.actors is not None
    return replace(study, actors=study.actors.assign(ownership=owners[: len(study.actors)]))


def test_layers_of_owners_add_up_to_the_whole_network() -> None:
    study = make_study()
    assert study.actors is not None
    owners = [("state", "private", "")[place % 3] for place in range(len(study.actors))]
    owned = with_owners(study, owners)
    layers = build_layers(owned, "ownership")
    assert list(layers) == ["private", "state", "cross-ownership", "other"]
    whole = build_network(owned, source="records")
    assert sum(layer.size("weight") for layer in layers.values()) == pytest.approx(whole.size("weight"))
    assert all(set(layer) == set(whole) for layer in layers.values())


def test_one_owner_has_no_fence_and_no_column_has_no_layers() -> None:
    study = make_study()
    with pytest.raises(MethodError, match="two owners"):
        build_layers(study, "ownership")
    assert study.actors is not None
    with pytest.raises(MethodError, match="two owners"):
        measure_institutional_barrier(
            with_owners(study, ["state"] * len(study.actors)), geodata.measure_distances(study), by="ownership"
        )


def make_fenced_study(size: int = 12, ratio: int = 4) -> Study:
    """Lay cities on a line, a state and a private firm in each: a link between unlike owners is rarer by ``ratio``."""
    codes = [f"C{i:02d}" for i in range(size)]
    regions = pd.DataFrame(
        {"name": codes, "name_zh": codes, "level": "", "parent": "", "lon": np.arange(size) * 1.0, "lat": 30.0},
        index=pd.Index(codes, name="code"),
    ).assign(capital_lon=np.nan, capital_lat=np.nan)
    actors = pd.DataFrame(
        [(f"{owner[0]}{i}", codes[i], owner) for i in range(size) for owner in ("state", "private")],
        columns=["id", "region", "ownership"],
    ).set_index("id")
    actors = actors.assign(name=actors.index, name_zh=actors.index, kind="enterprise")
    rows = []
    for i in range(size):
        for j in range(i + 1, size):
            for first, second in (("s", "s"), ("p", "p"), ("s", "p"), ("p", "s")):
                times = (4 if first == second else 4 // ratio) * (3 if j - i < 4 else 2)
                rows += [
                    (f"{first}{i}{second}{j}-{k}", f"{end}")
                    for k in range(times)
                    for end in (f"{first}{i}", f"{second}{j}")
                ]
    records = pd.DataFrame(rows, columns=["record", "actor"])
    base = make_study()
    unit_of = pd.Series(codes, index=pd.Index(codes, name="code"), name="unit")
    return replace(
        base,
        regions=regions,
        surroundings=regions.iloc[:0],
        unit_of=unit_of,
        actors=actors,
        records=records,
        links=None,
        groups=None,
        indicators=None,
        neighbours=None,
        borders=(),
    )


def test_the_fence_between_owners_is_found() -> None:
    """Links between unlike owners are a quarter of those between like ones: the estimate is ln 1/4."""
    study = make_fenced_study()
    found = measure_institutional_barrier(study, geodata.measure_distances(study), by="ownership")
    assert found.loc["different_ownership", "estimate"] == pytest.approx(np.log(1 / 4), abs=0.05)
    assert found.loc["different_ownership", "percent"] == pytest.approx(-75, abs=2)
