"""Rows that name units: pairs with counts, several names in a cell, directories, amounts."""

from pathlib import Path

import pytest
from form_samples import codes_of, list_links, list_records, message_of, read_book, read_rows

from regions.forms.column_roles import find_side
from regions.forms.name_lists import clean_place, list_names, share_cells, split_names

PAIRS = ["甲单位", "甲单位性质", "甲地", "乙单位", "乙单位性质", "乙地", "件数", "年份"]


def test_pairs_of_units_with_counts_are_records_of_two(tmp_path: Path) -> None:
    rows = [
        ["江东大学", "高校", "南京", "甲公司", "民营企业", "合肥市", 2, 2021],
        ["甲公司", "民营企业", "合肥", "丙院", "院所", "常州", 1, "2022年"],
    ]
    forms = read_rows(tmp_path, PAIRS, *rows)
    actors = forms.tables["actors"].frame
    assert dict(zip(actors["id"], actors["region"], strict=True)) == {
        "江东大学": "南京",
        "甲公司": "合肥市",
        "丙院": "常州",
    }
    assert actors["kind"].tolist() == ["高校", "民营企业", "院所"]
    assert list_records(forms) == {
        "2/1": ["江东大学", "甲公司"],
        "2/2": ["江东大学", "甲公司"],
        "3": ["丙院", "甲公司"],
    }
    assert forms.tables["records"].frame.groupby("year")["record"].nunique().to_dict() == {2021: 2, 2022: 1}
    assert [(total.year, total.rows, total.weight) for total in forms.totals] == [(2021, 1, 2), (2022, 1, 1)]


@pytest.mark.parametrize(
    "header",
    [
        ["第一单位", "所在地", "合作单位", "合作单位所在地", "专利数（件）"],
        ["申请人", "申请人城市", "共同申请人", "共同申请人城市", "数量"],
        ["单位名称", "地区", "合作单位名称", "合作地区", "合作次数"],
        ["转让方", "转让方所在地", "受让方", "受让方所在地", "合同数"],
        ["企业", "企业所在地", "高校", "高校所在地", "项目数"],
        ["甲方", "甲方地区", "乙方", "乙方地区", "合同项数"],
        ["applicant", "applicant city", "co-applicant", "co-applicant city", "patents"],
        ["organisation", "city", "partner", "partner city", "count"],
        ["单位1", "城市1", "单位2", "城市2", "件数"],
        ["牵头单位", "牵头单位所在城市", "参与单位", "参与单位所在城市", "项数"],
    ],
)
def test_the_usual_headers_of_two_units_are_understood(tmp_path: Path, header: list[str]) -> None:
    forms = read_rows(
        tmp_path, header, ["江东大学", "南京", "甲公司", "合肥", 2], ["乙集团", "苏州", "丙大学", "上海", 1]
    )
    actors = forms.tables["actors"].frame
    places = dict(zip(actors["id"], actors["region"], strict=True))
    assert places == {"江东大学": "南京", "甲公司": "合肥", "乙集团": "苏州", "丙大学": "上海"}
    assert len(list_records(forms)) == 3
    assert "links" not in forms.tables


def test_sides_are_told_by_words_letters_and_numbers() -> None:
    first, second = (
        ["甲单位", "单位名称", "来源地", "participant"],
        ["乙单位", "合作单位", "申请人2", "目标地", "受让方", "partner"],
    )
    assert {find_side(name) for name in first} == {1}
    assert {find_side(name) for name in second} == {2}
    assert [find_side(name) for name in ("第三申请人", "合作单位2")] == [3, 3]


LISTS = ["申请号", "申请人", "申请人地址", "申请日"]


@pytest.mark.parametrize("mark", [";", "；", "|", "\n", "；  ", "、"])
def test_several_names_in_a_cell_are_several_actors(tmp_path: Path, mark: str) -> None:
    forms = read_rows(
        tmp_path, LISTS, ["A1", mark.join(("江东大学", "甲机械有限公司")), mark.join(("南京", "合肥")), 20210105],
        ["A2", "甲机械有限公司", "合肥", "2022-03-04"], ["A3", "江东大学", "南京", "2022/5"],
    )  # fmt: skip
    actors = forms.tables["actors"].frame
    assert dict(zip(actors["id"], actors["region"], strict=True)) == {"江东大学": "南京", "甲机械有限公司": "合肥"}
    assert list_records(forms)["A1"] == ["江东大学", "甲机械有限公司"]
    assert sorted(set(forms.tables["records"].frame["year"])) == [2021, 2022]
    assert message_of(forms, "W-SEVERAL").startswith("1 cell(s)")
    assert message_of(forms, "W-ALONE").startswith("2 row(s)")


def test_a_place_of_the_first_only_leaves_the_others_without_and_counted(tmp_path: Path) -> None:
    rows = [["A1", "江东大学;甲公司;乙公司", "江苏省南京市玄武区某路2号", 2021], ["A2", "乙公司", "合肥市", 2021]]
    forms = read_rows(tmp_path, LISTS, *rows)
    actors = forms.tables["actors"].frame
    places = dict(zip(actors["id"], actors["region"], strict=True))
    assert places == {"江东大学": "江苏省南京市", "甲公司": "", "乙公司": "合肥市"}
    assert forms.tables["actors"].placeless
    said = [fault.message for fault in forms.faults if fault.code == "W-PLACELESS"]
    assert said[0].startswith("1 mention(s)")
    assert said[1].startswith("1 unit(s) have no place: 甲公司;")


def test_a_unit_of_a_name_in_two_places_is_two_and_lends_no_place(tmp_path: Path) -> None:
    rows = [
        ["A1", "人民医院;甲公司", "南京;合肥", 2021],
        ["A2", "人民医院", "苏州", 2021],
        ["A3", "甲公司;人民医院", "合肥", 2021],
    ]
    forms = read_rows(tmp_path, LISTS, *rows)
    assert list_records(forms)["A3"] == ["人民医院", "甲公司"]
    assert sorted(forms.tables["actors"].frame["id"]) == ["人民医院", "人民医院 (南京)", "人民医院 (苏州)", "甲公司"]


def test_full_width_forms_blanks_and_suffixes_make_no_second_unit(tmp_path: Path) -> None:
    rows = [
        ["甲公司（本部）", "", "上海市", "乙 大 学", "", "南京", 1, 2021],
        ["甲公司(本部)", "", "上海", "乙大学", "", "南京市", 1, 2021],
    ]
    assert read_rows(tmp_path, PAIRS, *rows).tables["actors"].frame["id"].tolist() == ["甲公司(本部)", "乙大学"]


def test_rows_without_a_number_are_left_out_and_counted_and_zeros_are_none(tmp_path: Path) -> None:
    rows = [["甲公司", "", "南京", "乙公司", "", "合肥", count, 2021] for count in (2, "—", "", "…", 0)]
    forms = read_rows(tmp_path, PAIRS, *rows)
    assert len(list_records(forms)) == 2
    assert message_of(forms, "W-MISSING").startswith("3 row(s)")


def test_amounts_are_the_weights_of_links_and_each_row_one_record(tmp_path: Path) -> None:
    header = ["转让方", "转让方所在地", "受让方", "受让方所在地", "成交额（万元）"]
    forms = read_rows(tmp_path, header, ["甲", "南京", "乙", "合肥", 120.5], ["丙", "苏州", "丁", "上海", 30000])
    assert list_links(forms) == [("南京", "合肥", 120.5), ("苏州", "上海", 30000.0)]
    assert len(list_records(forms)) == 2
    assert "W-AMOUNT" in codes_of(forms)


def test_a_sheet_of_units_says_where_they_are(tmp_path: Path) -> None:
    units = [["单位名称", "单位性质", "所在地区"], ["江东大学", "高校", "南京"], ["甲公司", "企业", "合肥"]]
    pairs = [["甲单位", "乙单位", "件数"], ["江东大学", "甲公司", 3]]
    forms = read_book(tmp_path / "b.xlsx", {"单位名录": units, "合作": pairs})
    actors = forms.tables["actors"].frame
    assert dict(zip(actors["id"], actors["region"], strict=True)) == {"江东大学": "南京", "甲公司": "合肥"}
    assert len(list_records(forms)) == 3


def test_units_without_any_place_are_refused_with_the_column_that_is_missing(tmp_path: Path) -> None:
    forms = read_rows(
        tmp_path, ["序号", "单位名称", "等次"], [1, "哈尔滨某某大学", "优秀"], [2, "浙江某某大学", "良好"]
    )
    assert codes_of(forms) == ["E-PLACE"]
    assert forms.tables == {}
    assert "所在地区" in forms.faults[0].hint_zh


def test_of_several_numbers_without_a_usual_name_it_is_asked_which_counts(tmp_path: Path) -> None:
    header = ["甲单位", "甲地", "乙单位", "乙地", "成果", "得分"]
    forms = read_rows(tmp_path, header, ["甲", "南京", "乙", "合肥", 3, 7], ["丙", "苏州", "丁", "上海", 5, 2])
    assert codes_of(forms) == ["E-WEIGHT"]
    assert "成果, 得分" in forms.faults[0].message
    one = read_rows(tmp_path, header[:5], ["甲", "南京", "乙", "合肥", 3], ["丙", "苏州", "丁", "上海", 5])
    assert len(list_records(one)) == 8


def test_names_are_split_only_where_marks_part_names() -> None:
    assert split_names("甲公司;乙公司；丙公司|丁公司") == ["甲公司", "乙公司", "丙公司", "丁公司"]
    assert split_names("第一、第二医院") == ["第一、第二医院"]
    assert split_names("Siemens AG, Munich") == ["Siemens AG, Munich"]
    assert split_names(" ; ") == []


def test_cells_are_shared_out_one_each_or_all_to_the_first() -> None:
    names = list_names(["a;b", "c", "", "d;e;f"])
    assert names.names == ["a", "b", "c", "d", "e", "f"]
    assert share_cells(["x;y", "z", "w", "v;u"], names) == ["x", "y", "z", "v;u", "", ""]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("江苏;32", "江苏"),
        ("浙江省杭州市西湖区某路1号", "浙江省杭州市"),
        ("215000 江苏省苏州市工业园区若水路398号", "江苏省苏州市"),
        ("上海市浦东新区某路9号", "上海市"),
        ("南京", "南京"),
        ("南京;合肥", "南京;合肥"),
        ("320100", "320100"),
        ("", ""),
    ],
)
def test_places_are_cleaned_of_codes_and_streets(cell: str, place: str) -> None:
    assert clean_place(cell) == place


def test_applicants_in_columns_of_their_own_are_parties_and_a_year_is_no_count(tmp_path: Path) -> None:
    header = ["申请号", "申请年", "申请人1", "申请人2", "申请人3", "地址1", "地址2", "地址3"]
    rows = (
        ["A1", 2020, "甲公司", "乙大学", "", "南京", "上海", ""],
        ["A2", 2021, "甲公司", "乙大学", "丙院", "南京", "上海", "合肥"],
    )
    forms = read_rows(tmp_path, header, *rows)
    assert list_records(forms) == {"A1": ["乙大学", "甲公司"], "A2": ["丙院", "乙大学", "甲公司"]}
    assert sorted(set(forms.tables["records"].frame["year"])) == [2020, 2021]
    assert set(forms.tables["actors"].frame["region"]) == {"南京", "上海", "合肥"}


@pytest.mark.parametrize("header", ["投资额（万元）", "合同金额", "成交额(亿元)", "contract value"])
def test_money_is_an_amount_even_in_whole_numbers(tmp_path: Path, header: str) -> None:
    names = ["投资方", "投资方城市", "被投企业", "被投企业城市", header]
    forms = read_rows(tmp_path, names, ["甲", "上海", "乙", "苏州", 1000], ["丙", "南京", "丁", "合肥", 500])
    assert list_links(forms) == [("上海", "苏州", 1000.0), ("南京", "合肥", 500.0)]
    assert len(list_records(forms)) == 2


def test_a_column_that_is_called_danwei_names_units_where_its_cells_are_no_measures(tmp_path: Path) -> None:
    units = [["单位名称", "单位性质", "所在城市"], ["甲公司", "企业", "南京"], ["乙校", "高校", "上海"]]
    forms = read_book(
        tmp_path / "b.xlsx", {"名录": units, "往来": [["单位", "合作单位", "次数"], ["甲公司", "乙校", 2]]}
    )
    assert list(list_records(forms).values()) == [["乙校", "甲公司"]] * 2


@pytest.mark.parametrize("columns", [["2022年合同数", "2023年合同数"], ["上年合同数", "本年合同数"]])
def test_units_with_a_number_for_each_year_are_records_of_each_year(tmp_path: Path, columns: list[str]) -> None:
    header = ["甲单位", "甲地", "乙单位", "乙地", *columns]
    rows = [["东南大学", "南京", "苏州大学", "苏州", 2, 1], ["南京大学", "南京", "江南大学", "无锡", None, 3]]
    forms = read_rows(tmp_path, ["2023年技术合同"], header, *rows)
    found = forms.tables["records"].frame
    joint = found[found["actor"].isin(["东南大学", "南京大学"])]
    assert joint.groupby("year")["record"].nunique().to_dict() == {2022: 2, 2023: 1 + 3}
    assert found.groupby("record")["actor"].nunique().eq(2).all()
    assert all("未采用" not in meaning.zh for _, meaning in forms.taken[0].columns)


@pytest.mark.parametrize(
    "header", [["organisation", "location", "project", "year"], ["单位名称", "所在城市", "项目名称", "年份"]]
)
def test_rows_of_one_unit_and_the_name_of_a_project_are_records(tmp_path: Path, header: list[str]) -> None:
    rows = [["东南大学", "南京", "稻种", 2020], ["苏州大学", "苏州", "稻种", 2020], ["南京大学", "南京", "芯片", 2021]]
    forms = read_rows(tmp_path, header, *rows, ["江南大学", "无锡", "芯片", 2021])
    assert list_records(forms) == {"稻种": ["东南大学", "苏州大学"], "芯片": ["南京大学", "江南大学"]}


def test_the_name_of_a_project_beside_two_units_leaves_each_row_a_record(tmp_path: Path) -> None:
    rows = [["东南大学", "南京", "苏州大学", "苏州", "稻种"], ["南京大学", "南京", "江南大学", "无锡", "稻种"]]
    forms = read_rows(tmp_path, ["甲单位", "甲地", "乙单位", "乙地", "项目名称"], *rows)
    assert len(list_records(forms)) == 2
