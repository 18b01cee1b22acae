"""Tables under our names in another form, and other sheets beside our own."""

from pathlib import Path
from typing import Any

import pytest
from form_samples import write_book

from regions import Study, StudyError, read_study

MATRIX = [["", "南京市", "苏州市", "合肥市"], ["南京", 0, 5, 7], ["苏州", 5, 0, 3], ["合肥", 7, 3, 0]]
RIGHT = {("320100", "320500"): 5.0, ("320100", "340100"): 7.0, ("320500", "340100"): 3.0}


def links_of(study: Study) -> dict[tuple[str, str], float]:
    assert study.links is not None
    ends = study.links[["source", "target"]].apply(sorted, axis=1, result_type="expand")
    return dict(study.links["weight"].groupby([ends[0], ends[1]]).sum())


def write_folder(folder: Path, **files: list[list[Any]]) -> Path:
    (folder / "study.yaml").write_text("extends: yangtze-delta\n")
    for name, rows in files.items():
        text = "\n".join(",".join(map(str, row)) for row in rows)
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "rows",
    [
        MATRIX,
        [
            ["2021年专利数"],
            ["地区", "合作地区", "专利数"],
            ["南京", "苏州", 5],
            ["南京", "合肥市", 7],
            ["苏州", "合肥", 3],
        ],
        [["城市", "伙伴城市", "合作专利数"], ["南京", "苏州", 5], ["南京", "合肥市", 7], ["苏州", "合肥", 3]],
    ],
)
def test_a_file_of_links_may_have_any_form(tmp_path: Path, rows: list[list[Any]]) -> None:
    assert links_of(read_study(write_folder(tmp_path, links=rows))) == RIGHT


def test_a_file_of_records_may_be_pairs_of_units(tmp_path: Path) -> None:
    rows = [
        ["甲单位", "甲地", "乙单位", "乙地", "件数"],
        ["甲", "南京", "乙", "苏州", 2],
        ["甲", "南京", "丙", "合肥", 1],
    ]
    study = read_study(write_folder(tmp_path, records=rows))
    assert study.records is not None
    assert study.records["record"].nunique() == 3
    assert study.links is None


def test_a_matrix_that_is_wrong_is_refused_as_a_matrix(tmp_path: Path) -> None:
    rows = [*MATRIX[:-1], ["合肥", 8, 3, 0]]
    with pytest.raises(StudyError) as caught:
        read_study(write_folder(tmp_path, links=rows))
    assert [fault.code for fault in caught.value.faults] == ["E-ASYMMETRIC"]


def test_the_card_says_that_a_matrix_is_directed_or_what_is_missing(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, links=[*MATRIX[:-1], ["合肥", 8, "—", 0]])
    (folder / "study.yaml").write_text("extends: yangtze-delta\ndirected: true\nmissing: zero\n")
    study = read_study(folder)
    assert study.links is not None
    assert len(study.links) == 5
    assert study.directed
    said = [fault.message for fault in study.warnings if fault.code == "W-MISSING"]
    assert said[0].startswith("1 empty cell(s), read as zero, and 0")


SETTINGS = [["设置", "值"], ["内置研究", "yangtze-delta"]]
LINKS = [
    ["来源地", "目标地", "件数", "年份"],
    ["南京", "苏州", 5, 2021],
    ["南京", "合肥", 7, 2021],
    ["苏州", "合肥", 3, 2021],
]


def test_a_sheet_under_our_name_may_have_titles_and_other_headers(tmp_path: Path) -> None:
    rows = [
        ["城市间合作汇总表", None, None],
        ["地区", "合作地区", "专利数"],
        ["南京", "苏州", 5],
        ["南京", "合肥", 7],
        ["苏州", "合肥", 3],
    ]
    path = write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": rows})
    assert links_of(read_study(path)) == RIGHT


def test_sheets_beside_ours_are_joined_with_them(tmp_path: Path) -> None:
    more = [["地区", "合作地区", "专利数", "年份"], ["南京", "苏州", 50, 2022], ["南京", "合肥", 70, 2022]]
    study = read_study(write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": LINKS, "2022年汇总": more}))
    assert study.links is not None
    assert study.links.groupby("year")["weight"].sum().to_dict() == {2021: 15.0, 2022: 120.0}


def test_what_nobody_understands_beside_ours_is_named_as_before(tmp_path: Path) -> None:
    study = read_study(
        write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": LINKS, "草稿": [["随便写写"], ["第二行"]]})
    )
    assert links_of(study) == RIGHT
    assert [fault.code for fault in study.warnings if "草稿" in fault.message] == ["W-SHEET"]


def test_a_study_in_our_own_form_is_read_as_ever(tmp_path: Path) -> None:
    study = read_study(write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": LINKS}))
    assert links_of(study) == RIGHT
    assert study.warnings == ()


def test_links_and_detail_under_our_names_in_a_folder(tmp_path: Path) -> None:
    detail = [
        ["甲单位", "甲地", "乙单位", "乙地", "件数", "年份"],
        ["甲", "南京", "乙", "苏州", 4, 2021],
        ["丙", "苏州", "丁", "合肥", 3, 2021],
    ]
    study = read_study(write_folder(tmp_path, links=LINKS, records=detail))
    assert links_of(study) == RIGHT
    assert study.actors is not None
    assert len(study.actors) == 4


PANEL = [["地区", "年份", "地区生产总值（亿元）"], ["南京市", 2020, 10], ["苏州市", 2020, 20], ["合肥市", 2020, 30]]
TITLE = ["三市主要指标", "", ""]
GDP = {"320100": 10.0, "320500": 20.0, "340100": 30.0}


def products_of(study: Study) -> dict[str, float]:
    assert study.indicators is not None
    return study.indicators.dropna(subset="地区生产总值").set_index("code")["地区生产总值"].to_dict()


@pytest.mark.parametrize("sheet", ["Sheet1", "指标"])
def test_indicators_with_a_title_are_read_alike_under_any_name_of_the_sheet(tmp_path: Path, sheet: str) -> None:
    study = read_study(write_book(tmp_path / "b.xlsx", {sheet: [TITLE, *PANEL]}))
    assert products_of(study) == GDP
    assert study.describe_indicator("地区生产总值")[1].zh == "亿元"
    assert [fault.code for fault in study.warnings] == ["W-PASSED"]


def test_indicators_with_a_title_stand_beside_links_of_ours(tmp_path: Path) -> None:
    study = read_study(write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": LINKS, "指标": [TITLE, *PANEL]}))
    assert links_of(study) == RIGHT
    assert products_of(study) == GDP


def test_a_file_of_indicators_may_have_years_across(tmp_path: Path) -> None:
    rows = [["地区", "2020年", "2021年"], ["南京", 10, 11], ["苏州", 20, 21], ["合肥", 30, 31]]
    study = read_study(write_folder(tmp_path, links=LINKS, indicators=[["专利授权量（件）", "", ""], *rows]))
    assert study.indicators is not None
    own = study.indicators.dropna(subset="专利授权量").groupby("year")["专利授权量"].sum()
    assert own.to_dict() == {2020: 60.0, 2021: 63.0}
    assert links_of(study) == RIGHT


def test_indicators_that_no_form_fits_are_refused_as_ours(tmp_path: Path) -> None:
    with pytest.raises(StudyError) as caught:
        read_study(write_book(tmp_path / "b.xlsx", {"设置": SETTINGS, "联系": LINKS, "指标": [["说明"], ["无"]]}))
    assert {fault.code for fault in caught.value.faults} <= {"E-COLUMN", "E-HEADER"}
