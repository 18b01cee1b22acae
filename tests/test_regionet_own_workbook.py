"""The own workbook of a science bureau, and the forms of planners, from their file to the right numbers."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from form_samples import write_book
from typer.testing import CliRunner

import analysis
import geodata
from analysis.gaps.filters import filter_gaps
from regionet.cli import app
from regions import Study, StudyError, read_study
from regions.records.count_links import count_region_links

OWN = Path(__file__).parent / "data" / "planner" / "own-workbook.xlsx"
BY_YEAR = {2021: 2175.0, 2022: 2481.0, 2023: 2844.0}


def run(*words: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*map(str, words), "--lang", "zh"])
    assert result.exit_code == code, result.output
    return result.output


def read_links(folder: Path) -> list[dict[str, str]]:
    with (folder / "links.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def write_folder(folder: Path, card: str, **tables: str) -> Path:
    (folder / "study.yaml").write_text(card)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own() -> Study:
    return read_study(OWN)


def test_the_own_workbook_is_read_as_it_is_kept(own: Study) -> None:
    assert own.links is not None
    assert own.links.groupby("year")["weight"].sum().to_dict() == BY_YEAR
    assert len(own.regions) == 41
    assert own.actors is not None
    assert own.records is not None
    assert (own.actors["region"] != "").all()
    sums = Counter[tuple[int | None, str]]()
    for total in own.totals:
        sums[total.year, total.role.en.split()[0]] += int(total.weight)
    assert sums == {
        (2021, "links"): 2175, (2022, "links"): 2481, (2023, "links"): 2844,
        (2021, "partners;"): 2134, (2022, "partners;"): 2436, (2023, "partners;"): 2770,
    }  # fmt: skip
    said = next(fault.message for fault in own.warnings if fault.code == "W-SAMEFACTS")
    assert all(f"difference {less}" in said for less in (-41, -45, -74))


def test_check_of_the_own_workbook_prints_its_totals_by_year() -> None:
    told = run("check", "--study", OWN)
    assert "yangtze-delta" in told
    assert all(number in told for number in ("2,175", "2,481", "2,844", "2,134", "2,436", "2,770", "-41", "-45", "-74"))
    assert "107 行小计" in told
    assert "检查通过" in told


def test_the_gaps_of_changzhou_are_hefei_and_ningbo(own: Study) -> None:
    network, km = analysis.build_network(own), geodata.measure_distances(own)
    options = analysis.GravityOptions(stability=False)
    register = analysis.build_gap_register(own, network, km, options=options)
    best = register.table.iloc[0]
    assert {best["source"], best["target"]} == {"320400", "340100"}
    mine = filter_gaps(own, register.table, regions=("常州",))
    ends = [{row.source, row.target} - {"320400"} for row in mine.head(2).itertuples()]
    assert ends == [{"340100"}, {"330200"}]


def test_partners_of_changzhou_and_hefei_are_named(own: Study) -> None:
    partners = analysis.find_partners(own, "320400", "340100", top=3).table
    assert len(partners) == 3
    assert partners["source_name_zh"].str.startswith("常州").all()
    assert partners["target_name_zh"].str.startswith("合肥").all()


def test_links_of_the_own_workbook_are_written_by_year(tmp_path: Path) -> None:
    run("links", "--study", OWN, "--by", "year", "--out", tmp_path)
    rows = read_links(tmp_path)
    assert {"source", "target", "source_name_zh", "target_name_zh", "weight", "year"} <= set(rows[0])
    sums: dict[int, float] = {}
    for row in rows:
        sums[int(row["year"])] = sums.get(int(row["year"]), 0) + float(row["weight"])
        assert row["source"] != row["target"]
    assert sums == BY_YEAR


def test_a_frame_may_be_asked_for(tmp_path: Path) -> None:
    told = run("links", "--study", OWN, "--frame", "china-cities", "--out", tmp_path)
    assert "china-cities" in told
    assert sum(float(row["weight"]) for row in read_links(tmp_path)) == sum(BY_YEAR.values())


def test_01_the_count_of_patents_is_the_weight(tmp_path: Path) -> None:
    links = "来源地,目标地,专利数（件）\n常州,合肥市,12\n南京,合肥,30\n苏州,上海,80\n"
    study = read_study(write_folder(tmp_path, "extends: yangtze-delta\n", links=links))
    assert count_region_links(study).table["weight"].tolist() == [80.0, 30.0, 12.0]


PARTNERS = {
    "上海": 116,
    "南京": 220,
    "南通": 30,
    "台州": 2,
    "合肥": 4,
    "嘉兴": 12,
    "宁波": 5,
    "宿迁": 3,
    "徐州": 12,
    "扬州": 9,
}
EGO = "来源地,目标地,权重\n无锡,常州,74\n" + "\n".join(f"常州,{name},{weight}" for name, weight in PARTNERS.items())


@pytest.mark.parametrize(("control", "code"), [("auto", 0), ("mass", 0), ("effects", 1)])
def test_12_the_rows_of_one_city_are_judged_by_masses(tmp_path: Path, control: str, code: int) -> None:
    folder = write_folder(tmp_path, "extends: china-cities\nfocus: yangtze-delta\n", links=EGO)
    out = tmp_path / "out"
    told = run("gaps", "--study", folder, "--size-control", control, "--out", out, code=code)
    assert ("只有常州市一地" in told) == (code == 0)
    assert ("个参数（每个地区" in told) == (code == 1)


def test_12_check_says_what_the_rows_of_one_city_can_answer(tmp_path: Path) -> None:
    told = run("check", "--study", write_folder(tmp_path, "extends: china-cities\nfocus: yangtze-delta\n", links=EGO))
    assert "不能回答：合作缺口（地区效应）（所有联系都涉及常州市）" in told
    assert "合作缺口（规模变量）" in told.split("可以回答")[1].splitlines()[0]


def test_14_a_workbook_is_converted_as_it_is(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["序号", "地区", "单位名称", "单位性质", "合作单位", "合作单位所在地", "专利数（件）", "年份"],
        [1, "上海", "甲公司", "国有企业", "乙大学", "南京市", 2, 2021],
        [2, "上海", "甲公司", "国有企业", "丙院", "合肥", "—", "2021年"],
    ]
    book = write_book(tmp_path / "明细.xlsx", {"明细": rows})
    run("convert", "--from", "table", book, "--out", tmp_path / "out")
    with (tmp_path / "out" / "records.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len({row["record"] for row in csv.DictReader(handle)}) == 2


def test_a_count_that_nothing_uses_is_an_error_with_exit_code_one(tmp_path: Path) -> None:
    links = "来源地,目标地,成果,评分\n常州,合肥市,12,3\n南京,合肥,30,2\n苏州,上海,80,9\n"
    folder = write_folder(tmp_path, "extends: yangtze-delta\n", links=links)
    with pytest.raises(StudyError):
        read_study(folder)
    told = run("check", "--study", folder, code=1)
    assert "E-WEIGHT" in told
    assert "成果" in told


def test_nothing_read_is_an_error(tmp_path: Path) -> None:
    book = write_book(tmp_path / "b.xlsx", {"随笔": [["今天开会"], ["没有数据"]]})
    assert "E-NOTHING" in run("check", "--study", book, code=1)
