"""Long tables of links, lists of one region's links, and tables of the same facts, which are never added."""

from pathlib import Path
from typing import Any

import pytest
from form_samples import codes_of, list_links, list_records, message_of, read_book, read_rows, write_book

from regions.forms.read_forms import read_forms
from regions.layouts.understand import read_layout

PAIRS = [["上海", "南京市", 71], ["上海市", "常州", 21], ["合肥", "常州", 4]]
RIGHT = [("上海", "南京市", 71.0), ("上海市", "常州", 21.0), ("合肥", "常州", 4.0)]


@pytest.mark.parametrize(
    "header",
    [
        ["地区", "合作地区", "专利数（件）"],
        ["城市", "合作城市", "合作专利数"],
        ["来源地", "目标地", "合同额（万元）"],
        ["地区1", "地区2", "论文数"],
        ["甲地", "乙地", "联系强度"],
        ["A城市", "B城市", "频次"],
        ["city", "partner city", "co-patents"],
        ["from", "to", "项目数"],
        ["起点", "终点", "投资额"],
        ["城市", "伙伴", "数目"],
    ],
)
def test_two_regions_and_a_number_in_a_row_are_links(tmp_path: Path, header: list[str]) -> None:
    assert list_links(read_rows(tmp_path, header, *PAIRS)) == RIGHT


def test_titles_units_totals_shares_and_numbers_of_rows_are_no_links(tmp_path: Path) -> None:
    rows = [
        ["2021年城市间合作专利汇总表", None, None, None, None],
        [None, None, None, "单位：件", None],
        ["序号", "地区", "合作地区", "专利数（件）", "占比（%）"],
        *([number, *row, 33.3] for number, row in enumerate(PAIRS, start=1)),
        [None, "合计", None, 96, 100],
        ["注：“—”表示无数据。", None, None, None, None],
    ]
    forms = read_rows(tmp_path, *rows)
    assert list_links(forms) == [(*link, 2021) for link in RIGHT]
    assert [(total.year, total.rows, total.weight, total.missing) for total in forms.totals] == [(2021, 3, 96, 0)]


def test_years_across_are_a_link_each(tmp_path: Path) -> None:
    forms = read_rows(
        tmp_path, ["地区", "合作地区", "2020年", "2021年"], ["上海", "南京", 7, 9], ["合肥", "常州", None, 2]
    )
    assert list_links(forms) == [("上海", "南京", 7.0, 2020), ("上海", "南京", 9.0, 2021), ("合肥", "常州", 2.0, 2021)]


@pytest.mark.parametrize(
    "header",
    [
        ["甲地", "乙地", "本年", "上年"],
        ["甲地", "乙地", "成交额（万元）", "上年同期（万元）"],
        ["source", "target", "this year", "last year"],
        ["来源地", "目标地", "成交额(本期)", "成交额(上期)"],
    ],
)
def test_this_year_and_the_year_before_are_two_years_or_a_question(tmp_path: Path, header: list[str]) -> None:
    rows = [header, ["上海", "南京", 7, 9], ["合肥", "常州", 2, 30], ["苏州", "常州", 5, 1]]
    both = list_links(read_rows(tmp_path, ["2023年技术合同"], *rows))
    assert [link for link in both if link[3] == 2023] == [
        ("上海", "南京", 7.0, 2023), ("合肥", "常州", 2.0, 2023), ("苏州", "常州", 5.0, 2023)
    ]  # fmt: skip
    assert sum(link[2] for link in both if link[3] == 2022) == 40
    path = write_book(tmp_path / "one.xlsx", {"Sheet1": rows})
    layout = read_layout([path], path)
    assert list_links(read_forms(layout)) == [("上海", "南京", 7.0), ("合肥", "常州", 2.0), ("苏州", "常州", 5.0)]
    (asked,) = [fault for fault in layout.faults if fault.code == "W-YEARBEFORE"]
    assert asked.hint.startswith("Which year is the table of?")
    assert header[3].partition("（")[0] in asked.message


def test_a_missing_number_is_left_out_and_counted(tmp_path: Path) -> None:
    forms = read_rows(tmp_path, ["地区", "合作地区", "专利数"], *PAIRS, ["苏州", "无锡", "—"])
    assert list_links(forms) == RIGHT
    assert message_of(forms, "W-MISSING").startswith("1 row(s)")


@pytest.mark.parametrize(
    ("name", "header", "link"),
    [
        ("武汉迁入.xlsx", "迁出城市", ("孝感市", "武汉", 17.0)),
        ("武汉市20210612市级迁出.xlsx", "迁入城市", ("武汉市", "孝感市", 17.0)),
        ("常州合作专利.xlsx", "合作城市", ("常州", "孝感市", 17.0)),
    ],
)
def test_the_other_end_may_stand_in_the_name_of_the_file(
    tmp_path: Path, name: str, header: str, link: tuple[str, str, float]
) -> None:
    path = write_book(tmp_path / name, {"Sheet1": [[header, "指数"], ["孝感市", 17], ["黄冈市", 9], ["荆州市", 5]]})
    forms = read_forms(read_layout([path], path))
    assert list_links(forms)[0][:3] == link
    assert len(list_links(forms)) == 3
    assert "W-OTHEREND" in codes_of(forms)
    assert forms.directed is (True if "迁" in name else None)


def test_an_indicator_of_regions_is_no_list_of_links_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = write_book(tmp_path / "武汉都市圈.xlsx", {"Sheet1": [["城市", "GDP"], ["孝感市", 17], ["黄冈市", 9]]})
    assert read_forms(read_layout([path], path)).used == frozenset()


def sheet(rows: list[list[Any]], year: int) -> list[list[Any]]:
    return [["地区", "合作地区", "专利数", "年份"], *([*row, year] for row in rows)]


def test_the_same_links_on_two_sheets_count_once(tmp_path: Path) -> None:
    forms = read_book(tmp_path / "b.xlsx", {"甲表": sheet(PAIRS, 2021), "乙表": sheet(PAIRS, 2021)})
    assert len(list_links(forms)) == 3
    assert "the same pairs and numbers" in message_of(forms, "W-SAMEFACTS")


def test_a_list_and_a_matrix_of_the_same_links_count_once(tmp_path: Path) -> None:
    matrix = [
        ["", "上海", "南京", "常州", "合肥"],
        ["上海", 0, 71, 21, 0],
        ["南京", 71, 0, 0, 0],
        ["常州", 21, 0, 0, 4],
        ["合肥", 0, 0, 4, 0],
    ]
    forms = read_book(tmp_path / "b.xlsx", {"列表": [["地区", "合作地区", "专利数"], *PAIRS], "矩阵": matrix})
    assert list_links(forms) == RIGHT
    assert "W-SAMEFACTS" in codes_of(forms)


def test_what_comes_in_and_what_goes_out_are_the_same_links(tmp_path: Path) -> None:
    there = [["迁出城市", "迁入城市", "人数"], ["上海", "南京", 7], ["南京", "上海", 5], ["合肥", "上海", 2]]
    back = [["迁入城市", "迁出城市", "人数"], ["南京", "上海", 7], ["上海", "南京", 5], ["上海", "合肥", 2]]
    forms = read_book(tmp_path / "b.xlsx", {"迁出": there, "迁入": back})
    assert len(list_links(forms)) == 3
    assert "W-SAMEFACTS" in codes_of(forms)
    assert forms.directed is True


def test_a_sum_over_the_years_is_not_added_to_the_years(tmp_path: Path) -> None:
    whole = [["地区", "合作地区", "专利数"], ["上海", "南京", 142], ["上海", "常州", 42], ["合肥", "常州", 8]]
    forms = read_book(tmp_path / "b.xlsx", {"2020年": sheet(PAIRS, 2020), "2021年": sheet(PAIRS, 2021), "累计": whole})
    assert len(list_links(forms)) == 6
    assert "the sum over the years" in message_of(forms, "W-SAMEFACTS")


def test_running_sums_are_passed_over(tmp_path: Path) -> None:
    days = [["迁出城市", "迁入城市", "日期", "指数"]] + [["上海", "南京", f"2022011{d}", 2] for d in range(5)]
    sums = [["迁出城市", "迁入城市", "日期", "指数"]] + [["上海", "南京", f"2022011{d}", 2 * d + 2] for d in range(5)]
    forms = read_book(tmp_path / "b.xlsx", {"单日": days, "累计": sums})
    assert sum(link[2] for link in list_links(forms)) == 10
    assert "running sums" in message_of(forms, "W-SAMEFACTS")


def test_tables_that_disagree_are_neither_added_nor_chosen(tmp_path: Path) -> None:
    other = [[*row[:2], row[2] + 1] for row in PAIRS]
    forms = read_book(tmp_path / "b.xlsx", {"甲表": sheet(PAIRS, 2021), "乙表": sheet(other, 2021)})
    assert "E-FACTS" in codes_of(forms)


def test_patents_and_papers_are_kept_apart_by_kind(tmp_path: Path) -> None:
    papers = [["地区", "合作地区", "论文数", "年份"], *([*row[:2], row[2] + 1, 2021] for row in PAIRS)]
    forms = read_book(tmp_path / "b.xlsx", {"专利": sheet(PAIRS, 2021), "论文": papers})
    assert forms.tables["links"].frame.groupby("kind")["weight"].sum().to_dict() == {"patent": 96.0, "paper": 99.0}
    assert "W-KINDS" in codes_of(forms)


def test_parts_of_one_table_are_joined(tmp_path: Path) -> None:
    more = [["苏州", "无锡", 5], ["杭州", "宁波", 6], ["上海", "苏州", 7]]
    forms = read_book(tmp_path / "b.xlsx", {"上": sheet(PAIRS, 2021), "下": sheet(more, 2021)})
    assert len(list_links(forms)) == 6
    assert "W-SAMEFACTS" not in codes_of(forms)


DETAIL = ["地区", "单位名称", "单位性质", "合作单位", "合作单位所在地", "专利数（件）", "年份"]


def detail(year: int) -> list[list[Any]]:
    return [
        DETAIL,
        ["上海", "甲公司", "国有企业", "乙大学", "南京市", 70, year],
        ["上海市", "甲公司", "国有企业", "丙医院", "南京", "—", year],
        ["上海", "丁公司", "民营企业", "戊院", "常州", 21, year],
        ["合肥", "己大学", "高校", "戊院", "常州", 4, year],
    ]


def test_links_come_from_the_summary_and_partners_from_the_detail(tmp_path: Path) -> None:
    forms = read_book(tmp_path / "b.xlsx", {"2021年明细": detail(2021), "2021年汇总": sheet(PAIRS, 2021)})
    assert list_links(forms) == [(*link, 2021) for link in RIGHT]
    assert "2021: 95 by unit, 96 by region, difference -1" in message_of(forms, "W-SAMEFACTS")
    assert ["丙医院", "甲公司"] in list_records(forms).values()  # known partners, whatever the number
    assert [(total.rows, total.weight, total.missing) for total in forms.totals] == [(3, 96, 0), (3, 95, 1)]


def test_years_that_only_the_detail_has_are_linked_from_it(tmp_path: Path) -> None:
    book = {"2021年明细": detail(2021), "2022年明细": detail(2022), "2021年汇总": sheet(PAIRS, 2021)}
    forms = read_book(tmp_path / "b.xlsx", book)
    assert sum(link[2] for link in list_links(forms) if link[3] == 2021) == 96
    assert sum(link[2] for link in list_links(forms) if link[3] == 2022) == 95
    assert (
        message_of(forms, "W-YEARS") == "years that only the rows by unit have: 2022; their links are taken from those."
    )


def test_of_parts_and_their_total_the_total_counts(tmp_path: Path) -> None:
    header = ["地区", "合作地区", "发明专利", "实用新型", "合计"]
    forms = read_rows(tmp_path, header, ["南京", "上海", 3, 2, 5], ["苏州", "上海", 4, 1, 5])
    assert list_links(forms) == [("南京", "上海", 5.0), ("苏州", "上海", 5.0)]


def test_codes_of_regions_are_ends(tmp_path: Path) -> None:
    rows = [320100, 310000, 5, 2020], [340100, 320500, 2, 2021]
    forms = read_rows(tmp_path, ["origin_code", "dest_code", "count", "year"], *rows)
    assert list_links(forms) == [("320100", "310000", 5.0, 2020), ("340100", "320500", 2.0, 2021)]


def test_a_list_of_one_region_may_have_its_years_across(tmp_path: Path) -> None:
    rows = [["合作城市", "2020年", "2021年"], ["上海", 3, 4], ["苏州", 5, None]]
    path = write_book(tmp_path / "常州市合作专利.xlsx", {"Sheet1": rows})
    links = list_links(read_forms(read_layout([path], path)))
    assert sorted(links) == [
        ("常州市", "上海", 3.0, 2020),
        ("常州市", "上海", 4.0, 2021),
        ("常州市", "苏州", 5.0, 2020),
    ]


def test_a_column_that_is_nearly_empty_is_no_end_and_an_empty_end_is_a_fault(tmp_path: Path) -> None:
    rows = ["上海", "南京", 3, ""], ["上海", "常州", 2, "苏州"], ["", "合肥", 1, ""], ["上海", "无锡", 1, ""]
    forms = read_rows(tmp_path, ["地区", "合作地区", "专利数", "备注城市"], *rows)
    assert [(fault.code, fault.row, fault.column) for fault in forms.faults if fault.is_error] == [
        ("E-MISSING", 4, "source")
    ]


def test_headings_within_the_table_give_the_years(tmp_path: Path) -> None:
    rows = [
        ["2020年", None, None],
        ["南京", "上海", 3],
        ["苏州", "合肥", 2],
        ["2021年", None, None],
        ["南京", "上海", 5],
    ]
    forms = read_rows(tmp_path, ["卖方城市", "买方城市", "合同项数"], *rows)
    assert list_links(forms) == [("南京", "上海", 3.0, 2020), ("苏州", "合肥", 2.0, 2020), ("南京", "上海", 5.0, 2021)]
