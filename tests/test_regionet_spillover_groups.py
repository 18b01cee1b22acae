"""Groups between which spillover is told: borders, sets of units, two of the user's, and what units do not allow."""

from dataclasses import replace

import pandas as pd
import pytest

import regions
from regionet.steps.spillover.spillover_groups import MOST, REST, list_group_labels
from regions.errors import MethodError
from regions.study import Study

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
