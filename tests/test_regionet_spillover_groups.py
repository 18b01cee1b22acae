"""Groups between which spillover is told: borders, sets of units, two of the user's, and what units do not allow."""

from dataclasses import replace

import pandas as pd
import pytest

import regions
from regionet.steps.spillover.spillover_groups import MOST, REST, list_group_labels, name_end, order_groups
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

CHINA = regions.load_study("china")
CODES = CHINA.regions.index


def _with(rows: list[tuple[str, str, str]]) -> Study:
    return replace(CHINA, groups=pd.DataFrame(rows, columns=["group", "code", "role"]))


def test_china_tells_borders_and_sets_of_provinces() -> None:
    labels, notes = list_group_labels(CHINA, CODES, by=None, between=None)
    assert next(iter(labels)) == "macro_region"
    assert set(labels["yangtze-economic-belt"]) == {"upstream", "midstream", "downstream", "(outside)"}
    assert "yangtze-delta" not in labels
    assert any("yangtze-delta" in note.en and "地区内部的溢出" in note.zh for note in notes)
    assert all(series.index.equals(CODES) for series in labels.values())


def test_two_groups_and_the_rest() -> None:
    labels, _ = list_group_labels(CHINA, CODES, by=None, between=("上海", "yangtze-economic-belt"))
    series = labels["上海 - yangtze-economic-belt"]
    assert series["310000"] == "上海"  # it is in both: the first counts
    assert series["340000"] == "yangtze-economic-belt"
    assert series["110000"] == REST
    assert (series == "yangtze-economic-belt").sum() == 10


def test_a_grouping_of_choice() -> None:
    labels, notes = list_group_labels(CHINA, CODES, by="macro_region", between=None)
    assert list(labels) == ["macro_region"]
    assert notes == []


def test_many_sets_are_cut_and_named() -> None:
    rows = [(f"set {k}", code, "") for k in range(9) for code in CODES[k : k + 4]]
    labels, notes = list_group_labels(_with(rows), CODES, by=None, between=None)
    assert len(labels) == MOST
    assert any("set 8" in note.en and "--by" in note.en for note in notes)


def test_a_member_outside_the_frame_does_not_make_a_set_inner() -> None:
    study = _with([("west", CODES[0], ""), ("west", CODES[1], ""), ("west", "QQ", ""), ("inner", "310101", "")])
    labels, _ = list_group_labels(study, CODES, by=None, between=None)
    assert "west" in labels


def test_faults_are_named() -> None:
    with pytest.raises(MethodError, match="no region is left for 'core'"):
        list_group_labels(CHINA, CODES.drop("310000"), by=None, between=("core", "110000"))
    with pytest.raises(MethodError, match="has no region 'Atlantis'"):
        list_group_labels(CHINA, CODES, by=None, between=("core", "Atlantis"))


@pytest.mark.parametrize(
    ("label", "en", "zh"),
    [
        ("上海", "Shanghai", "上海市"),
        ("Anhui", "Anhui", "安徽省"),
        ("310000", "Shanghai", "上海市"),
        ("north-anhui", "Northern Anhui", "皖北"),
        ("East", "East", "华东"),
        (REST, "the rest", "其余"),
        ("一组", "一组", "一组"),
    ],
)
def test_ends_are_named_in_both_languages(label: str, en: str, zh: str) -> None:
    assert name_end(CHINA, label) == Words(en, zh)


def test_a_set_that_is_a_group_of_a_border_is_not_told_twice() -> None:
    east = [("the east", code, "") for code in CODES[CHINA.regions["macro_region"].reindex(CODES) == "East"]]
    other = [("coast", code, "") for code in CODES[:4]]
    labels, _ = list_group_labels(_with(east + other), CODES, by=None, between=None)
    assert list(labels) == ["macro_region", "coast"]


def test_groups_that_were_asked_for_come_first_and_the_rest_last() -> None:
    labels = pd.Series(["b", REST, "a", "c"])
    assert order_groups(labels, None) == ["a", "b", "c", REST]
    assert order_groups(labels, ("c", "a")) == ["c", "a", "b", REST]
