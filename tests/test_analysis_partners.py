"""Partners: every part of the score by hand, then the embedded study."""

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from actor_samples import make_linked, make_study
from hypothesis import given
from hypothesis import strategies as st

from analysis.gaps.actor_matrices import build_actor_matrices
from analysis.gaps.actor_pairs import PARTS, _pick
from analysis.gaps.partners import find_partners, find_partners_of_many
from analysis.loglinear.tolerance import merge_ties
from regions import MethodError, Study, load_study


@pytest.fixture
def study() -> Study:
    return make_study()


@pytest.fixture
def found(study: Study) -> pd.DataFrame:
    return find_partners(study, "R1", "R2").table.set_index(["source_actor", "target_actor"])


def test_those_who_have_worked_together_are_left_out(found: pd.DataFrame) -> None:
    # 3 x 3 pairs; e1 has worked with e2 and u2
    assert len(found) == 7
    assert ("e1", "e2") not in found.index
    assert ("e1", "u2") not in found.index
    assert "7 of 9 pairs" in find_partners(make_study(), "R1", "R2").note.en


def test_the_parts_by_hand(found: pd.DataFrame) -> None:
    pair = found.loc[("u1", "u2")]
    # u1 does rice only; u2 rice 1/3 and wheat 2/3
    assert pair["shared_fields"] == pytest.approx((1 / 3) / sqrt(5 / 9))
    assert pair["acquaintance"] == pytest.approx(1 / log(2))  # u3 has two partners
    assert pair["common_partners"] == 1
    assert pair["capacity"] == pytest.approx(sqrt(1 * 3))
    assert (pair["source_records"], pair["target_records"]) == (1, 3)
    assert found.loc[("i1", "u2"), "acquaintance"] == pytest.approx(1 / log(3))  # e1 has three
    assert found.loc[("u1", "g2"), "acquaintance"] == 0
    assert found.loc[("u1", "u2"), "path"] == "science"
    assert found.loc[("i1", "e2"), "path"] == "science-industry"
    assert found.loc[("u1", "g2"), "path"] == ""


def test_complementary_fields_by_hand(study: Study) -> None:
    actors = build_actor_matrices(study)
    related = np.array([[0, 0.5, 0.25], [0.5, 0, 0.1], [0.25, 0.1, 0]])  # pig, rice, wheat
    found = find_partners(study, "R1", "R2", matrices=replace(actors, related=related)).table
    pair = found.set_index(["source_actor", "target_actor"]).loc[("i1", "u2")]
    # i1: rice 1/2, pig 1/2; u2: rice 1/3, wheat 2/3
    expected = 0.5 * (1 / 3 * 0.5 + 2 / 3 * 0.25) + 0.5 * (2 / 3 * 0.1)
    assert pair["complementary_fields"] == pytest.approx(expected)


def test_the_score_is_the_mean_of_scaled_parts(found: pd.DataFrame) -> None:
    scaled = pd.concat([found[name] / found[name].max() for name in PARTS if found[name].max() > 0], axis=1)
    assert found["score"].to_numpy() == pytest.approx(scaled.sum(axis=1).to_numpy() / len(PARTS))
    assert found["score"].is_monotonic_decreasing
    assert found.index[0] == ("u1", "u2")


def test_weights_choose_what_counts(study: Study) -> None:
    found = find_partners(study, "R1", "R2", importance={"capacity": 2.0}).table
    assert found["score"].to_numpy() == pytest.approx((found["capacity"] / found["capacity"].max()).to_numpy())


@pytest.mark.parametrize("importance", [{"luck": 1.0}, {"capacity": -1.0}, {"capacity": 0.0}, {}])
def test_bad_importance_are_refused(study: Study, importance: dict[str, float]) -> None:
    with pytest.raises(MethodError, match="importance must be >= 0"):
        find_partners(study, "R1", "R2", importance=importance)


@given(
    st.lists(st.sampled_from([0.0, 0.1, 0.1 + 1e-17, 0.3, 0.1 * 3, 0.5]), min_size=1, max_size=40), st.integers(1, 12)
)
def test_the_best_are_those_of_a_full_sort(scores: list[float], top: int) -> None:
    score = np.array([scores])
    free = np.ones(score.shape, dtype=bool)
    rows, columns = _pick(score, free, top)
    order = np.argsort(-merge_ties(score[0]), kind="stable")[:top]
    assert columns.tolist() == order.tolist()
    assert not rows.any()


def test_the_sentence_says_what_is_there(found: pd.DataFrame) -> None:
    assert found.loc[("u1", "u2"), "reason"] == (
        "Both work on Rice; both have worked with Actor u3; they take part in 1 and 3 records."
    )
    assert found.loc[("u1", "u2"), "reason_zh"] == "共同领域：水稻；都与主体u3合作过；分别参与 1 条和 3 条记录。"
    assert "no partner in common" in found.loc[("u1", "g2"), "reason"]
    assert "没有共同的合作方" in found.loc[("u1", "g2"), "reason_zh"]


def test_different_fields_are_named_with_their_proximity(study: Study) -> None:
    actors = build_actor_matrices(study)
    related = np.array([[0, 0.0, 0.0], [0.0, 0, 0.4], [0.0, 0.4, 0]])
    found = find_partners(study, "R1", "R2", matrices=replace(actors, related=related)).table
    pairs = found.set_index(["source_actor", "target_actor"])["reason"]
    assert "their fields differ, the closest are Rice and Wheat (proximity 0.40)" in pairs["u1", "g2"].lower().replace(
        "rice and wheat", "Rice and Wheat"
    )
    nothing = find_partners(study, "R1", "R2", matrices=replace(actors, related=0 * related)).table
    assert "no field in common" in nothing.set_index(["source_actor", "target_actor"])["reason"]["u1", "g2"]


def test_a_path_keeps_its_kinds(study: Study) -> None:
    partners = find_partners(study, "R1", "R2", path="science-industry")
    found = partners.table
    assert set(zip(found["source_actor"], found["target_actor"], strict=True)) == {("u1", "e2"), ("i1", "e2")}
    assert "2 of 9 pairs" in partners.note.en


def test_without_fields_the_other_parts_decide(study: Study) -> None:
    assert study.records is not None
    found = find_partners(replace(study, records=study.records.drop(columns="field")), "R1", "R2").table
    assert found["shared_fields"].isna().all()
    assert found["score"].between(0, 1).all()
    assert found["score"].max() == pytest.approx((1 + sqrt(1 / 2)) / 2)  # u1 - u2: capacity sqrt 3 of sqrt 6
    assert not found["reason"].str.contains("field|work on").any()


def test_a_region_without_actors_gives_an_empty_table_and_says_so(study: Study) -> None:
    assert study.actors is not None
    moved = replace(study, actors=study.actors.assign(region=["R1"] * 6 + ["R3"]))
    found = find_partners(moved, "R1", "R2")
    assert found.table.empty
    assert list(found.table.columns) == list(find_partners(study, "R1", "R2").table.columns)
    assert found.note.en == "A region has no actor that takes part in a record."


def test_studies_without_actors_and_wrong_codes_are_refused(study: Study) -> None:
    with pytest.raises(MethodError, match="no records with actors") as error:
        find_partners(make_linked(), "R1", "R2")
    assert "没有记录与主体表" in error.value.describe("zh")
    for pair in (("R1", "R9"), ("R1", "R1")):
        with pytest.raises(MethodError, match="two different units"):
            find_partners(study, *pair)


def test_large_records_acquaint_nobody_but_count_as_met(study: Study) -> None:
    assert study.records is not None
    assert study.actors is not None
    crowd = pd.DataFrame(
        {"name": "x", "name_zh": "x", "kind": "other", "region": "R3"}, index=[f"x{i}" for i in range(99)]
    )
    actors = pd.concat([study.actors, crowd])
    rows = pd.DataFrame({"record": "z", "actor": ["u1", "g2", *crowd.index], "field": "Rice", "year": 2012})
    found = find_partners(replace(study, actors=actors, records=pd.concat([study.records, rows])), "R1", "R2").table
    pairs = found.set_index(["source_actor", "target_actor"])
    assert ("u1", "g2") not in pairs.index
    assert pairs.loc[("u1", "u2"), "common_partners"] == 1


def test_hostile_names_stay_on_one_line(study: Study) -> None:
    assert study.actors is not None
    named = study.actors.assign(name="=cmd()\x1b[2J\n<script>")
    reason = find_partners(replace(study, actors=named), "R1", "R2").table["reason"].iloc[0]
    assert "\n" not in reason
    assert "\x1b" not in reason
    assert not reason.startswith("=")


def test_provinces_without_a_common_laboratory_have_partners() -> None:
    study = load_study("china")
    actors = build_actor_matrices(study)
    found = find_partners(study, "110000", "450000", top=3, matrices=actors).table
    assert len(found) == 3
    assert found["source_name"].iloc[0] == "China Agricultural University"
    assert found["score"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(found, find_partners(study, "110000", "450000", top=3).table)


def test_many_pairs_of_regions_get_what_each_would_get_alone(study: Study) -> None:
    actors = build_actor_matrices(study)
    nobody = np.zeros(len(actors.table), dtype=bool)
    asked = [("R1", "R2", None), ("R1", "R3", None), ("R2", "R1", "science-industry"), ("R1", "R2", None)]
    found = find_partners_of_many(actors, asked, top=3, looked_at=12, barred=nobody)
    for rank, (source, target, path) in enumerate(asked, start=1):
        alone = find_partners(study, source, target, top=3, path=path).table
        rows = found[found["rank"] == rank]
        assert set(zip(rows["source"], rows["target"], strict=True)) <= {(source, target)}
        pd.testing.assert_frame_equal(rows.drop(columns=["rank", "source", "target"]).reset_index(drop=True), alone)
    assert find_partners_of_many(actors, [], top=3, looked_at=12, barred=nobody).empty


def test_barred_actors_leave_their_place_to_the_next(study: Study) -> None:
    actors = build_actor_matrices(study)
    barred = np.asarray(actors.table.index == "u1")
    found = find_partners_of_many(actors, [("R1", "R2", None)], top=2, looked_at=12, barred=barred)
    ranked = find_partners(study, "R1", "R2", top=12).table
    expected = ranked[ranked["source_actor"] != "u1"].head(2)
    assert "u1" in set(ranked["source_actor"])
    assert found["source_actor"].tolist() == expected["source_actor"].tolist()
    assert found["target_actor"].tolist() == expected["target_actor"].tolist()
    assert found["score"].to_numpy() == pytest.approx(expected["score"].to_numpy())  # scaled by all, the barred too
    none = find_partners_of_many(actors, [("R1", "R2", None)], top=2, looked_at=1, barred=barred)
    assert none.empty  # the best of all has u1 in it
