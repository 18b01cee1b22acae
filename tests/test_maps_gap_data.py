"""Gaps in the data block of the page: sentences, partners, fit of the model."""

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from maps_sample import build_gaps, build_partners, code_of

from analysis import GapRegister, build_network, find_gaps
from analysis.expectation.model import CalibrationGroup
from geodata import measure_distances
from maps.page.gap_data import describe_fit, list_gaps
from regions import MethodError, load_study

UNITS = [code_of(place) for place in range(6)]


def collect(table: pd.DataFrame, **options: Any) -> dict[str, Any]:
    return list_gaps(table, UNITS, **{"partners": None, "listed": 300, "told": 100, **options})


def test_model_speaks_for_itself() -> None:
    table = build_gaps()
    table.attrs["model"] = SimpleNamespace(describe=lambda language: f"said in {language}")
    assert collect(table)["model"] == ["said in en", "said in zh"]
    assert collect(table)["fit"] is None


def test_reasons_are_carried_for_the_first_gaps_in_both_languages() -> None:
    table = build_gaps()
    table = table.assign(reason=[f"why {i}" for i in range(len(table))], reason_zh="原因")
    # The surplus is among the largest of nobody; the weak gap is that of its two regions.
    assert collect(table, told=1)["rows"]["reason"] == [["why 0", "原因"], ["why 1", "原因"], None]
    factors = table.assign(factor_typical=1.0, factor_source=2.0, factor_target=0.5, factor_x=1.5, x=1.0)
    assert collect(factors, told=1)["rows"]["reason"] == [["why 0", "原因"], None, None]  # the page words the others
    assert "reason" not in collect(build_gaps())["rows"]
    assert collect(table, listed=2, told=5)["rows"]["reason"] == [["why 0", "原因"], ["why 1", "原因"]]


def test_stability_and_overlap_are_carried_and_a_missing_one_is_none() -> None:
    table = build_gaps().assign(stability=[1.0, 0.5, math.nan], field_overlap=[0.25, math.nan, 1.0])
    rows = collect(table)["rows"]
    assert rows["stability"] == [1, 0.5, None]
    assert rows["field_overlap"] == [0.25, None, 1]


def test_partners_stand_with_their_gap_in_their_order() -> None:
    found = collect(build_gaps(), partners=build_partners())
    assert list(found["partners"]) == ["0", "1"]
    phrases = found["phrases"]
    assert len({tuple(each) for each in phrases}) == len(phrases)  # each once
    assert [
        [phrases[first], phrases[second], *(phrases[clause] for clause in clauses)]
        for first, second, clauses in found["partners"]["0"]
    ] == [
        [["Alpha Works", "甲厂"], ["Beta School", "乙校"], ["Both work on rice.", "均从事水稻。"]],
        [["Alpha Mill", "甲坊"], ["Beta School", "乙校"], ["Both know Gamma.", "均与丙合作。"]],
    ]


def test_partners_of_gaps_that_are_not_told_are_left_out() -> None:
    largest = build_gaps().assign(gap=[5.5, -1.0, -8.0])  # only the first is a shortfall
    assert list(collect(largest, partners=build_partners(), told=1)["partners"]) == ["0"]
    elsewhere = build_partners().assign(source="R05", target="R00")
    assert collect(build_gaps(), partners=elsewhere)["partners"] == {}
    assert collect(build_gaps(), partners=pd.DataFrame())["partners"] == {}


def test_gap_of_an_unknown_region_is_refused() -> None:
    with pytest.raises(MethodError, match=r"table of gaps has 1 region.*X9"):
        collect(build_gaps().replace("R05", "X9"))


def test_fit_is_plain_numbers() -> None:
    groups = [
        {"pairs": 7, "expected": 0.5, "observed": 0.0, "low": 0.0, "high": 1.25},
        {"pairs": 8, "expected": 4.0, "observed": 3.5, "low": 2.0, "high": math.nan},
        {"pairs": 9, "expected": math.nan, "observed": 1.0, "low": 0.0, "high": 2.0},
    ]
    model = {"auc": 0.87654321, "deviance": 12.0, "pseudo_r2": None, "dispersion": 0.1, "calibration": groups}
    assert describe_fit(model) == {
        "auc": 0.876543,
        "deviance": 12,
        "pseudo_r2": None,
        "dispersion": 0.1,
        "calibration": [[7, 0.5, 0, 0, 1.25], [8, 4, 3.5, 2, None]],
    }


@pytest.mark.parametrize("model", [None, {}, {"calibration": []}, {"auc": 0.5}, SimpleNamespace(calibration=[1])])
def test_without_calibration_there_is_no_fit(model: Any) -> None:
    assert describe_fit(model) is None


def test_real_fit_of_china() -> None:
    study = load_study("china")
    gaps = find_gaps(study, build_network(study), measure_distances(study))
    model = gaps.attrs["model"]
    assert isinstance(model.calibration[0], CalibrationGroup)
    found = describe_fit(model)
    assert found is not None
    assert sum(group[0] for group in found["calibration"]) == len(gaps)
    expected = [group[1] for group in found["calibration"]]
    assert expected == sorted(expected)
    assert 0.5 < found["auc"] < 1
    carried = collect_real(gaps, study)
    assert carried["fit"] == found
    assert len(carried["rows"]["stability"]) == 300  # of 465, the largest of every province among them
    assert carried["all"] == len(gaps)
    bare = gaps.copy()
    bare.attrs = {}
    assert collect_real(GapRegister(bare, model), study) == carried
    assert collect_real(bare, study)["model"] is None


def collect_real(gaps: pd.DataFrame | GapRegister, study: Any) -> dict[str, Any]:
    return list_gaps(gaps, list(study.regions.index), partners=None, listed=300, told=100)


def test_the_largest_of_every_region_are_carried_behind_the_head() -> None:
    table = build_gaps()
    found = collect(table, listed=1)
    assert (found["listed"], found["all"]) == (1, 3)
    assert found["rows"]["rank"] == [1, 2]
    assert found["rows"]["grade"] == ["moderate", "weak"]
    surplus = collect(table.assign(gap=-1.0), listed=1)
    assert surplus["rows"]["rank"] == [1]


def test_factors_and_fields_are_carried_where_they_are_known() -> None:
    table = build_gaps().assign(
        factor_typical=2.0,
        factor_source=[1.23456, 1.0, 1.0],
        factor_target=[0.5, 1.0, 1.0],
        factor_ln_distance=[1.5, 1.0, 1.0],
        ln_distance=[5.0, 6.0, 7.0],
        factor_different_province=[1.0, 0.8, 1.0],
        different_province=[0.0, 1.0, 0.0],
        shared_fields=["Rice\nTea", "", "Wheat"],
    )
    found = collect(table)
    assert found["typical"] == 2
    assert [name for name, *_ in found["covariates"]] == ["ln_distance", "different_province"]
    assert found["covariates"][1] == ["different_province", "province", "省份"]
    assert found["rows"]["factor_source"] == [1.23, 1, 1]
    assert found["rows"]["value_different_province"] == [0, 1, 0]
    assert "value_ln_distance" not in found["rows"]  # the kilometres are told
    assert found["rows"]["fields"] == [["Rice", "Tea"], [], ["Wheat"]]
    assert collect(build_gaps())["covariates"] == []


def test_shared_fields_have_their_chinese_names_once() -> None:
    table = build_gaps().assign(shared_fields=["Potato\nRice", "Rice", "集成电路"])
    found = collect(table)
    assert found["rows"]["fields"] == [["Potato", "Rice"], ["Rice"], ["集成电路"]]
    assert found["fieldNames"] == {"Potato": "马铃薯", "Rice": "水稻"}
    assert collect(build_gaps())["fieldNames"] == {}
