"""Filters of the register, by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from actor_samples import make_study

from analysis.gaps.filters import correct_within, filter_gaps, find_members, find_unit
from regions import MethodError, Study, load_study
from regions.frames.name_index import build_name_index

GAPS = pd.DataFrame(
    {
        "source": ["R1", "R1", "R2"],
        "target": ["R2", "R3", "R3"],
        "gap": [3.0, 2.0, 1.0],
        "grade": ["strong", "weak", "none"],
    }
)


@pytest.fixture
def study() -> Study:
    groups = pd.DataFrame({"group": ["north", "south", "south", "far"], "code": ["R1", "R2", "R3", "X"]})
    return replace(make_study(), groups=groups)


def keep(study: Study, **options: object) -> list[tuple[str, str]]:
    rows = filter_gaps(study, GAPS, **options)  # type: ignore[arg-type]
    return list(zip(rows["source"], rows["target"], strict=True))


def test_nothing_asked_keeps_everything(study: Study) -> None:
    assert filter_gaps(study, GAPS).equals(GAPS)


@pytest.mark.parametrize("name", ["R3", "Three", "three", "丙"])
def test_a_region_by_code_or_name(study: Study, name: str) -> None:
    assert keep(study, regions=[name]) == [("R1", "R3"), ("R2", "R3")]


def test_several_regions_are_any_of_them(study: Study) -> None:
    assert keep(study, regions=["R2", "R3"]) == [("R1", "R2"), ("R1", "R3"), ("R2", "R3")]


def test_between_groups_in_either_order(study: Study) -> None:
    assert keep(study, between=("north", "south")) == [("R1", "R2"), ("R1", "R3")]
    assert keep(study, between=("south", "north")) == [("R1", "R2"), ("R1", "R3")]
    assert keep(study, between=("south", "south")) == [("R2", "R3")]
    assert keep(study, between=("north", "north")) == []


def test_filters_combine(study: Study) -> None:
    assert keep(study, between=("north", "south"), grades=["weak", "none"]) == [("R1", "R3")]
    assert keep(study, regions=["R2"], grades=["none"]) == [("R2", "R3")]


def test_attrs_and_index_stay(study: Study) -> None:
    gaps = GAPS.copy()
    gaps.attrs["model"] = "model"
    found = filter_gaps(study, gaps, regions=["R3"])
    assert found.attrs["model"] == "model"
    assert found.index.tolist() == [1, 2]


def test_unknown_names_are_answered(study: Study) -> None:
    with pytest.raises(MethodError, match=r"no region 'Thre'. Did you mean Three"):
        find_unit(study, "Thre")
    with pytest.raises(MethodError, match=r"no group 'soth'; there are: far, north, south. Did you mean south"):
        find_members(study, "soth")
    with pytest.raises(MethodError, match="no unit of study 'sample' belongs to group 'far'"):
        find_members(study, "far")
    with pytest.raises(MethodError, match="there are: none"):
        find_members(make_study(), "north")


@pytest.mark.parametrize("word", ["620000", "甘肃", "甘肃省", "Gansu", "gansu province", "甘", "陇"])
def test_a_region_has_the_names_that_tables_may_give_it(word: str) -> None:
    assert find_unit(load_study("china"), word) == "620000"


def test_the_character_of_a_province_is_no_name_in_tables() -> None:
    china = load_study("china")
    assert {find_unit(china, word) for word in "京粤沪宁"} == {"110000", "440000", "310000", "640000"}
    index = build_name_index(china.regions.reset_index())
    assert [index.find(word) for word in "沪粤宁"] == [()] * 3


def test_a_name_of_two_regions_needs_the_code(study: Study) -> None:
    same = replace(study, regions=study.regions.assign(name="Same"))
    with pytest.raises(MethodError, match="3 regions are named 'same': R1, R2, R3") as error:
        find_unit(same, "same")
    assert "请用代码" in error.value.describe("zh")


def test_members_above_and_below_the_units_count(study: Study) -> None:
    unit_of = pd.concat([study.unit_of, pd.Series({"town": "R1"})])
    groups = pd.DataFrame({"group": ["towns", "parents"], "code": ["town", "P"]})
    nested = replace(study, unit_of=unit_of, groups=groups)
    assert find_members(nested, "towns") == {"R1"}
    assert find_members(nested, "parents") == {"R1", "R2"}


ASKED = pd.DataFrame(
    {
        "source": ["A", "A", "A"],
        "target": ["B", "C", "D"],
        "p": [0.03, 0.01, 0.9],
        "q": [0.6, 0.4, 0.99],
        "gap": [3.0, 2.0, -1.0],
        "shortfall_probability": [0.9, 0.97, 0.1],
        "priority": [2.0, 1.0, 0.0],
        "grade": ["moderate", "moderate", "none"],
    }
)


def test_a_question_asked_in_advance_pays_for_its_own_tests_only() -> None:
    """Three tests: q = min(.03 x 3 / 2, ...) = .045 and .01 x 3 = .03, both below .05; the third stays at .9."""
    found = correct_within(ASKED).set_index("target")
    assert found["q"].to_dict() == pytest.approx({"B": 0.045, "C": 0.03, "D": 0.9})
    assert found["grade"].to_dict() == {"B": "strong", "C": "strong", "D": "none"}
    assert found["p"].equals(ASKED.set_index("target")["p"].reindex(found.index))
    assert list(found.index) == ["B", "C", "D"]


def test_any_dependence_costs_more() -> None:
    """Benjamini-Yekutieli multiplies by 1 + 1/2 + 1/3."""
    q = correct_within(ASKED, correction="by").set_index("target")["q"]
    assert q["C"] == pytest.approx(0.03 * (1 + 1 / 2 + 1 / 3))


def test_a_group_may_be_named_in_chinese() -> None:
    study = load_study("yangtze-delta")
    assert find_members(study, "苏南") == find_members(study, "south-jiangsu")
    with pytest.raises(MethodError, match="苏西"):
        find_members(study, "苏西")
