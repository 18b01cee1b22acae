"""Actors by name: columns of places, actors without identifiers, records that name actors."""

from pathlib import Path

import pandas as pd
import pytest

from regions import Study, StudyError, read_study
from regions.records.count_links import count_region_links

ACTORS = "单位编号,单位名称,单位性质,{place}\na,甲,企业,常州\nb,乙,企业,合肥\nc,丙,高校,南京市\n"
RECORDS = "专利号,单位编号,年份\nA1,a,2020\nA1,b,2020\nA2,b,2020\nA2,c,2020\n"


def write(folder: Path, actors: str, records: str) -> Path:
    (folder / "study.yaml").write_text("extends: china-cities\nfocus: yangtze-delta\n")
    (folder / "actors.csv").write_text(actors, encoding="utf-8")
    (folder / "records.csv").write_text(records, encoding="utf-8")
    return folder


def pairs(study: Study) -> list[tuple[str, str, float]]:
    table = count_region_links(study).table
    return list(table[["source", "target", "weight"]].itertuples(index=False, name=None))


def places_of(study: Study) -> dict[str, str]:
    assert isinstance(study.actors, pd.DataFrame)
    return study.actors["region"].to_dict()


RIGHT = [("320100", "340100", 1.0), ("320400", "340100", 1.0)]


@pytest.mark.parametrize("place", ["城市", "地区", "所在城市", "地市", "所属城市", "单位所在地"])
def test_the_place_of_an_actor_is_known_by_the_usual_headers(tmp_path: Path, place: str) -> None:
    study = read_study(write(tmp_path, ACTORS.format(place=place), RECORDS))
    assert places_of(study) == {"a": "320400", "b": "340100", "c": "320100"}
    assert study.actors is not None
    assert study.actors["name_zh"].tolist() == ["甲", "乙", "丙"]
    assert pairs(study) == RIGHT


def test_records_may_name_actors_without_identifiers(tmp_path: Path) -> None:
    actors = "单位名称,单位性质,所在地区\n甲,企业,常州\n乙,高校,合肥\n"
    study = read_study(write(tmp_path, actors, "专利号,单位名称,年份\nA1,甲,2020\nA1,乙,2020\n"))
    assert places_of(study) == {"甲": "320400", "乙": "340100"}
    assert pairs(study) == [("320400", "340100", 1.0)]
    assert "W-NOID" in [fault.code for fault in study.warnings]


def test_records_may_name_actors_that_have_identifiers(tmp_path: Path) -> None:
    records = "专利号,单位名称\nA1,甲\nA1,b\nA2,乙\nA2,丙 \n"
    assert pairs(read_study(write(tmp_path, ACTORS.format(place="地区"), records))) == RIGHT


def test_full_width_forms_never_make_two_names_of_one(tmp_path: Path) -> None:
    actors = "单位编号,单位名称,城市\na,甲（本部）,常州\nb,乙,合肥\n"
    study = read_study(write(tmp_path, actors, "专利号,单位\nA1,甲(本部)\nA1,乙\n"))
    assert pairs(study) == [("320400", "340100", 1.0)]


def test_a_name_of_several_actors_is_refused_with_their_identifiers(tmp_path: Path) -> None:
    actors = "单位编号,单位名称,城市\na,人民医院,常州\nb,人民医院,合肥\n"
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, actors, "专利号,单位\nA1,人民医院\nA1,a\n"))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-AMBIG", 2), ("E-UNKNOWN", 2)][:1]
    assert "a, b" in caught.value.faults[0].message


def test_one_name_in_two_places_is_two_actors_where_there_are_no_identifiers(tmp_path: Path) -> None:
    actors = "单位名称,城市\n人民医院,常州\n人民医院,合肥\n甲,南京\n"
    records = "专利号,单位\nA1,人民医院 (常州)\nA1,甲\nA2,人民医院 (合肥)\nA2,甲\n"
    study = read_study(write(tmp_path, actors, records))
    assert places_of(study) == {"人民医院 (合肥)": "340100", "人民医院 (常州)": "320400", "甲": "320100"}
    assert pairs(study) == [("320100", "320400", 1.0), ("320100", "340100", 1.0)]


def test_a_word_that_names_no_actor_stays_a_fault(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, ACTORS.format(place="城市"), "专利号,单位\nA1,甲\nA1,戊\n"))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-UNKNOWN", 3)]
