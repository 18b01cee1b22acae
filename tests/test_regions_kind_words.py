"""Kinds and owners of actors: the words that people write for them."""

from pathlib import Path

import pytest

import geodata
from analysis import measure_institutional_barrier
from regions import MethodError, read_study
from regions.schema.kind_words import list_kinds, map_kind, map_ownership


@pytest.mark.parametrize(
    ("word", "kind", "owner"),
    [
        ("国有企业", "enterprise", "state"),
        ("民营企业", "enterprise", "private"),
        ("外资企业", "enterprise", "foreign"),
        ("港澳台资企业", "enterprise", "hmt"),
        ("中外合资企业", "enterprise", "joint"),
        ("股份公司", "enterprise", None),
        ("股份有限公司", "enterprise", None),
        ("国企", "enterprise", "state"),
        ("企业", "enterprise", None),
        ("大专院校", "university", None),
        ("高职", "university", None),
        ("University", "university", None),
        ("科研院所", "institute", None),
        ("新型研发机构", "institute", None),
        ("国家重点实验室", "institute", None),
        ("医院", "other", None),
        ("行业协会", "other", None),
        ("产业园区", "platform", None),
        ("市级机关", "government", None),
        ("个 人", "person", None),
        ("怪物", None, None),
        ("", None, None),
    ],
)
def test_a_word_tells_the_kind_and_perhaps_the_owner(word: str, kind: str | None, owner: str | None) -> None:
    assert (map_kind(word), map_ownership(word)) == (kind, owner)


def test_every_kind_means_itself() -> None:
    assert {kind: map_kind(kind) for kind in list_kinds()} == {kind: kind for kind in list_kinds()}
    assert {map_kind(words.zh) for words in list_kinds().values()} == set(list_kinds())


ACTORS = (
    "单位编号,单位名称,单位性质,所在地区\na,甲,国有企业,常州\nb,乙,民营企业,合肥\nc,丙,大专院校,南京\n"
    "d,丁,新型研发机构,苏州\ne,戊,医院,上海\n"
)
RECORDS = "专利号,单位编号,年份\nA1,a,2020\nA1,b,2020\nA2,b,2020\nA2,c,2020\nA3,d,2020\nA3,e,2020\n"


def write(folder: Path, actors: str) -> Path:
    (folder / "study.yaml").write_text("extends: china-cities\nfocus: yangtze-delta\n", encoding="utf-8")
    (folder / "actors.csv").write_text(actors, encoding="utf-8")
    (folder / "records.csv").write_text(RECORDS, encoding="utf-8")
    return folder


def test_actors_have_their_kind_and_their_owner(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, ACTORS))
    assert study.actors is not None
    assert study.actors["kind"].tolist() == ["enterprise", "enterprise", "university", "institute", "other"]
    assert study.actors["ownership"].tolist() == ["state", "private", "", "", ""]
    assert "W-KIND" not in {fault.code for fault in study.warnings}


def test_a_column_of_owners_counts_before_the_kind(tmp_path: Path) -> None:
    rows = (
        ACTORS.replace("单位性质", "单位性质,所有制")
        .replace("国有企业", "企业,外商独资")
        .replace("民营企业", "民营企业,")
    )
    rows = rows.replace("大专院校", "大专院校,").replace("新型研发机构", "新型研发机构,").replace("医院", "医院,奇怪")
    study = read_study(write(tmp_path, rows))
    assert study.actors is not None
    assert study.actors["ownership"].tolist() == ["foreign", "private", "", "", "奇怪"]
    assert [fault.message_zh for fault in study.warnings if fault.code == "W-KIND"] == [
        "1 个主体的所有制未能识别：奇怪 (1)。"
    ]


def test_kinds_that_are_not_known_are_named_and_counted_and_no_side_is_called_empty(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, ACTORS.replace("国有企业", "怪物").replace("民营企业", "怪物")))
    assert [fault.message for fault in study.warnings if fault.code == "W-KIND"] == [
        "2 actor(s) are of kinds that are not known: 怪物 (2); they stand on neither side of science and industry."
    ]
    with pytest.raises(MethodError, match=r"kinds of 2 of the 5 actors .* are not known") as caught:
        measure_institutional_barrier(study, geodata.measure_distances(study))
    assert "没有" not in caught.value.describe("zh")
