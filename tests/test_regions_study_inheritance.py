"""What a study adds to the one that it extends, and the regions of another level that it names."""

from pathlib import Path

import pytest

from regions import StudyError, read_study

LINKS = "来源地,目标地,权重\n常州,合肥市,12\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        suffix = ".yaml" if name == "study" else ".csv"
        (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return folder


def test_focus_groups_and_borders_come_along_with_the_extended_study(tmp_path: Path) -> None:
    links = "来源地,目标地,权重\n常州,合肥市,12\n北京,合肥,5\n"
    study = read_study(write(tmp_path, study="extends: yangtze-delta\n", links=links))
    assert len(study.regions) == 41
    assert study.borders == ("province",)
    assert study.groups is not None
    assert "yangtze-delta" in set(study.groups["group"])
    assert study.frame is not None
    assert study.frame.zh.startswith("数据集：yangtze-delta（41 个地区，按设置采用，含数据量的 85.3%，其余计为外部）")
    assert study.frame.zh.endswith("；也可用 --frame china-cities（369 个地区）。")


def test_an_own_group_stands_beside_the_inherited_ones(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, study="extends: 长三角\n", links=LINKS, groups="分组,地区代码\n我的组,宿州\n"))
    assert study.groups is not None
    assert {"我的组", "yangtze-delta", "g60"} <= set(study.groups["group"])
    assert len(study.regions) == 41


def test_an_own_group_replaces_one_of_its_name_and_that_is_said(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, study="extends: 长三角\n", links=LINKS, groups="group,code\ng60,宿州\n"))
    assert study.groups is not None
    assert study.groups.loc[study.groups["group"] == "g60", "code"].tolist() == ["341300"]
    assert [fault.code for fault in study.warnings].count("W-MERGED") == 1


def test_a_group_may_be_the_focus_by_its_chinese_name(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, study="extends: china-cities\nfocus: 长三角\n", links=LINKS))
    assert len(study.regions) == 41


def test_own_values_win_over_inherited_ones_and_are_counted(tmp_path: Path) -> None:
    """Changzhou has an inherited GDP of 2022: the own one replaces it; that of 2021 and of other cities stay."""
    base = read_study(write(tmp_path, study="extends: 长三角\n", links=LINKS)).indicators
    assert base is not None
    indicators = "地区,年份,gdp,patents\n常州,2022,1,7\n合肥,2030,2,\n"
    study = read_study(write(tmp_path, indicators=indicators))
    table = study.indicators
    assert table is not None
    known = table.set_index(["code", "year"])
    before = base.set_index(["code", "year"])["gdp"]
    assert known.loc[("320400", 2022), "gdp"] == 1
    assert known.loc[("320400", 2022), "patents"] == 7
    assert known.loc[("340100", 2030), "gdp"] == 2
    rest = before.drop(("320400", 2022))
    assert known["gdp"].reindex(rest.index).equals(rest)
    assert [f.message for f in study.warnings if f.code == "W-MERGED"] == [
        "1 own value(s) stand in place of inherited ones of the same region and year."
    ]


def test_a_frame_that_was_found_adds_nothing_to_own_indicators(tmp_path: Path) -> None:
    table = read_study(write(tmp_path, indicators="地区,年份,patents\n常州,2022,7\n合肥,2022,8\n")).indicators
    assert table is not None
    assert list(table.columns) == ["code", "year", "patents"]
    assert len(table) == 2


def test_a_city_in_a_frame_of_provinces_is_counted_for_its_province_and_said(tmp_path: Path) -> None:
    links = "source,target,weight\n江苏,浙江,30\n上海,安徽,30\n南京,浙江,1\n"
    study = read_study(write(tmp_path, links=links))
    assert len(study.regions) == 31
    assert [f.message_zh for f in study.warnings if f.code == "W-LEVEL"] == [
        "1 行为下级地区，计入所属单元：南京市（1）。"
    ]


def test_a_province_in_a_frame_of_cities_is_left_out_and_said(tmp_path: Path) -> None:
    links = "source,target,weight\n广州,深圳,30\n武汉,广州,30\n江苏,广州,1\n"
    study = read_study(write(tmp_path, links=links))
    assert study.links is not None
    assert len(study.links) == 2
    assert [f.message for f in study.warnings if f.code == "W-LEVEL"] == [
        "1 row(s) name regions above the units and are left out: Jiangsu (1)."
    ]


def test_a_province_among_cities_that_were_chosen_on_purpose_is_refused(tmp_path: Path) -> None:
    links = "source,target,weight\n广州,深圳,30\n江苏,广州,1\n"
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, study="extends: china-cities\n", links=links))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-LEVEL", 3)]


def test_indicators_of_another_level_are_named(tmp_path: Path) -> None:
    rows = "".join(
        f"{name},2022,1\n" for name in ("广州", "深圳", "武汉", "成都", "西安", "郑州", "长沙", "南昌", "太原", "昆明")
    )
    study = read_study(write(tmp_path, indicators=f"地区,年份,patents\n{rows}江苏,2022,9\n"))
    assert len(study.regions) == 369
    assert [f.message_zh for f in study.warnings if f.code == "W-LEVEL"] == [
        "1 行为其他级别的地区，未采用：江苏省（1）。"
    ]


def test_former_names_and_districts_are_said_by_their_rows(tmp_path: Path) -> None:
    links = "source,target,weight\n襄樊,巢湖,3\n合肥高新区,武汉,2\n"
    study = read_study(write(tmp_path, links=links), frame="china-cities")
    assert study.links is not None
    assert study.links[["source", "target"]].to_numpy().tolist() == [["420600", "340100"], ["340100", "420100"]]
    found = {fault.code: fault.message for fault in study.warnings if fault.code in {"W-FORMER", "W-INSIDE"}}
    assert "襄樊 (until 2010) -> 襄阳市" in " ".join(f.message for f in study.warnings if f.code == "W-FORMER")
    assert "合肥高新区 -> 合肥市" in found["W-INSIDE"]


def test_an_indicator_of_a_district_is_not_that_of_its_city_and_a_former_city_keeps_its_own(tmp_path: Path) -> None:
    rows = "合肥,2009,10\n巢湖,2009,3\n襄樊,2009,4\n合肥高新区,2009,1\n武汉,2009,5\n"
    study = read_study(write(tmp_path, indicators=f"地区,年份,patents\n{rows}"), frame="china-cities")
    assert study.indicators is not None
    assert study.indicators.set_index("code")["patents"].to_dict() == {
        "340100": 10,
        "341400": 3,
        "420600": 4,
        "420100": 5,
    }
    codes = [fault.code for fault in study.warnings]
    assert codes.count("W-FORMER") == 1
    assert codes.count("W-INSIDE") == 1
    assert "巢湖（2011 年前，现属合肥市）保留代码 341400" in " ".join(f.message_zh for f in study.warnings)


def test_a_renamed_city_gives_way_where_both_names_have_the_same_year(tmp_path: Path) -> None:
    rows = "襄阳,2009,4\n襄樊,2009,5\n襄樊,2008,6\n武汉,2009,5\n"
    study = read_study(write(tmp_path, indicators=f"地区,年份,patents\n{rows}"), frame="china-cities")
    assert study.indicators is not None
    kept = study.indicators[study.indicators["code"] == "420600"].set_index("year")["patents"]
    assert kept.to_dict() == {2009: 4, 2008: 6}
    assert [fault.code for fault in study.warnings].count("W-FORMER") == 2


def test_the_country_is_left_out_of_indicators_by_name(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, indicators="地区,年份,gdp\n全国,2022,100\n常州,2022,7\n合肥,2022,8\n"))
    assert study.indicators is not None
    assert len(study.indicators) == 2
    assert [f.message_zh for f in study.warnings if f.code == "W-LEFTOUT"] == ["已略去 1 行非地区行：全国：全国 (1)。"]


@pytest.mark.parametrize(
    ("name", "size", "member"),
    [
        ("皖北", 6, "341200"),
        ("皖南", 7, "341000"),
        ("苏南", 5, "320400"),
        ("苏中", 3, "320600"),
        ("苏北", 5, "320300"),
        ("浙东北", 6, "330900"),
        ("浙西南", 5, "331100"),
        ("南京都市圈", 8, "341100"),
        ("上海大都市圈", 9, "310000"),
    ],
)
def test_known_parts_of_the_delta_may_be_the_focus(tmp_path: Path, name: str, size: int, member: str) -> None:
    study = read_study(write(tmp_path, study=f"extends: 长三角\nfocus: {name}\n", links=LINKS))
    assert len(study.regions) == size
    assert member in study.regions.index
    assert study.groups is not None
    basis = study.groups.loc[study.groups["code"].eq(member) & study.groups["basis"].str.contains(name), "basis"]
    assert basis.str.contains(r"20\d\d").all()
    assert len(basis) == 1
