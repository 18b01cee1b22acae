"""Who could fill a stage: the parts of the score by hand, and what the Northeast is told."""

import numpy as np
import pandas as pd
import pytest
from chain_samples import make_car_members

import analysis
import geodata
from analysis.chains.chain import read_chain
from analysis.chains.fill import find_fillers, profile_regions
from analysis.chains.members import find_chain_members
from analysis.chains.presence import measure_presence
from analysis.expectation.gravity import GravityFit
from regions import Study, load_study


@pytest.fixture(scope="module")
def china() -> tuple[Study, GravityFit]:
    study = load_study("china")
    network = analysis.build_network(study)
    return study, analysis.fit_expectation(study, network, geodata.measure_distances(study))


def fill(china: tuple[Study, GravityFit], chain: str, code: str, **options: int) -> pd.DataFrame:
    study, fit = china
    members = find_chain_members(study, read_chain(study, chain))
    return find_fillers(study, members, measure_presence(study, members), fit=fit, codes=[code], **options)


def test_what_regions_do_by_label() -> None:
    study, _ = make_car_members()
    profile = profile_regions(study, read_chain(study, "car"))
    assert profile.loc["A"].to_dict() == {"(chain)|battery": 0, "(chain)|body": 3, "(chain)|car": 2, "(chain)|parts": 2}
    assert profile.loc["D"].sum() == 0


def test_other_fields_stand_beside_the_chain() -> None:
    study = load_study("china")
    profile = profile_regions(study, read_chain(study, "Rice"))
    assert "Rice|breeding" not in profile
    assert {"(chain)|breeding", "Wheat|breeding"} <= set(profile.columns)
    assert study.records is not None
    rows = len(study.records) + len(study.other_years["records"])
    assert profile.to_numpy().sum() == pytest.approx(rows, rel=1e-12)


def test_candidates_have_the_stage_and_the_region_has_not(china: tuple[Study, GravityFit]) -> None:
    study, _ = china
    members = find_chain_members(study, read_chain(study, "Rice"))
    found = fill(china, "Rice", "220000", top=99)
    present = set(zip(members.table["code"], members.table["stage"], strict=True))
    assert all((code, stage) in present for code, stage in found[["candidate", "stage"]].itertuples(index=False))
    assert all((code, stage) not in present for code, stage in found[["code", "stage"]].itertuples(index=False))
    assert list(dict.fromkeys(found["stage"])) == ["protection", "facilities", "processing", "economics"]
    assert (found.groupby("stage")["rank"].agg(list).map(lambda ranks: ranks == list(range(1, len(ranks) + 1)))).all()


def test_the_score_is_the_product_of_its_parts(china: tuple[Study, GravityFit]) -> None:
    found = fill(china, "Soybean", "210000")
    product = found["relatedness"] * found["probability"] * found["capability"]
    assert np.allclose(found["score"], product, rtol=1e-12)
    assert ((found["low"] < found["probability"]) & (found["probability"] < found["high"])).all()
    assert found["probability"].between(0, 1).all()
    assert found.groupby("stage")["score"].agg(lambda scores: scores.is_monotonic_decreasing).all()


def test_ties_are_told_from_the_intervals(china: tuple[Study, GravityFit]) -> None:
    found = fill(china, "Rice", "210000")
    for _, rows in found.groupby("stage"):
        first = rows.iloc[0]
        assert rows["tied"].tolist() == ((rows["high"] >= first["low"]) & (rows["low"] <= first["high"])).tolist()


def test_links_that_are_there_are_counted(china: tuple[Study, GravityFit]) -> None:
    study, _ = china
    members = find_chain_members(study, read_chain(study, "Rice"))
    row = fill(china, "Rice", "210000").iloc[0]
    own = set(members.table.loc[members.table["code"] == row["code"], "actor"])
    there = members.table[(members.table["code"] == row["candidate"]) & (members.table["stage"] == row["stage"])]
    pairs = members.links
    forth = pairs["source"].isin(own) & pairs["target"].isin(set(there["actor"]))
    back = pairs["target"].isin(own) & pairs["source"].isin(set(there["actor"]))
    assert row["linked"] == pairs.loc[forth | back, "weight"].sum()


def test_a_seed_gives_the_same_and_another_nearly_the_same(china: tuple[Study, GravityFit]) -> None:
    one, same, other = (fill(china, "Maize", "230000", seed=seed) for seed in (0, 0, 1))
    assert one.equals(same)
    both = one.merge(other, on=["stage", "candidate"])
    assert np.allclose(both["probability_x"], both["probability_y"], atol=0.03)


def test_a_region_without_any_of_the_chain_still_has_a_chance(china: tuple[Study, GravityFit]) -> None:
    found = fill(china, "Maize", "210000")
    assert set(found["stage"]) == {
        "breeding", "nutrition", "protection", "facilities", "cultivation", "processing", "economics",
    }  # fmt: skip
    assert (found["probability"] > 0.001).all()


def test_a_region_that_lacks_nothing_or_is_not_covered_gives_no_row(china: tuple[Study, GravityFit]) -> None:
    study, fit = china
    bare = Study.from_frames(
        regions=pd.DataFrame({"code": ["1", "2"], "name": ["One", "Two"]}),
        actors=pd.DataFrame({"id": ["a"], "name": ["a"], "region": ["1"]}),
        records=pd.DataFrame({"record": ["r"], "actor": ["a"], "stage": ["parts"]}),
        chains=pd.DataFrame({"chain": ["car"], "stage": ["parts"], "next": [""]}),
    )
    members = find_chain_members(bare, read_chain(bare, "car"))
    assert find_fillers(bare, members, measure_presence(bare, members), fit=fit).empty
    del study
